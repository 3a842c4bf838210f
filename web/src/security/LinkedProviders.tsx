import { Badge, Button, Group, Modal, PasswordInput, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { linkedWays, linkProvider, unlinkProvider } from '#client/providers.ts'
import type { Provider } from '#schemas/api/social.ts'
import { isRefusal, type RefusalCode } from '#schemas/refusals.ts'
import { Refused } from '../accounts/Refused.tsx'
import { useHub } from '../app/hub.tsx'
import { queries } from '../common/queries.ts'
import { say, sayRefusal } from '../common/say.ts'
import { Section } from '../settings/Section.tsx'
import { ProviderFailure } from './ProviderFailure.tsx'
import { useProviders } from './useProviders.ts'

/** Which providers sign me in; nothing where none is set up. */
export function LinkedProviders() {
  const { t } = useTranslation(['security', 'common'])
  const hub = useHub()
  const known = useProviders()
  const [linking, setLinking] = useState<Provider | null>(null)
  const { data, refetch } = useQuery(
    {
      queryKey: ['linkedWays'],
      queryFn: async () => {
        const answer = await linkedWays(hub)
        if (isRefusal(answer)) throw new Error(answer.refused)
        return answer
      },
    },
    queries,
  )
  const unlink = async ({ id, name }: Provider) => {
    const answer = await unlinkProvider(hub, id)
    if (isRefusal(answer)) return sayRefusal(answer.refused)
    say(t('providers.unlinked', { name }))
    await refetch()
  }
  if (known.length === 0 || !data) return null
  const only = data.linked.length + Number(data.password) + data.passkeys < 2
  return (
    <Section title={t('providers.title')}>
      <Text size="sm" c="dimmed">
        {t('providers.text')}
      </Text>
      <ProviderFailure />
      {known.map((provider) => (
        <Group key={provider.id} justify="space-between">
          <Group gap="xs">
            <Text fw={600}>{provider.name}</Text>
            {data.linked.includes(provider.id) && <Badge variant="light">{t('providers.linked')}</Badge>}
          </Group>
          {!data.linked.includes(provider.id) ? (
            <Button variant="default" size="md" onClick={() => setLinking(provider)}>
              {t('providers.link', { name: provider.name })}
            </Button>
          ) : only ? (
            <Text size="sm" c="dimmed">
              {t('providers.last')}
            </Text>
          ) : (
            <Button variant="subtle" color="red" size="md" onClick={() => void unlink(provider)}>
              {t('providers.unlink', { name: provider.name })}
            </Button>
          )}
        </Group>
      ))}
      <Modal
        opened={linking !== null}
        onClose={() => setLinking(null)}
        title={linking ? t('providers.link', { name: linking.name }) : ''}
        closeButtonProps={{ 'aria-label': t('common:close') }}
      >
        {linking && <LinkForm provider={linking} />}
      </Modal>
    </Section>
  )
}

function LinkForm({ provider }: { provider: Provider }) {
  const { t } = useTranslation('security')
  const hub = useHub()
  const [password, setPassword] = useState('')
  const [refused, setRefused] = useState<RefusalCode | null>(null)
  const go = async () => {
    const answer = await linkProvider(hub, provider.id, password)
    if (isRefusal(answer)) setRefused(answer.refused)
    else window.location.assign(answer.url)
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void go()
      }}
    >
      <Stack gap="md">
        <Refused code={refused} />
        <PasswordInput
          label={t('factor.password')}
          size="md"
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" size="md">
          {t('factor.go')}
        </Button>
      </Stack>
    </form>
  )
}
