import { Menu, Text, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { IconLogout, IconMoodSmile, IconSettings } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { signOut } from '#client/session.ts'
import type { Me } from '#schemas/api/accounts.ts'
import type { PresenceChoice } from '#schemas/presence.ts'
import { useHub } from '../app/hub.tsx'
import { Face } from '../common/Face.tsx'
import { PresenceMark } from '../presence/PresenceMark.tsx'
import presenceClasses from '../presence/presence.module.css'
import { markOf, useMyPresence } from '../presence/useMyPresence.ts'

const StatusDialog = lazy(() => import('../settings/StatusDialog.tsx').then((m) => ({ default: m.StatusDialog })))

export function MeMenu({ me }: { me: Me }) {
  const { t } = useTranslation(['common', 'people', 'presence'])
  const { choice, choices, choose } = useMyPresence()
  const hub = useHub()
  const navigate = useNavigate()
  const [saying, setSaying] = useState(false)
  const leave = async () => {
    await signOut(hub)
    await navigate({ to: '/' })
  }
  return (
    <>
      <Menu position="right-end" withArrow>
        <Menu.Target>
          <UnstyledButton style={{ borderRadius: '50%', padding: 4 }}>
            <span className={presenceClasses['face']}>
              <Face id={me.id} name={me.name} image={me.image} size={40} />
              {choice && <PresenceMark state={markOf(choice)} label={false} />}
            </span>
            <VisuallyHidden>{me.name}</VisuallyHidden>
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>
            <Text fw={600} c="var(--mantine-color-text)">
              {me.name}
            </Text>
            @{me.handle}
          </Menu.Label>
          <Menu.RadioGroup value={choice} onChange={(value) => void choose(value as PresenceChoice)}>
            {choices.map((value) => (
              <Menu.RadioItem
                key={value}
                value={value}
                closeMenuOnClick
                rightSection={<PresenceMark state={markOf(value)} label={false} />}
              >
                {t(`presence:choice.${value}`)}
              </Menu.RadioItem>
            ))}
          </Menu.RadioGroup>
          <Menu.Item leftSection={<IconMoodSmile size={16} />} onClick={() => setSaying(true)}>
            {t('people:about.status')}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item component={Link} to="/settings" leftSection={<IconSettings size={16} />}>
            {t('settings')}
          </Menu.Item>
          <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void leave()}>
            {t('signOut')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {saying && (
        <Suspense fallback={null}>
          <StatusDialog me={me} onClose={() => setSaying(false)} />
        </Suspense>
      )}
    </>
  )
}
