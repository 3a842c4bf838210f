import { removeSecondFactor, secondFactorOf } from '../database/secondFactor/secondFactor.ts'
import type { PersonalPart } from '../ports/personalData.ts'
import type { PersonalDeps } from './parts.ts'

/** Whether an authenticator app is set up; its secret is no data about a person. */
export const secondFactorPart = ({ db }: Pick<PersonalDeps, 'db'>): PersonalPart => ({
  name: 'second-factor',
  async *export(user) {
    const row = await secondFactorOf(db, user)
    yield { name: 'second-factor.json', json: row && { since: row.confirmed_at } }
  },
  erase: (user) => removeSecondFactor(db, user),
})
