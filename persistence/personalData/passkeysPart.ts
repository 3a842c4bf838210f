import { passkeysOf, removePasskeys } from '../database/passkeys/passkeys.ts'
import type { PersonalPart } from '../ports/personalData.ts'
import type { PersonalDeps } from './parts.ts'

/** The passkeys by name and time; their public keys are no data about a person. */
export const passkeysPart = ({ db }: Pick<PersonalDeps, 'db'>): PersonalPart => ({
  name: 'passkeys',
  async *export(user) {
    const rows = await passkeysOf(db, user)
    const json = rows.map((row) => ({ name: row.name, createdAt: row.created_at, usedAt: row.used_at }))
    yield { name: 'passkeys.json', json }
  },
  erase: (user) => removePasskeys(db, user),
})
