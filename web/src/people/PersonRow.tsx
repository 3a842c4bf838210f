import { Badge, Button, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { PersonView } from '#schemas/api/people.ts'
import type { PresenceView } from '#schemas/messages/presence.ts'
import { PresenceLine } from '../presence/PresenceLine.tsx'
import { FriendButton } from './FriendButton.tsx'
import { MoreMenu } from './MoreMenu.tsx'
import { PersonFace } from './PersonFace.tsx'
import classes from './people.module.css'
import { useActs } from './useActs.ts'

type Props = {
  person: PersonView
  isMe: boolean
  blocked: boolean
  among: 'friends' | 'others'
  presence: PresenceView | undefined
}

/** One person of a list: who it is, how one stands, and the next step. */
export function PersonRow({ person, isMe, blocked, among, presence }: Props) {
  const { t } = useTranslation('people')
  const acts = useActs(person)
  const { standing } = person
  const mark = standing.follows && standing.followsMe ? 'mutualFollow' : standing.followsMe ? 'followsYou' : null
  return (
    <li className={classes['row']}>
      <PersonFace id={person.id} name={person.name} image={person.image} size={44} />
      <div className={classes['who']}>
        <Group gap={8} wrap="nowrap">
          <Text fw={600} truncate>
            {person.name}
          </Text>
          {standing.friendship === 'friends' && among === 'others' && (
            <Badge variant="light" color="gray">
              {t('isFriend')}
            </Badge>
          )}
        </Group>
        <Text size="sm" c="dimmed">
          @{person.handle}
          {mark && !blocked && ` · ${t(mark)}`}
        </Text>
        {presence ? <PresenceLine presence={presence} /> : null}
        {person.status && (
          <Text size="sm" truncate>
            {person.status}
          </Text>
        )}
      </div>
      {!isMe && (
        <Group gap={8} wrap="nowrap" className={classes['acts'] ?? ''}>
          {blocked ? (
            <Button variant="default" onClick={() => void acts.unblock()}>
              {t('act.unblock')}
            </Button>
          ) : (
            <>
              <FriendButton person={person} />
              <MoreMenu person={person} />
            </>
          )}
        </Group>
      )}
    </li>
  )
}
