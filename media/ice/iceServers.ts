import type { IceServer } from '#schemas/messages/media.ts'
import type { MediaSettings } from '../settings.ts'
import { turnCredentials } from './turnCredentials.ts'

/** What a client's ICE is told, with credentials of its own. `at`: ms of Unix time. */
export function iceServers(
  { iceUrls, turn }: Pick<MediaSettings, 'iceUrls' | 'turn'>,
  user: string,
  at: number,
): IceServer[] {
  const servers: IceServer[] = iceUrls.length > 0 ? [{ urls: [...iceUrls] }] : []
  if (turn !== null && turn.urls.length > 0) {
    const expiresAt = Math.floor(at / 1000) + turn.ttlSeconds
    servers.push({ urls: [...turn.urls], ...turnCredentials(turn.secret, user, expiresAt) })
  }
  return servers
}
