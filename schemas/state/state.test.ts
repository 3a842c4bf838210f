import { Encoder, Reflection } from '@colyseus/schema'
import { expect, test } from 'vitest'
import { Member } from './memberState.ts'
import { StudyState } from './studyState.ts'

test('a study state holds its defaults and can be described by reflection', () => {
  const state = new StudyState()
  state.members.set('u', new Member().assign({ userId: 'u', name: 'Ana' }))
  const name: string | undefined = state.members.get('u')?.name
  expect(name).toBe('Ana')
  expect(state.timer.rounds).toBe(4)
  expect(Reflection.encode(new Encoder(state)).length).toBeGreaterThan(100)
})
