import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Standing } from '#persistence/database/people/changePair.ts'
import { limits } from '#schemas/limits.ts'
import { isRefusal } from '#schemas/refusals.ts'
import { decidePeople, type PeopleCommand, type PeopleLoad } from './people.rules.ts'

const strangers: Standing = {
  ...{ friendship: 'none', follows: false, followsMe: false, blocked: false, blocksMe: false },
}
const few: PeopleLoad = { myFriends: 1, theirFriends: 1, asked: 1 }
const decide = (standing: Partial<Standing>, command: PeopleCommand, load = few) =>
  decidePeople({ ...strangers, ...standing }, command, load)
const asked = { change: { friendship: 'asked' }, tell: 'asked' }
const befriended = { change: { friendship: 'friends' }, tell: 'accepted' }
const unfriended = { change: { friendship: 'none' } }
const nothing = { change: {} }
const notFound = { refused: 'not_found' }

describe('friends', () => {
  test('PEOPLE-1: asking once asks, asking again changes nothing, asking back accepts', () => {
    expect(decide({}, { do: 'ask' })).toEqual(asked)
    expect(decide({ friendship: 'asked' }, { do: 'ask' })).toEqual(nothing)
    expect(decide({ friendship: 'friends' }, { do: 'ask' })).toEqual(nothing)
    expect(decide({ friendship: 'asksMe' }, { do: 'ask' })).toEqual(befriended)
  })

  test('PEOPLE-2: only the addressed one accepts; a request that is not there cannot be accepted or dropped', () => {
    expect(decide({ friendship: 'asksMe' }, { do: 'accept' })).toEqual(befriended)
    expect(decide({ friendship: 'friends' }, { do: 'accept' })).toEqual(nothing)
    for (const friendship of ['asked', 'none'] as const)
      expect(decide({ friendship }, { do: 'accept' })).toEqual(notFound)
    for (const friendship of ['asked', 'asksMe'] as const)
      expect(decide({ friendship }, { do: 'dropRequest' })).toEqual(unfriended)
    for (const friendship of ['friends', 'none'] as const)
      expect(decide({ friendship }, { do: 'dropRequest' })).toEqual(notFound)
    expect(decide({ friendship: 'friends' }, { do: 'unfriend' })).toEqual(unfriended)
    expect(decide({ friendship: 'asked' }, { do: 'unfriend' })).toEqual(notFound)
  })

  test('PEOPLE-2: there is a bound on friends of either side and on open requests', () => {
    const full = { refused: 'full' }
    expect(decide({}, { do: 'ask' }, { ...few, asked: limits.openRequests })).toMatchObject(full)
    expect(decide({}, { do: 'ask' }, { ...few, myFriends: limits.friends })).toMatchObject(full)
    for (const side of ['myFriends', 'theirFriends'] as const)
      expect(decide({ friendship: 'asksMe' }, { do: 'accept' }, { ...few, [side]: limits.friends })).toMatchObject(full)
  })
})

describe('blocks', () => {
  test('PEOPLE-4: a block takes everything between the two away, and only its own side lifts it', () => {
    const everything = { friendship: 'friends', follows: true, followsMe: true } as const
    expect(decide(everything, { do: 'block', on: true })).toEqual({
      change: { blocked: true, friendship: 'none', follows: false, followsMe: false },
    })
    expect(decide({ blocked: true }, { do: 'block', on: true })).toEqual(nothing)
    expect(decide({ blocksMe: true }, { do: 'block', on: false })).toEqual(nothing)
    expect(decide({ blocked: true }, { do: 'block', on: false })).toEqual({ change: { blocked: false } })
  })

  test('PEOPLE-4: over a block, whoever made it, nothing is possible and nothing is learnt', () => {
    const commands = fc.constantFrom<PeopleCommand>(
      { do: 'ask' },
      { do: 'accept' },
      { do: 'dropRequest' },
      { do: 'unfriend' },
      { do: 'follow', on: true },
      { do: 'follow', on: false },
    )
    const block = fc.constantFrom({ blocked: true }, { blocksMe: true }, { blocked: true, blocksMe: true })
    const friendship = fc.constantFrom<Standing['friendship']>('none', 'asked', 'asksMe', 'friends')
    fc.assert(
      fc.property(commands, block, friendship, fc.boolean(), (command, how, is, follows) => {
        expect(decide({ ...how, friendship: is, follows }, command)).toEqual(notFound)
      }),
    )
  })
})

test('PEOPLE-6: following is switched on and off, repeats change nothing, and nobody is told', () => {
  expect(decide({}, { do: 'follow', on: true })).toEqual({ change: { follows: true } })
  expect(decide({ follows: true }, { do: 'follow', on: true })).toEqual(nothing)
  expect(decide({ follows: true }, { do: 'follow', on: false })).toEqual({ change: { follows: false } })
  expect(isRefusal(decide({}, { do: 'follow', on: false }))).toBe(false)
})
