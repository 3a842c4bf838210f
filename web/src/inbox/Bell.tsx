import { Drawer, Indicator, UnstyledButton } from '@mantine/core'
import { IconBell } from '@tabler/icons-react'
import { lazy, type ReactNode, Suspense, useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import type { InboxKeeper } from '#client/inbox/inboxKeeper.ts'
import { Late } from '../common/Late.tsx'
import classes from './Bell.module.css'
import { useInboxKeeper } from './keeper.ts'

const InboxPanel = lazy(() => import('./InboxPanel.tsx').then((m) => ({ default: m.InboxPanel })))

type Props = {
  readonly className?: string | undefined
  readonly label?: string
  /** Shown while nothing is known yet. */
  readonly until?: ReactNode
}

/** The bell of whoever is signed in; rail and tab bar may each have one, over the same kept list. */
export function Bell({ className, label, until }: Props) {
  const keeper = useInboxKeeper()
  return keeper ? <BellOf keeper={keeper} className={className} label={label} /> : until
}

function BellOf({
  keeper,
  className,
  label,
}: {
  keeper: InboxKeeper
  className?: string | undefined
  label?: string | undefined
}) {
  const { t } = useTranslation(['inbox', 'common'])
  const [opened, setOpened] = useState(false)
  const { unread } = useSyncExternalStore(keeper.view.subscribe, keeper.view.get)
  return (
    <>
      <UnstyledButton
        className={className}
        onClick={() => setOpened(true)}
        aria-label={unread > 0 ? t('openNew', { count: unread }) : t('open')}
        aria-haspopup="dialog"
      >
        <Indicator
          disabled={unread === 0}
          label={<span className={classes['count']} data-count={unread > 99 ? '99+' : unread} />}
          size={18}
          color="red.8"
          offset={3}
        >
          <IconBell size={22} stroke={1.7} aria-hidden style={{ display: 'block' }} />
        </Indicator>
        {label !== undefined && <span>{label}</span>}
      </UnstyledButton>
      <Drawer
        opened={opened}
        onClose={() => setOpened(false)}
        title={t('title')}
        position="right"
        size="md"
        closeButtonProps={{ 'aria-label': t('common:close') }}
      >
        <Suspense fallback={<Late />}>
          <InboxPanel keeper={keeper} close={() => setOpened(false)} />
        </Suspense>
      </Drawer>
    </>
  )
}
