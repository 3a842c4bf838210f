import { networkInterfaces } from 'node:os'
import type { MediaSettings } from '../settings.ts'

const everyAddress = new Set(['0.0.0.0', '::'])

/** What clients are told to connect to: a candidate that says "every address" would lead nowhere. */
export function announcedAddress(
  { announcedAddress: announced, listenIp }: Pick<MediaSettings, 'announcedAddress' | 'listenIp'>,
  interfaces = networkInterfaces(),
): string {
  if (announced !== '') return announced
  if (!everyAddress.has(listenIp)) return listenIp
  const outer = Object.values(interfaces)
    .flatMap((addresses) => addresses ?? [])
    .find((address) => address.family === 'IPv4' && !address.internal)
  return outer?.address ?? '127.0.0.1'
}
