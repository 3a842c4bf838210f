import { Tries } from '#persistence/tries/tries.ts'
import { type Me, me, profileChange, sessionAnswer } from '#schemas/api/accounts.ts'
import { limits } from '#schemas/limits.ts'
import { isRefusal, type Refusal, refuse } from '#schemas/refusals.ts'
import type { AddEndpoint } from '#server/http/endpoint.ts'
import { dropImage, keepImage } from '#server/images/keepImage.ts'
import { personImage } from '#server/people/personImage.ts'
import type { ApiDeps } from '../apiDeps.ts'

/** The caller himself (A4). */
export function meApi(add: AddEndpoint, { accounts, places, db, blobs, log, rateFactor }: ApiDeps): void {
  const images = new Tries({ max: 30 * rateFactor, withinMs: 3_600_000 })

  /** The profile as it is now, shown where he sits too; that is a hint, and what it misses the next entry brings (I13). */
  const shown = async (userId: string): Promise<Me | Refusal> => {
    const found = await accounts.me(userId)
    if (!isRefusal(found))
      await places
        .profileChanged(userId, found)
        .catch((error: unknown) => log.warn({ err: error }, 'a changed profile was not shown in its place'))
    return found
  }

  add({
    method: 'get',
    path: '/api/me',
    tag: 'me',
    summary: 'The own profile',
    who: 'user',
    takes: {},
    answers: me,
    run: ({ caller }) => accounts.me(caller.userId),
  })
  add({
    method: 'get',
    path: '/api/session',
    tag: 'me',
    summary: 'Who is signed in, if anybody; renews a session that is in use',
    who: 'anyone',
    takes: {},
    answers: sessionAnswer,
    async run({ c, caller }) {
      if (!caller) return { me: null }
      for (const cookie of await accounts.renew(c.req.header('cookie') ?? ''))
        c.header('set-cookie', cookie, { append: true })
      const found = await accounts.me(caller.userId)
      return isRefusal(found) ? found : { me: found }
    },
  })
  add({
    method: 'patch',
    path: '/api/me',
    tag: 'me',
    summary: 'Changes the profile; what is absent stays',
    who: 'user',
    takes: { body: profileChange },
    answers: me,
    refuses: ['taken'],
    async run({ caller, body }) {
      const changed = await accounts.changeMe(caller.userId, body)
      return isRefusal(changed) ? changed : shown(caller.userId)
    },
  })
  add({
    method: 'post',
    path: '/api/me/image',
    tag: 'me',
    summary: 'Makes the bytes of a JPEG, PNG, WebP or GIF the own image; they are drawn anew as a square',
    who: 'user',
    takes: { bytes: { max: limits.imageBytes } },
    answers: me,
    refuses: ['not_an_image', 'rate'],
    async run({ caller, bytes }) {
      const wait = images.take(caller.userId)
      if (wait > 0) return refuse('rate', { retryAfterMs: wait })
      const image = await keepImage(blobs, bytes, personImage(db, caller.userId))
      return isRefusal(image) ? image : shown(caller.userId)
    },
  })
  add({
    method: 'delete',
    path: '/api/me/image',
    tag: 'me',
    summary: 'Takes the own image away',
    who: 'user',
    takes: {},
    answers: me,
    async run({ caller }) {
      const refusal = await dropImage(blobs, personImage(db, caller.userId))
      return refusal ?? shown(caller.userId)
    },
  })
}
