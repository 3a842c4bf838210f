import { describe, expect, test } from 'vitest'
import type { NewEvent } from '#schemas/events/catalogue.ts'
import type { MediaSource } from '#schemas/media/sources.ts'
import { decideMute } from '../moderation/moderation.rules.ts'
import { nextDueAt } from '../room/due.rules.ts'
import { decideChange, type HashedChange } from '../room/room.rules.ts'
import { decideClaim, decideHandOver } from '../screen/screen.rules.ts'
import { restore, snapshotOf } from '../snapshot.ts'
import { studyRules } from '../studyRules.ts'
import { given, joined, left, moderator, muted, Scenario, START, who } from '../testing/given.ts'
import { decideStart } from '../timer/timer.rules.ts'
import {
  decideAllowMember,
  decideMuteMembers,
  decideStopMember,
  mayJoin,
  mayPublish,
  microphonesCloseAt,
  straysOf,
} from './media.rules.ts'
import { newPeer, showMedia } from './peers.ts'

const MIN = 60_000
const plan = { focusMs: 25 * MIN, breakMs: 5 * MIN, longBreakMs: 15 * MIN, rounds: 4, autoRestart: true }
const claimed = (userId: string): NewEvent => ({ type: 'screen.claimed', data: { userId, how: 'claimed' } })
const policy = (over: Partial<{ microphones: 'always' | 'breaks' | 'never'; cameras: boolean; screens: boolean }>) =>
  ({ type: 'media.set', data: { microphones: 'always', cameras: true, screens: true, by: 'ana', ...over } }) as const

/** `userId` is in and publishes these; a name with a dash before it is paused. */
function publishes(room: Scenario, userId: string, ...sources: (MediaSource | `-${MediaSource}`)[]): Scenario {
  const peer = newPeer(userId)
  peer.in = true
  for (const named of sources) {
    const paused = named.startsWith('-')
    const source = (paused ? named.slice(1) : named) as MediaSource
    peer.producers.set(source, { id: `${userId}-${source}`, paused })
  }
  room.place.hidden.peers.set(`s-${userId}`, peer)
  return room
}
const may = (room: Scenario, userId: string, source: MediaSource, paused = false) =>
  mayPublish(room.place, userId, source, room.now, paused)
const strays = (room: Scenario) =>
  straysOf(room.place, room.now).map((stray) =>
    stray.do === 'close' ? `close ${stray.session}` : `${stray.do} ${stray.userId} ${stray.source}`,
  )
const change = (room: Scenario, by: string, media: HashedChange['media']) =>
  room.when((p, at) => decideChange(p, { userId: by, name: by }, { media }, at))
const show = (room: Scenario, speaker: string | null = null) =>
  showMedia(room.place, { unavailable: '', places: 25, epoch: 7, speaker })

describe('MROOM-1: who may come in', () => {
  test('MROOM-1: members by the connection they sit with, and nobody else', () => {
    const room = given('ana', 'ben')
    expect(mayJoin(room.place, who('ben'))).toBeNull()
    expect(mayJoin(room.place, { userId: 'ben', session: 'older' })).toEqual({ refused: 'not_present' })
    expect(mayJoin(room.place, who('cho'))).toEqual({ refused: 'not_present' })
  })

  test('MROOM-1: as many as there are places; one’s own older connection takes none', () => {
    const room = given('ana', 'ben', 'cho')
    room.place.state.media.places = 2
    publishes(publishes(room, 'ana'), 'ben')
    expect(mayJoin(room.place, who('cho'))).toEqual({ refused: 'full', details: { places: 2 } })
    expect(mayJoin(room.place, who('ben'))).toBeNull()
    room.place.hidden.sessions.set('ben', 'newer')
    expect(mayJoin(room.place, { userId: 'ben', session: 'newer' })).toBeNull()
    room.place.hidden.peers.delete('s-ana')
    expect(mayJoin(room.place, who('cho'))).toBeNull()
  })
})

test('MROOM-2 (V2): what peers publish stands on their seats, and goes with them', () => {
  const room = publishes(given('ana', 'ben'), 'ben', '-microphone', 'camera')
  const peer = room.place.hidden.peers.get('s-ben')
  if (peer) Object.assign(peer, { level: 4, deafened: true })
  show(room, 's-ben')
  expect(room.place.state.media).toMatchObject({ unavailable: '', places: 25, epoch: 7, speaker: 'ben' })
  expect(room.place.state.members.get('ben')?.toJSON()).toMatchObject({
    ...{ inMedia: true, micMuted: true, deafened: true, level: 4 },
    producers: { microphone: 'ben-microphone', camera: 'ben-camera' },
  })
  expect(room.place.state.members.get('ana')?.toJSON()).toMatchObject({ inMedia: false, producers: {} })
  room.place.hidden.peers.clear()
  show(room, 's-ben')
  expect(room.place.state.media.speaker).toBe('')
  expect(room.place.state.members.get('ben')?.toJSON()).toMatchObject({
    ...{ inMedia: false, micMuted: false, deafened: false, level: 0 },
    producers: {},
  })
})

test('MROOM-2 (I11): nothing live is kept; what the room allows is', () => {
  const room = publishes(given('ana', 'ben').given(policy({ microphones: 'breaks', screens: false })), 'ben', 'camera')
  const before = snapshotOf(room.place)
  show(room, 's-ben')
  expect(snapshotOf(room.place)).toBe(before)
  const { state, hidden } = restore(before)
  expect(state.media.toJSON()).toEqual({
    ...{ microphones: 'breaks', cameras: true, screens: false },
    ...{ unavailable: 'off', epoch: 0, speaker: '', places: 25 },
  })
  expect(hidden.peers.size).toBe(0)
  expect(state.members.get('ben')?.toJSON()).toMatchObject({ inMedia: false, producers: {} })
})

test('MROOM-3: a snapshot of before there was media has the usual policy', () => {
  const kept = JSON.parse(snapshotOf(given('ana').place)) as { state: { media?: unknown } }
  delete kept.state.media
  const { state } = restore(JSON.stringify(kept))
  expect(state.media.toJSON()).toMatchObject({ microphones: 'always', cameras: true, screens: true })
  state.members.get('ana')?.producers.set('camera', 'p')
  expect(state.toJSON().members['ana']?.producers).toEqual({ camera: 'p' })
})

describe('MROOM-3 (V7): what the room allows', () => {
  test('MROOM-3: is changed by those who lead it, one thing at a time', () => {
    const room = given('ana', 'ben').given(moderator('mo'))
    expect(change(room, 'ben', { cameras: false })).toEqual({ refused: 'forbidden' })
    expect(change(room, 'mo', { cameras: false })).toMatchObject({
      events: [{ type: 'media.set', data: { microphones: 'always', cameras: false, screens: true, by: 'mo' } }],
    })
    expect(room.place.state.media.cameras).toBe(false)
    expect(change(room, 'ana', { cameras: false })).toEqual({ refused: 'nothing_to_do' })
  })

  test('MROOM-3: holds for members; who leads is above it', () => {
    const room = given('ana', 'ben', 'cho').given(moderator('cho'))
    room.given(claimed('ben'), policy({ microphones: 'never', cameras: false, screens: false }))
    for (const source of ['microphone', 'camera', 'screen', 'screenAudio'] as const)
      expect(may(room, 'ben', source)).toEqual({ refused: 'not_allowed' })
    for (const source of ['microphone', 'camera'] as const)
      for (const leader of ['ana', 'cho']) expect(may(room, leader, source)).toBeNull()
    expect(may(room, 'ben', 'microphone', true)).toEqual({ refused: 'not_allowed' })
    expect(may(room, 'dee', 'camera')).toEqual({ refused: 'not_present' })
  })

  test('MROOM-3: what it allows no more ends', () => {
    const room = given('ana', 'ben').given(claimed('ben'))
    publishes(room, 'ana', 'camera', 'microphone')
    publishes(room, 'ben', '-microphone', 'camera', 'screen', 'screenAudio')
    expect(strays(room)).toEqual([])
    room.given(policy({ cameras: false }))
    expect(strays(room)).toEqual(['stop ben camera'])
    room.given(policy({ microphones: 'never' }))
    expect(strays(room)).toEqual(['stop ben microphone'])
  })
})

test('MROOM-4 (V2): who is muted publishes nothing, and what he publishes ends', () => {
  const room = publishes(given('ana', 'ben'), 'ben', '-microphone', 'camera')
  room.when((p, at) => decideMute(p, who('ana'), { userId: 'ben', on: true }, at))
  expect(may(room, 'ben', 'camera')).toEqual({ refused: 'muted' })
  expect(strays(room)).toEqual(['stop ben microphone', 'stop ben camera'])
  room.given(muted('ben', false))
  expect(may(room, 'ben', 'microphone')).toBeNull()
})

describe('MROOM-5 (V3): the screen', () => {
  test('MROOM-5: is published with its sound by who has it, and by nobody else', () => {
    const room = given('ana', 'ben')
    expect(may(room, 'ben', 'screen')).toEqual({ refused: 'screen_taken', details: { owner: '' } })
    room.given(claimed('ben'))
    expect([may(room, 'ben', 'screen'), may(room, 'ben', 'screenAudio')]).toEqual([null, null])
    for (const source of ['screen', 'screenAudio'] as const)
      expect(may(room, 'ana', source)).toEqual({ refused: 'screen_taken', details: { owner: 'ben' } })
  })

  test('MROOM-5: ends where it changes hands', () => {
    const room = publishes(given('ana', 'ben').given(claimed('ben')), 'ben', 'camera', 'screen', 'screenAudio')
    room.when((p, at) => decideHandOver(p, who('ben'), { userId: 'ana' }, at))
    expect(strays(room)).toEqual(['stop ben screen', 'stop ben screenAudio'])
  })

  test('MROOM-5: is free when members may show nothing any more, and they may not take it; who leads keeps it', () => {
    const room = given('ana', 'ben', 'cho').given(claimed('ben'), {
      type: 'screen.requested',
      data: { userId: 'cho', on: true },
    })
    change(room, 'ana', { screens: false })
    expect(room.place.state.screen.toJSON()).toEqual({ owner: '', since: 0, requests: [] })
    const claim = (by: string) => room.when((p, at) => decideClaim(p, who(by), {}, at))
    expect(claim('ben')).toEqual({ refused: 'not_allowed' })
    expect(claim('ana')).toHaveProperty('events')
    expect(room.when((p, at) => decideHandOver(p, who('ana'), { userId: 'ben' }, at))).toEqual({
      refused: 'not_allowed',
    })
  })
})

describe('MROOM-6 (V7): moderators', () => {
  test('MROOM-6: mute all who do not lead, or one', () => {
    const room = given('ana', 'ben', 'cho', 'dee').given(moderator('cho'))
    const mute = (by: string, userId?: string) => decideMuteMembers(room.place, who(by), { userId })
    expect(mute('ben')).toEqual({ refused: 'forbidden' })
    expect(mute('cho')).toEqual(['ben', 'dee'])
    expect(mute('cho', 'ben')).toEqual(['ben'])
    expect(mute('cho', 'ana')).toEqual({ refused: 'is_owner' })
    expect(mute('cho', 'cho')).toEqual({ refused: 'is_self' })
    expect(mute('ana', 'cho')).toEqual(['cho'])
    expect(mute('ana', 'eve')).toEqual({ refused: 'not_present' })
  })

  test('MROOM-6: stop a source; with his screen a member loses his hold on it', () => {
    const room = given('ana', 'ben').given(claimed('ben'))
    const stop = (by: string, userId: string, source: MediaSource) =>
      room.when((p, at) => decideStopMember(p, who(by), { userId, source }, at))
    expect(stop('ben', 'ana', 'camera')).toEqual({ refused: 'forbidden' })
    expect(stop('ana', 'ana', 'camera')).toEqual({ refused: 'is_self' })
    expect(stop('ana', 'ben', 'camera')).toMatchObject({ events: [], reply: {} })
    expect(stop('ana', 'ben', 'screen')).toMatchObject({ events: [{ type: 'screen.released' }] })
    expect(stop('ana', 'ben', 'screen')).toMatchObject({ events: [] })
  })
})

describe('MROOM-7 (T3): the phase closes microphones', () => {
  const focused = () => {
    const room = given('ana', 'ben').given(policy({ microphones: 'breaks' }))
    room.when((p, at) => decideStart(p, 'ana', plan, at))
    return room
  }

  test('MROOM-7: during focus members may be silent, but not speak, until the moment that is told', () => {
    const room = focused()
    const opensAt = START + 25 * MIN
    room.after(10 * MIN)
    expect(may(room, 'ben', 'microphone')).toEqual({
      refused: 'not_allowed',
      details: { opensAt, retryAfterMs: 15 * MIN },
    })
    expect(may(room, 'ben', 'microphone', true)).toBeNull()
    expect(may(room, 'ben', 'camera')).toBeNull()
    expect(may(room, 'ana', 'microphone')).toBeNull()
    room.after(15 * MIN)
    expect(may(room, 'ben', 'microphone')).toBeNull()
  })

  test('MROOM-7: what is open when focus begins is paused, not ended; leaders speak on', () => {
    const room = publishes(publishes(focused(), 'ben', 'microphone'), 'ana', 'microphone')
    expect(strays(room)).toEqual(['pause ben microphone'])
    room.after(26 * MIN)
    expect(strays(room)).toEqual([])
    room.after(4 * MIN)
    expect(strays(room)).toEqual(['pause ben microphone'])
  })

  test('MROOM-7: the room wakes for the turn of a phase only while that would close somebody’s microphone', () => {
    const room = focused().after(26 * MIN)
    const closesAt = () => microphonesCloseAt(room.place, room.now)
    expect(closesAt()).toBe(Number.POSITIVE_INFINITY)
    publishes(room, 'ana', 'microphone')
    publishes(room, 'ben', '-microphone', 'camera')
    expect(closesAt()).toBe(Number.POSITIVE_INFINITY)
    const without = nextDueAt(room.place, room.now)
    publishes(room, 'ben', 'microphone')
    expect(closesAt()).toBe(START + 30 * MIN)
    expect(studyRules.nextDueAt(room.place, room.at)).toBe(Math.min(without ?? Infinity, START + 30 * MIN))
    room.after(4 * MIN)
    expect(closesAt()).toBe(room.now)
    room.given(policy({ microphones: 'always' }))
    expect(closesAt()).toBe(Number.POSITIVE_INFINITY)
  })
})

test('MROOM-8 (I7): a connection by which nobody sits here any more has nothing in the media', () => {
  const room = publishes(publishes(given('ana', 'ben'), 'ben', 'camera'), 'ana', 'camera')
  room.given(left('ben'))
  expect(strays(room)).toEqual(['close s-ben'])
  room.given({ ...joined('ana'), data: { ...joined('ana').data, session: 'newer', again: true } })
  expect(strays(room)).toEqual(['close s-ben', 'close s-ana'])
  expect(strays(new Scenario())).toEqual([])
})

describe('MROOM-16 (V7): what one member may publish', () => {
  const allow = (room: Scenario, by: string, userId: string, kind: 'microphone' | 'camera' | 'screen', on: boolean) =>
    room.when((p, at) => decideAllowMember(p, who(by), { userId, kind, on }, at))

  test('MROOM-16: is said by those who lead, not of the owner, oneself or each other', () => {
    const room = given('ana', 'ben', 'mo', 'nu').given(moderator('mo'), moderator('nu'))
    expect(allow(room, 'ben', 'mo', 'camera', false)).toEqual({ refused: 'forbidden' })
    expect(allow(room, 'mo', 'ana', 'camera', false)).toEqual({ refused: 'is_owner' })
    expect(allow(room, 'mo', 'mo', 'camera', false)).toEqual({ refused: 'is_self' })
    expect(allow(room, 'mo', 'nu', 'camera', false)).toEqual({ refused: 'forbidden' })
    expect(allow(room, 'mo', 'zed', 'camera', false)).toEqual({ refused: 'not_present' })
    expect(allow(room, 'mo', 'ben', 'camera', true)).toMatchObject({ events: [] })
  })

  test('MROOM-16: what he may not ends and is refused; all else goes on; it is taken back kind by kind', () => {
    const room = given('ana', 'ben', 'mo').given(moderator('mo'), claimed('ben'))
    publishes(room, 'ben', '-microphone', 'camera', 'screen', 'screenAudio')
    allow(room, 'mo', 'ben', 'camera', false)
    expect(strays(room)).toEqual(['stop ben camera'])
    allow(room, 'mo', 'ben', 'microphone', false)
    expect(strays(room)).toEqual(['stop ben microphone', 'stop ben camera'])
    expect(room.place.state.members.get('ben')?.barred).toBe('microphone camera')
    expect(may(room, 'ben', 'microphone', true)).toEqual({ refused: 'not_allowed' })
    expect(may(room, 'ben', 'screen')).toBeNull()
    expect(allow(room, 'ana', 'ben', 'screen', false)).toMatchObject({
      events: [{ type: 'member.barred' }, { type: 'screen.released', data: { userId: 'ben' } }],
    })
    expect(room.when((p, at) => decideClaim(p, who('ben'), {}, at))).toEqual({ refused: 'not_allowed' })
    for (const kind of ['screen', 'camera', 'microphone'] as const) allow(room, 'ana', 'ben', kind, true)
    expect(room.place.state.members.get('ben')?.barred).toBe('')
    expect(room.place.hidden.barred.size).toBe(0)
    for (const source of ['microphone', 'camera'] as const) expect(may(room, 'ben', source)).toBeNull()
    expect(room.when((p, at) => decideClaim(p, who('ben'), {}, at))).not.toHaveProperty('refused')
  })

  test('MROOM-16: leaving and entering does not take it back, a snapshot keeps it, and who leads is above it', () => {
    const room = given('ana', 'ben')
    allow(room, 'ana', 'ben', 'camera', false)
    room.given(left('ben'), joined('ben'))
    expect(room.place.state.members.get('ben')?.barred).toBe('camera')
    const { hidden, state } = restore(snapshotOf(room.place))
    expect(hidden.barred.get('ben')).toEqual(['camera'])
    expect(state.members.get('ben')?.barred).toBe('camera')
    expect(may(room, 'ben', 'camera')).toEqual({ refused: 'not_allowed' })
    room.given(moderator('ben'))
    expect(may(room, 'ben', 'camera')).toBeNull()
  })
})
