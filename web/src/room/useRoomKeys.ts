import { useHotkeys } from '@mantine/hooks'
import type { StudyHandle } from '#client/types.ts'
import { useHand } from './people/useHand.ts'
import { useAsk } from './useAsk.ts'

type Acts = { room: StudyHandle; openChat: () => void; togglePanel: () => void; toggleFocus: () => void }

/** Single keys of a room (UX principle 6); they rest while one types. */
export function useRoomKeys({ room, openChat, togglePanel, toggleFocus }: Acts): void {
  const ask = useAsk()
  const hand = useHand(room)
  const me = () => room.state.members.get(room.me)
  useHotkeys([
    [
      '/',
      () => {
        openChat()
        // At once if it is there: what is typed next belongs to the message, not to these keys.
        const focused = () => {
          const input = document.getElementById('chat-input')
          input?.focus()
          return input !== null && document.activeElement === input
        }
        if (!focused()) requestAnimationFrame(focused)
      },
    ],
    ['T', () => void ask(me()?.studying ? 'study.stop' : 'study.start', {})],
    ['H', hand.toggle],
    ['F', toggleFocus],
    ['P', togglePanel],
  ])
}
