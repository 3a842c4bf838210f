import type { Logger } from 'pino'
import { noMedia } from '#media/noMedia.ts'
import { openMedia } from '#media/openMedia.ts'
import type { Sfu } from '#media/sfu.ts'
import { findWorker } from '#media/worker/findWorker.ts'
import type { NodeMedia } from '#server/config/mediaSettings.ts'

const LOOPBACK = /^(127\.|::1$)/

/**
 * The media of this node. Never rejects: without a worker everything else starts, and one line says how to get media. Null: it is
 * switched off.
 */
export async function openNodeMedia(settings: NodeMedia | null, log: Logger): Promise<Sfu> {
  if (!settings) return noMedia('off')
  const found = findWorker()
  if (!('path' in found)) {
    log.warn(`no voice, video and screen share: ${found.why}; ${found.hint}`)
    return noMedia('no_worker')
  }
  const media = await openMedia({ ...settings, workerPath: found.path }, (level, fields, message) =>
    log[level](fields, message),
  )
  if (media.unavailable === '' && LOOPBACK.test(settings.listenIp) && settings.announcedAddress === '')
    log.info('media reaches browsers on this machine only: others need MEDIA_LISTEN_IP and MEDIA_ANNOUNCED_ADDRESS')
  return media
}
