import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { PresenceView } from '#schemas/messages/presence.ts'
import { LinkAnchor } from '../common/links.tsx'
import { agoOf } from './ago.ts'

/** In words: where somebody is, or when he was last seen. */
export function PresenceLine({ presence }: { presence: PresenceView | undefined }) {
  const { t, i18n } = useTranslation('presence')
  if (!presence) return null
  const { state, place, lastSeenAt } = presence
  if (state === 'offline') {
    const text =
      lastSeenAt === null ? t('state.offline') : t('lastSeen', { when: agoOf(lastSeenAt, Date.now(), i18n.language) })
    return (
      <Text size="sm" c="dimmed">
        {text}
      </Text>
    )
  }
  return (
    <Text size="sm" c="dimmed" truncate>
      {t(`state.${state}`)}
      {place && ' · '}
      {place?.kind === 'lobby' && t('inLobby')}
      {place?.kind === 'room' && (
        <LinkAnchor to="/rooms/$roomId" params={{ roomId: place.roomId }} size="sm">
          {place.name}
        </LinkAnchor>
      )}
    </Text>
  )
}
