import { Button, CloseButton, Group, Text, TextInput, Title } from '@mantine/core'
import { IconHandStop } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { limits } from '#schemas/limits.ts'
import { useRoom } from '../../hooks/useRoom.ts'
import { useBlocked } from '../../people/blocked.ts'
import classes from '../room.module.css'
import { useMyRole, useStudyRoom } from '../roomContext.tsx'
import { useAsk } from '../useAsk.ts'
import { useHand } from './useHand.ts'

/** The hand queue is a numbered list; moderators lower hands one by one (R11). */
export function HandQueue() {
  const { t } = useTranslation('room')
  const room = useStudyRoom()
  const ask = useAsk()
  const hand = useHand(room)
  const { moderates } = useMyRole()
  const [topic, setTopic] = useState('')
  const hands = useRoom(room, (s) => [...s.hands].map((h) => ({ userId: h.userId, name: h.name, topic: h.topic })))
  const blocked = useBlocked()
  // Their places in the queue stay as they are.
  const shown = hands.map((h, i) => ({ ...h, place: i + 1 })).filter((h) => !blocked.has(h.userId))
  const up = hands.some((h) => h.userId === room.me)
  return (
    <section aria-labelledby="hands">
      <Title order={2} size="h6" id="hands" mb={8}>
        {t('hands.title')}
      </Title>
      {shown.length === 0 ? (
        <Text size="sm" c="dimmed" mb={8}>
          {t('hands.none')}
        </Text>
      ) : (
        <ol style={{ margin: '0 0 8px', paddingInlineStart: 24 }}>
          {shown.map(({ userId, name, topic: about, place }) => (
            <li key={userId} value={place} style={{ minHeight: 40 }}>
              <Group gap={8} wrap="nowrap" display="inline-flex" style={{ verticalAlign: 'middle' }}>
                <Text fw={600}>{name}</Text>
                <Text size="sm" c="dimmed">
                  {about}
                </Text>
                {moderates && userId !== room.me && (
                  <CloseButton
                    aria-label={t('hands.lowerOf', { name })}
                    onClick={() => void ask('hand.lower', { userId })}
                  />
                )}
              </Group>
            </li>
          ))}
        </ol>
      )}
      {up ? (
        <Button fullWidth variant="default" size="md" leftSection={<IconHandStop size={18} />} onClick={hand.lower}>
          {t('hands.lower')}
        </Button>
      ) : (
        <form
          className={classes['plainList']}
          onSubmit={(event) => {
            event.preventDefault()
            hand.raise(topic)
            setTopic('')
          }}
        >
          <Group gap={8} wrap="nowrap">
            <TextInput
              aria-label={t('hands.topic')}
              placeholder={t('hands.topic')}
              size="md"
              maxLength={limits.topic}
              value={topic}
              onChange={(event) => setTopic(event.currentTarget.value)}
              style={{ flex: 1 }}
            />
            <Button type="submit" variant="default" size="md" leftSection={<IconHandStop size={18} />}>
              {t('hands.raise')}
            </Button>
          </Group>
        </form>
      )}
    </section>
  )
}
