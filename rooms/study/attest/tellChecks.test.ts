import { expect, test } from 'vitest'
import { decideDrop, decideLeave } from '../members/members.rules.ts'
import { markDropped } from '../members/presence.ts'
import { decideDue, nextDueAt } from '../room/due.rules.ts'
import { decideChange } from '../room/room.rules.ts'
import { decideSwitch } from '../study/study.rules.ts'
import { given, type Scenario, who } from '../testing/given.ts'
import { decideAnswer } from './attest.rules.ts'

const MIN = 60_000

/** Bo is being asked; `told` is what his devices were told with it. */
function asked() {
  const room = given('ana', 'bo')
  room.when((p, at) =>
    decideChange(p, { userId: 'ana', name: 'ana' }, { attest: { on: true, minMs: MIN, maxMs: MIN }, seed: 's' }, at),
  )
  room.when((p, at) => decideSwitch(p, 'bo', true, at))
  const told = due(room, MIN)
  return { room, shown: room.now, told }
}
/** What was told while time passed as an actor lets it. */
function due(room: Scenario, ms: number) {
  const end = room.now + ms
  const told: unknown[] = []
  for (let next = nextDueAt(room.place, room.now); next !== null && next <= end; ) {
    room.now = Math.max(room.now, next)
    const outcome = room.when(decideDue)
    if ('refused' in outcome || outcome.events.length === 0) throw new Error('nothing was due')
    told.push(...outcome.after)
    next = nextDueAt(room.place, room.now)
  }
  room.now = end
  return told
}
const told = (outcome: object) => ('after' in outcome ? outcome.after : outcome)
const check = (asked: number, open: boolean) => ({
  ...{ do: 'tell', userId: 'bo' },
  item: { kind: 'check', roomId: 'room1', roomName: 'Quiet corner', asked, open },
})

test('ATTEST-8: who is asked is told on every device of his, nobody else is, and once more when the check is over', () => {
  const { room, shown, told: first } = asked()
  expect(first).toEqual([check(shown, true)])
  room.after(5_000)
  const answered = room.when((p, at) => decideAnswer(p, who('bo'), { asked: shown }, at))
  expect(told(answered)).toEqual([check(shown, false)])
  expect(told(room.when((p, at) => decideAnswer(p, who('bo'), { asked: shown }, at)))).toEqual([])
})

test('ATTEST-8: however it ends: missed, stopped by hand, by leaving, by a socket that did not come back', () => {
  const missed = asked()
  expect(due(missed.room, MIN)).toEqual([check(missed.shown, false)])
  const stopped = asked()
  expect(told(stopped.room.when((p, at) => decideSwitch(p, 'bo', false, at)))).toEqual([check(stopped.shown, false)])
  const left = asked()
  expect(told(left.room.when((p, at) => decideLeave(p, 'bo', 's-bo', 'left', at)))).toEqual([check(left.shown, false)])
  const gone = asked()
  markDropped(gone.room.place, 'bo', 's-bo', gone.room.now, gone.room.now)
  expect(told(gone.room.when((p, at) => decideDrop(p, 'bo', 's-bo', at)))).toEqual([])
  expect(due(gone.room, MIN)).toEqual([check(gone.shown, false)])
})

test('ATTEST-8: who leaves without being asked is told nothing', () => {
  const { room } = asked()
  expect(told(room.when((p, at) => decideLeave(p, 'ana', 's-ana', 'left', at)))).toEqual([])
})
