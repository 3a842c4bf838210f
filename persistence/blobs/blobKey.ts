/** `kind/id`, nothing else: no dots, no further slashes, so that no key leads out of the folder. */
const KEY = /^[a-z][a-z0-9-]{0,31}\/[A-Za-z0-9_-]{8,64}$/

export const isBlobKey = (key: string): boolean => KEY.test(key)

/** Throws RangeError. */
export function assertBlobKey(key: string): void {
  if (!isBlobKey(key)) throw new RangeError('a blob key is kind/id')
}

/** Throws RangeError. */
export function assertKind(kind: string): void {
  if (!/^[a-z][a-z0-9-]{0,31}$/.test(kind)) throw new RangeError('not a kind of blobs')
}
