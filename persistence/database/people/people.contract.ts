import { describe, expect, test } from 'vitest'
import type { OpenDatabase } from '../openDatabase.ts'
import { changeImage, changeProfile, createProfile } from '../profile/changeProfile.ts'
import { profileById } from '../profile/findProfiles.ts'
import { changePair, type StandingChange, standingOf } from './changePair.ts'
import { peopleOf } from './peopleOf.ts'
import { removePerson } from './removePerson.ts'

/** A database with these people in it. */
export async function withPeople(open: OpenDatabase, ...ids: string[]) {
  const db = await open()
  for (const [i, userId] of ids.entries())
    await createProfile(db, {
      ...{ userId, handle: `h.${userId}`, name: `Name ${userId}`, timeZone: 'UTC', dayStartHour: 5, locale: 'ko' },
      createdAt: i,
    })
  const change = (me: string, other: string, to: StandingChange, at = 1) =>
    changePair(db, { me, other, at }, (standing) => ({ change: to, answer: standing }))
  return { db, people: peopleOf(db), change }
}

export function peopleContract(open: OpenDatabase): void {
  describe('people in the database', () => {
    test('PEOPLE-1: two who ask each other at once have one row, whoever of them was first', async () => {
      const { db, people, change } = await withPeople(open, 'a', 'b')
      const seen = await Promise.all([
        change('a', 'b', { friendship: 'asked' }),
        change('b', 'a', { friendship: 'asked' }),
      ])
      expect(await db.selectFrom('friendship').selectAll().execute()).toHaveLength(1)
      expect(seen.map((s) => s !== 'absent' && s.friendship).sort()).toEqual(['asksMe', 'none'])
      expect(await people.areFriends('a', 'b')).toBe(false)
    })

    test('PEOPLE-1: a friendship is seen from both sides, and ends for both', async () => {
      const { db, people, change } = await withPeople(open, 'a', 'b', 'c')
      await change('b', 'a', { friendship: 'asked' })
      expect(await standingOf(db, 'a', 'b')).toMatchObject({ friendship: 'asksMe' })
      await change('a', 'b', { friendship: 'friends' })
      await change('c', 'a', { friendship: 'asked' })
      await change('a', 'c', { friendship: 'friends' })
      expect([await people.areFriends('a', 'b'), await people.areFriends('b', 'a')]).toEqual([true, true])
      expect([...(await people.friendsOf('a'))].sort()).toEqual(['b', 'c'])
      expect(await people.friendsOf('b')).toEqual(['a'])
      await change('b', 'a', { friendship: 'none' })
      expect([await people.areFriends('a', 'b'), await people.friendsOf('b')]).toEqual([false, []])
    })

    test('PEOPLE-4: a block is one-sided in the table and found from both sides', async () => {
      const { people, change, db } = await withPeople(open, 'a', 'b', 'c')
      await Promise.all(Array.from({ length: 5 }, () => change('a', 'b', { blocked: true })))
      await change('c', 'a', { blocked: true })
      expect(await db.selectFrom('block').selectAll().execute()).toHaveLength(2)
      expect([await people.isBlockedEitherWay('b', 'a'), await people.isBlockedEitherWay('a', 'b')]).toEqual([
        true,
        true,
      ])
      expect(await people.isBlockedEitherWay('b', 'c')).toBe(false)
      expect([...(await people.blockedWith('a'))].sort()).toEqual(['b', 'c'])
      expect([...(await people.blockedWith('b'))]).toEqual(['a'])
      const each = await people.blockedWithEach(['a', 'b', 'nobody'])
      expect([...(each.get('a') ?? [])].sort()).toEqual(['b', 'c'])
      expect([...(each.get('b') ?? [])]).toEqual(['a'])
      expect(each.has('nobody')).toBe(false)
      expect(await standingOf(db, 'b', 'a')).toMatchObject({ blocked: false, blocksMe: true })
      await change('a', 'b', { blocked: false })
      expect(await people.isBlockedEitherWay('a', 'b')).toBe(false)
    })

    test('PEOPLE-6: following many times is following once', async () => {
      const { db, change } = await withPeople(open, 'a', 'b')
      await Promise.all(Array.from({ length: 5 }, () => change('a', 'b', { follows: true })))
      expect(await db.selectFrom('follow').selectAll().execute()).toHaveLength(1)
      expect(await standingOf(db, 'b', 'a')).toMatchObject({ follows: false, followsMe: true })
    })

    test('PEOPLE-1: nobody stands to somebody who is not there; a person who goes leaves no trace in lists', async () => {
      const { db, people, change } = await withPeople(open, 'a', 'b')
      expect(await change('a', 'nobody', { friendship: 'asked' })).toBe('absent')
      await change('a', 'b', { friendship: 'friends', follows: true, blocked: true })
      await removePerson(db, 'b')
      expect([await people.friendsOf('a'), (await people.blockedWith('a')).size]).toEqual([[], 0])
      expect(await db.selectFrom('follow').selectAll().execute()).toEqual([])
    })

    test('PROFILE-1: image, words and status are kept, and the image before is told', async () => {
      const { db } = await withPeople(open, 'a')
      const status = { text: 'writing', until: 99 }
      expect(await changeProfile(db, 'a', { bio: 'hello', url: 'https://a.example/', status }, 2)).toBe('changed')
      expect(await changeImage(db, 'a', 'first', 3)).toEqual({ before: null })
      expect(await changeImage(db, 'a', 'second', 4)).toEqual({ before: 'first' })
      expect(await profileById(db, 'a')).toMatchObject({
        bio: 'hello',
        url: 'https://a.example/',
        status,
        image: 'second',
      })
      await changeProfile(db, 'a', { status: null }, 5)
      expect((await profileById(db, 'a'))?.status).toBeNull()
      expect(await changeImage(db, 'nobody', 'x', 6)).toBe('absent')
    })
  })
}
