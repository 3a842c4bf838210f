import { Tooltip, UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ShownMessage } from '#client/types.ts'
import { useStudyRoom } from '../roomContext.tsx'
import { useAsk } from '../useAsk.ts'
import classes from './chat.module.css'

export function Reactions({ message }: { message: ShownMessage }) {
  const { t } = useTranslation('room')
  const room = useStudyRoom()
  const ask = useAsk()
  const nameOf = (user: string) => room.state.members.get(user)?.name ?? '…'
  return (
    <div className={classes['reactions']}>
      {message.reactions.map(({ emoji, users }) => {
        const mine = users.includes(room.me)
        const label = t('chat.reactedWith', { emoji, names: users.slice(0, 10).map(nameOf).join(', ') })
        return (
          <Tooltip key={emoji} label={label}>
            <UnstyledButton
              className={classes['reaction']}
              data-mine={mine || undefined}
              aria-pressed={mine}
              aria-label={`${emoji} ${users.length}`}
              onClick={() => void ask('chat.react', { number: message.number, emoji, on: !mine })}
            >
              <span aria-hidden>{emoji}</span>
              <span>{users.length}</span>
            </UnstyledButton>
          </Tooltip>
        )
      })}
    </div>
  )
}
