import { Anchor, Button, Group, Skeleton, Stack, Text } from '@mantine/core'
import { IconExternalLink } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { PersonCard } from '#schemas/api/people.ts'
import { Face } from '../common/Face.tsx'
import { LinkButton } from '../common/links.tsx'
import { longClockOf } from '../common/time.ts'
import { PresenceLine } from '../presence/PresenceLine.tsx'
import { usePresences } from '../presence/usePresences.ts'
import { FriendButton } from './FriendButton.tsx'
import { MoreMenu } from './MoreMenu.tsx'
import { hideCard } from './shownCard.ts'
import { useActs } from './useActs.ts'
import { usePersonCard } from './usePeople.ts'

/** Who somebody is, and what one may do with him. */
export function PersonCardView({ id }: { id: string }) {
  const { t } = useTranslation('people')
  const { data: card, isPending } = usePersonCard(id)
  if (isPending) return <Skeleton height={120} radius="md" />
  if (!card) return <Text c="dimmed">{t('card.gone')}</Text>
  return <Shown card={card} />
}

function Shown({ card }: { card: PersonCard }) {
  const { t } = useTranslation('people')
  const presence = usePresences(card.isMe ? [] : [card.id]).get(card.id)
  const { standing, mutual } = card
  const follow = standing.follows && standing.followsMe ? 'mutualFollow' : standing.followsMe ? 'followsYou' : null
  return (
    <Stack gap="sm">
      <Group wrap="nowrap" align="flex-start">
        <Face id={card.id} name={card.name} image={card.image} size={72} />
        <div style={{ minWidth: 0, flex: 1 }}>
          <Text fw={650} size="lg" style={{ overflowWrap: 'anywhere' }}>
            {card.name}
          </Text>
          <Text size="sm" c="dimmed" truncate>
            @{card.handle}
            {follow && ` · ${t(follow)}`}
          </Text>
          <PresenceLine presence={presence} />
        </div>
      </Group>
      {card.status && <Text size="sm">{card.status}</Text>}
      {card.bio && (
        <Text size="sm" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
          {card.bio}
        </Text>
      )}
      {card.url && (
        <Anchor href={card.url} target="_blank" rel="noopener noreferrer nofollow ugc" size="sm" truncate>
          <IconExternalLink size={14} aria-hidden style={{ verticalAlign: -2 }} />{' '}
          {card.url.replace(/^https?:\/\//u, '')}
        </Anchor>
      )}
      {card.blocked ? (
        <Text size="sm" c="dimmed">
          {t('card.blocked')}
        </Text>
      ) : (
        <Text size="sm" c="dimmed">
          {t('card.followers', { count: card.followers })} · {t('card.following', { count: card.following })}
        </Text>
      )}
      {mutual.count > 0 && (
        <Group gap={8} wrap="nowrap">
          <Group gap={0} wrap="nowrap">
            {mutual.people.map((friend) => (
              <Face key={friend.id} id={friend.id} name={friend.name} image={friend.image} size={24} />
            ))}
          </Group>
          <Text size="sm" c="dimmed">
            {t('card.mutual', { count: mutual.count })}
          </Text>
        </Group>
      )}
      {card.studiedTodayMs !== null && (
        <Group justify="space-between">
          <Text size="sm">{t('card.today')}</Text>
          <Text fw={650} style={{ fontVariantNumeric: 'tabular-nums' }}>
            {longClockOf(card.studiedTodayMs)}
          </Text>
        </Group>
      )}
      <Acts card={card} />
    </Stack>
  )
}

function Acts({ card }: { card: PersonCard }) {
  const { t } = useTranslation('people')
  const acts = useActs(card)
  if (card.isMe)
    return (
      <LinkButton to="/settings" variant="default" onClick={hideCard}>
        {t('card.edit')}
      </LinkButton>
    )
  if (card.blocked)
    return (
      <Button variant="default" onClick={() => void acts.unblock()}>
        {t('act.unblock')}
      </Button>
    )
  const { follows } = card.standing
  return (
    <Group gap={8}>
      <FriendButton person={card} />
      <Button variant={follows ? 'default' : 'light'} onClick={() => void acts.follow(!follows)}>
        {t(follows ? 'act.unfollow' : 'act.follow')}
      </Button>
      <MoreMenu person={card} />
    </Group>
  )
}
