import sharp from 'sharp'
import type { Person } from './person.ts'

/** A photograph of one colour. */
export const picture = (colour: string): Promise<Buffer> =>
  sharp({ create: { width: 700, height: 500, channels: 3, background: colour } })
    .jpeg()
    .toBuffer()

/** Sends bytes under a type that is not theirs: nothing may go by it. */
export async function uploadTo<T>(
  person: Person,
  path: string,
  bytes: Uint8Array,
): Promise<{ status: number; body: T }> {
  const response = await fetch(person.url + path, {
    method: 'POST',
    headers: { cookie: person.cookie, 'content-type': 'image/svg+xml' },
    body: new Uint8Array(bytes),
  })
  return { status: response.status, body: (await response.json()) as T }
}
