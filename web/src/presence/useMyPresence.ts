import { type PresenceChoice, type PresenceState, presenceChoices } from '#schemas/presence.ts'
import { sayRefusal } from '../common/say.ts'
import { usePresenceKeeper } from './keeper.ts'
import { useMyChoice } from './usePresences.ts'

/** How a choice looks to others, as its mark. */
export const markOf = (choice: PresenceChoice): PresenceState => (choice === 'invisible' ? 'offline' : choice)

/** The own choice (null until it is known), what there is to choose, and how to. */
export function useMyPresence() {
  const keeper = usePresenceKeeper()
  const choice = useMyChoice()
  const choose = async (next: PresenceChoice): Promise<void> => {
    const refusal = await keeper?.choose(next)
    if (refusal) sayRefusal(refusal.refused)
  }
  return { choice, choose, choices: presenceChoices }
}
