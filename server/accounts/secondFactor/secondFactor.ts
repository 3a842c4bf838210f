import { randomInt } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import * as kept from '#persistence/database/secondFactor/secondFactor.ts'
import type { SecondFactorView } from '#schemas/api/secondFactor.ts'
import { type Refusal, refuse } from '#schemas/refusals.ts'
import type { AccountsDb } from '../accountTables.ts'
import { passwordVersion } from '../password/passwordVersion.ts'
import type { Proven } from '../sessions/openSession.ts'
import { signed, verified } from '../sessions/signed.ts'
import { recoveryHash, seal, unseal } from './sealed.ts'

const STEP_SECONDS = 30
const CHALLENGE_MS = 5 * 60_000
const TRIES = { max: 5, withinMs: 15 * 60_000 }
// Without what is easily mistaken for something else.
const LETTERS = 'ABCDEFGHJKMNPQRSTVWXYZ23456789'
const CODES = 10
const CODE_LENGTH = 12

/** The code of an authenticator app after the password (A9). Offered by setting; who has set it up is always asked. */
export interface SecondFactor {
  view(user: string): Promise<SecondFactorView>
  isOn(user: string): Promise<boolean>
  /** A new secret, not asked for until `confirm`. `conflict`: it is on already. */
  begin(user: string, account: string): Promise<{ uri: string; secret: string } | Refusal>
  /** The first right code turns it on and gives the recovery codes, shown this once. */
  confirm(user: string, code: string): Promise<readonly string[] | Refusal>
  /** New recovery codes; the old ones are worthless from then on. */
  renewCodes(user: string): Promise<readonly string[] | Refusal>
  turnOff(user: string): Promise<void>
  /** For somebody whose password of this version was right: five minutes to give a code, as long as it is his password. */
  challenge(user: string, version: string): string
  /** Who answers a challenge rightly. Each code is good once; five tries in 15 minutes, counted before they are looked at. */
  answer(challenge: string, code: string): Promise<Proven | Refusal>
}

export type SecondFactorDeps = {
  readonly db: AccountsDb
  readonly secret: string
  readonly offered: boolean
  /** Milliseconds. */
  readonly now: () => number
}

export function createSecondFactor({ db, secret, offered, now }: SecondFactorDeps): SecondFactor {
  const totp = (base32: string, label = '') =>
    new TOTP({ issuer: 'StudyHub', label, secret: Secret.fromBase32(base32), period: STEP_SECONDS })

  /** The step whose code this is, or null. Clocks may differ by one step. */
  function stepOf(sealed: string, code: string): number | null {
    const at = now()
    const delta = totp(unseal(secret, sealed)).validate({ token: code, timestamp: at, window: 1 })
    return delta === null ? null : Math.floor(at / (STEP_SECONDS * 1000)) + delta
  }

  async function check(user: string, code: string): Promise<'right' | Refusal> {
    const wait = await kept.takeTry(db, user, { ...TRIES, now: now() })
    if (wait > 0) return refuse('too_many_tries', { retryAfterMs: wait })
    const row = await kept.secondFactorOf(db, user)
    const plain = code.replace(/[\s-]/g, '').toUpperCase()
    const step = row && /^\d{6}$/.test(plain) ? stepOf(row.secret, plain) : null
    const right =
      step !== null
        ? await kept.spendStep(db, user, step)
        : plain.length === CODE_LENGTH && (await kept.spendRecoveryCode(db, user, recoveryHash(secret, plain)))
    if (!right) return refuse('bad_credentials')
    await kept.forgetTries(db, user)
    return 'right'
  }

  const isOn = async (user: string) => Boolean((await kept.secondFactorOf(db, user))?.confirmed_at)
  return {
    async view(user) {
      const on = await isOn(user)
      return { offered, on, recoveryCodesLeft: on ? await kept.recoveryCodesLeft(db, user) : 0 }
    },
    isOn,
    async begin(user, account) {
      if (!offered) return refuse('not_found')
      const fresh = new Secret({ size: 20 })
      if (!(await kept.beginSecondFactor(db, user, seal(secret, fresh.base32)))) return refuse('conflict')
      return { uri: totp(fresh.base32, account).toString(), secret: fresh.base32 }
    },
    async confirm(user, code) {
      const row = await kept.secondFactorOf(db, user)
      if (!row || row.confirmed_at) return refuse('conflict')
      const right = await check(user, code)
      if (right !== 'right') return right
      const codes = recoveryCodes()
      await kept.confirmSecondFactor(
        db,
        user,
        now(),
        codes.map((one) => recoveryHash(secret, one)),
      )
      return codes.map(grouped)
    },
    async renewCodes(user) {
      if (!(await isOn(user))) return refuse('conflict')
      const codes = recoveryCodes()
      await kept.replaceRecoveryCodes(
        db,
        user,
        codes.map((one) => recoveryHash(secret, one)),
      )
      return codes.map(grouped)
    },
    turnOff: (user) => kept.removeSecondFactor(db, user),
    challenge: (user, version) => signed(secret, 'secondFactor', [user, now() + CHALLENGE_MS, version]),
    async answer(challenge, code) {
      const [user, until, version] = verified(secret, 'secondFactor', challenge, 3) ?? []
      if (user === undefined || !(Number(until) > now()) || !(await isOn(user))) return refuse('bad_credentials')
      const still = async () => (await passwordVersion(db, { userId: user })) === version
      if (!(await still())) return refuse('bad_credentials')
      const right = await check(user, code)
      return right === 'right' ? { user, still } : right
    },
  }
}

const recoveryCodes = (): string[] =>
  Array.from({ length: CODES }, () =>
    Array.from({ length: CODE_LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join(''),
  )
const grouped = (code: string): string => code.replace(/(.{4})(?=.)/g, '$1-')
