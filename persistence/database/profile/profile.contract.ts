import { expect, test } from 'vitest'
import type { OpenDatabase } from '../openDatabase.ts'
import { changeProfile, createProfile, removeProfile } from './changeProfile.ts'
import { profileByHandle, profileById, profilesByIds } from './findProfiles.ts'

const profile = (userId: string, handle: string) =>
  ({ userId, handle, name: 'Mina', timeZone: 'Asia/Seoul', dayStartHour: 5, locale: 'ko', createdAt: 1 }) as const

export function profileContract(open: OpenDatabase): void {
  test('STORE-8: a handle belongs to one user, in whatever form it is written', async () => {
    const db = await open()
    const made = await Promise.all(
      ['mina', 'MINA', 'ｍｉｎａ'].map((handle, i) => createProfile(db, profile(`u${i}`, handle))),
    )
    expect(made.filter(Boolean)).toHaveLength(1)
    expect(await createProfile(db, profile('v', '지훈'))).toBe(true)
    expect((await profileByHandle(db, '지훈'.normalize('NFD')))?.userId).toBe('v')
    expect(await changeProfile(db, 'v', { handle: 'Mina', name: 'New' }, 2)).toBe('taken')
    expect(await profileById(db, 'v')).toMatchObject(profile('v', '지훈'))
  })

  test('STORE-8: a change touches what it names; a removed profile frees its handle', async () => {
    const db = await open()
    await createProfile(db, profile('u', 'mina'))
    expect(await changeProfile(db, 'u', { timeZone: 'Europe/Berlin', locale: undefined }, 2)).toBe('changed')
    expect(await changeProfile(db, 'nobody', { name: 'x' }, 2)).toBe('absent')
    expect((await profilesByIds(db, ['u', 'x'])).get('u')).toEqual({
      ...profile('u', 'mina'),
      ...{ image: null, bio: '', url: null, status: null },
      timeZone: 'Europe/Berlin',
    })
    await removeProfile(db, 'u')
    expect(await createProfile(db, profile('w', 'mina'))).toBe(true)
  })
}
