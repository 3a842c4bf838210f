import type { Standing, StandingChange } from '#persistence/database/people/changePair.ts'
import { limits } from '#schemas/limits.ts'
import { type Refusal, refuse } from '#schemas/refusals.ts'

/** What is asked by `me` of another person. `drop` takes a request back, refuses one or ends a friendship. */
export type PeopleCommand =
  | { readonly do: 'ask' }
  | { readonly do: 'accept' }
  | { readonly do: 'dropRequest' }
  | { readonly do: 'unfriend' }
  | { readonly do: 'block'; readonly on: boolean }
  | { readonly do: 'follow'; readonly on: boolean }

/** How much there is of one's own and of the other's, where the command could raise it. */
export type PeopleLoad = { readonly myFriends: number; readonly theirFriends: number; readonly asked: number }

/** `tell`: what the other side hears of it. Nothing is told of refusing, ending or blocking. */
export type PeopleDecision = { readonly change: StandingChange; readonly tell?: 'asked' | 'accepted' }

const nothing: PeopleDecision = { change: {} }

/**
 * The rules of A6 and A7. A block of either side makes the two strangers who cannot find each other: whatever is asked over
 * it is answered as for somebody who is not there. Repeats change nothing.
 */
export function decidePeople(standing: Standing, command: PeopleCommand, load: PeopleLoad): PeopleDecision | Refusal {
  const { friendship } = standing
  if (command.do === 'block') {
    // A block over a block is one's own affair: neither learns of the other's.
    if (command.on === standing.blocked) return nothing
    if (!command.on) return { change: { blocked: false } }
    return { change: { blocked: true, friendship: 'none', follows: false, followsMe: false } }
  }
  if (standing.blocked || standing.blocksMe) return refuse('not_found')
  switch (command.do) {
    case 'ask':
      if (friendship === 'friends' || friendship === 'asked') return nothing
      if (friendship === 'asksMe') return befriend(load)
      if (load.asked >= limits.openRequests) return refuse('full', { limit: limits.openRequests })
      if (load.myFriends >= limits.friends) return refuse('full', { limit: limits.friends })
      return { change: { friendship: 'asked' }, tell: 'asked' }
    case 'accept':
      if (friendship === 'friends') return nothing
      // One's own request is the other's to accept, and what was withdrawn is gone.
      return friendship === 'asksMe' ? befriend(load) : refuse('not_found')
    case 'dropRequest':
      return friendship === 'asked' || friendship === 'asksMe'
        ? { change: { friendship: 'none' } }
        : refuse('not_found')
    case 'unfriend':
      return friendship === 'friends' ? { change: { friendship: 'none' } } : refuse('not_found')
    case 'follow':
      return command.on === standing.follows ? nothing : { change: { follows: command.on } }
    default:
      return command satisfies never
  }
}

function befriend({ myFriends, theirFriends }: PeopleLoad): PeopleDecision | Refusal {
  if (myFriends >= limits.friends || theirFriends >= limits.friends) return refuse('full', { limit: limits.friends })
  return { change: { friendship: 'friends' }, tell: 'accepted' }
}
