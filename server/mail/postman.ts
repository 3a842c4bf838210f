import { setTimeout as sleep } from 'node:timers/promises'
import type { Mail, Mailer } from './Mailer.ts'

/** Waits before the second and the third attempt. */
const AGAIN_MS = [1_000, 5_000]
/** Mails in hand at once; what comes beyond is dropped, and said. */
const MOST = 1_000

/** Sends behind the answer: what a request answers, and when, must not tell whether a mail was written. */
export interface Postman {
  /**
   * Makes the mail and sends it later, three attempts. `write` runs behind the answer as well, null sends nothing. What
   * is in hand when the process is killed is lost: people ask for another mail.
   */
  post(write: () => Promise<Mail | null>): void
  /** Resolves when nothing is in hand any more. */
  idle(): Promise<void>
}

export function createPostman(
  mailer: Pick<Mailer, 'send'>,
  { failed, againMs = AGAIN_MS }: { failed(error: unknown): void; againMs?: readonly number[] },
): Postman {
  const inHand = new Set<Promise<void>>()
  const deliver = async (write: () => Promise<Mail | null>) => {
    const mail = await write()
    if (!mail) return
    for (const wait of againMs) {
      const sent = await mailer.send(mail).then(
        () => true,
        () => false,
      )
      if (sent) return
      await sleep(wait, undefined, { ref: false })
    }
    await mailer.send(mail)
  }
  return {
    post(write) {
      if (inHand.size >= MOST) return failed(new Error('too many mails are waiting: one was dropped'))
      // The answer goes first, whatever `write` has to look up.
      const work = new Promise<void>((resolve) => setImmediate(resolve))
        .then(() => deliver(write))
        .catch(failed)
        .finally(() => inHand.delete(work))
      inHand.add(work)
    },
    async idle() {
      while (inHand.size > 0) await Promise.allSettled(inHand)
    },
  }
}
