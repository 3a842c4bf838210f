import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { limits } from '#schemas/limits.ts'
import type { MediaSource } from '#schemas/media/sources.ts'
import { mayPublish } from './media/media.rules.ts'
import { roleOf } from './members/roles.ts'
import type { StudyPlace } from './studyPlace.ts'
import { chatCommand, handCommand, screenCommand } from './testing/commands.ts'
import { joined, roomCreated, Scenario } from './testing/given.ts'
import { mediaCommand, settleMedia } from './testing/mediaCommands.ts'
import { play } from './testing/play.ts'
import { aroundChat } from './testing/roomCommands.ts'

// The machine may be busy; nothing here waits for time.
vi.setConfig({ testTimeout: 120_000 })

const commands = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: aroundChat },
    { weight: 3, arbitrary: chatCommand },
    { weight: 1, arbitrary: handCommand },
    { weight: 1, arbitrary: screenCommand },
    { weight: 2, arbitrary: mediaCommand },
  ),
  { minLength: 150, maxLength: 300, size: 'max' },
)

/** MROOM-1 to MROOM-8 as they stand in the state that all see. */
function mediaHold(place: StudyPlace, now: number): void {
  const { state, hidden } = place
  let publishers = 0
  for (const [userId, member] of state.members) {
    const peer = hidden.peers.get(hidden.sessions.get(userId) ?? '')
    expect(member.inMedia).toBe(peer !== undefined)
    expect([...member.producers.keys()]).toEqual([...(peer?.producers.keys() ?? [])])
    for (const source of member.producers.keys() as Iterable<MediaSource>) {
      const paused = source === 'microphone' && member.micMuted
      expect(mayPublish(place, userId, source, now, paused), `${userId} ${source}`).toBeNull()
      if (source === 'screen') publishers++
    }
  }
  expect(publishers).toBeLessThanOrEqual(1)
  expect(hidden.peers.size).toBeLessThanOrEqual(3)
}

/** What must be true of any room after any turn, besides I11 which `play` holds. */
function holds({ state, hidden }: StudyPlace): void {
  const here = new Set(state.members.keys())
  const hands = state.hands.map((hand) => hand.userId)
  expect(new Set(hands).size).toBe(hands.length)
  for (const userId of hands) expect(here).toContain(userId)
  const showing = [state.screen.owner, ...state.screen.requests].filter((userId) => userId !== '')
  expect(new Set(showing).size).toBe(showing.length)
  for (const userId of showing) {
    expect(here).toContain(userId)
    expect(hidden.muted).not.toContain(userId)
  }
  expect(here.size).toBeLessThanOrEqual(limits.capacity.max)
  for (const [userId, member] of state.members) {
    expect(member.role).toBe(roleOf({ state, hidden }, userId))
    expect(member.muted).toBe(hidden.muted.has(userId))
    expect(member.barred).toBe(hidden.barred.get(userId)?.join(' ') ?? '')
    expect(member.readThrough).toBeLessThanOrEqual(state.chatHead)
    expect(hidden.sessions.has(userId)).toBe(true)
  }
  for (const userId of hidden.intervals.keys()) expect(here).toContain(userId)
  for (const [userId, { checkAt, studying }] of state.members) {
    // Who is being asked while they are switched off keeps his, and nobody is asked by it.
    if (state.attest.on) expect(hidden.attests.has(userId)).toBe(true)
    if (checkAt === 0) continue
    expect(studying).toBe(true)
    // Nothing is booked beyond a check that is open.
    expect(hidden.intervals.get(userId)?.to ?? 0).toBeLessThanOrEqual(checkAt)
  }
  expect(hidden.emptySince > 0).toBe(here.size === 0)
  for (const outbox of hidden.outboxes.values())
    expect(outbox.map((sent) => sent.n)).toEqual(outbox.map((sent) => sent.n).sort((a, b) => a - b))
}

test.each(['open', 'staying'] as const)('I11: any commands of all features, %s room', (kind) => {
  fc.assert(
    fc.property(commands, fc.integer({ min: 1, max: 6 }), (list, perTurn) => {
      const room = new Scenario().given(roomCreated({ kind, capacity: 4 }), joined('ana'), joined('ben'), joined('cho'))
      play(room, list, perTurn, () => {
        holds(room.place)
        settleMedia(room.place, room.now)
        mediaHold(room.place, room.now)
      })
    }),
    { numRuns: 6, seed: kind === 'open' ? 3 : 4, endOnFailure: true },
  )
})
