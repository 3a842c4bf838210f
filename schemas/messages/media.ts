import { z } from 'zod'
import { limits } from '../limits.ts'
import { mediaKinds, mediaSources } from '../media/sources.ts'
import { id } from '../text.ts'

const done = z.object({})
const source = z.enum(mediaSources)
/**
 * WebRTC's own parameter objects (ORTC). The SFU checks them and refuses (`invalid`) what it cannot use; how large they may be
 * the frame's limit says.
 */
const ortc = z.record(z.string(), z.unknown())

export const iceServer = z.object({
  urls: z.array(z.string()),
  username: z.string().optional(),
  credential: z.string().optional(),
})
export type IceServer = z.infer<typeof iceServer>

const consumerShown = z.object({
  producer: z.string(),
  consumer: z.string(),
  kind: z.enum(['audio', 'video']),
  rtpParameters: ortc,
  /** simple | simulcast | svc */
  type: z.string(),
  /** Its producer is paused: nothing comes until it goes on. */
  producerPaused: z.boolean(),
})
export type ConsumerShown = z.infer<typeof consumerShown>

/**
 * Voice, video and screen (V1-V5). Who publishes what is state (`Member.producers`), and so is the `epoch` of the place's router:
 * whoever sees another epoch than that of his join has lost everything and joins again. All ids belong to the connection
 * that was given them; another one's are `not_found`.
 */
export const mediaMessages = {
  /** Comes into the room's media; a repeat of the same connection begins anew. `full` when the room has its speakers. */
  'media.join': {
    payload: z.object({}),
    reply: z.object({ epoch: z.int(), rtpCapabilities: ortc, iceServers: z.array(iceServer) }),
  },
  /** Closes all that this connection has in the media. */
  'media.leave': { payload: z.object({}), reply: done },
  /** One each to send and to receive. `rtpCapabilities`: what this client can receive; needed for `receive`. */
  'media.createTransport': {
    payload: z.object({ direction: z.enum(['send', 'receive']), rtpCapabilities: ortc.optional() }),
    reply: z.object({
      transport: z.string(),
      iceParameters: ortc,
      iceCandidates: z.array(ortc),
      dtlsParameters: ortc,
    }),
  },
  'media.connectTransport': { payload: z.object({ transport: id, dtlsParameters: ortc }), reply: done },
  'media.restartIce': {
    payload: z.object({ transport: id }),
    reply: z.object({ iceParameters: ortc, iceServers: z.array(iceServer) }),
  },
  /** A second producer of the same source takes the place of the first. A `screen` needs the room's screen (screen.claim). */
  'media.produce': {
    payload: z.object({ transport: id, source, rtpParameters: ortc, paused: z.boolean().default(false) }),
    reply: z.object({ producer: z.string() }),
  },
  /** Mutes one's own source, or goes on with it. */
  'media.setPaused': { payload: z.object({ source, paused: z.boolean() }), reply: done },
  /** Stops one's own source. */
  'media.stop': { payload: z.object({ source }), reply: done },
  /** Shown to all; one's consumers are paused by oneself. */
  'media.setDeafened': { payload: z.object({ on: z.boolean() }), reply: done },
  /** Consumers of these producers, each paused until `setConsumers` lets it go on. Those that are gone, or cannot be received, are left out. */
  'media.consume': {
    payload: z.object({ producers: z.array(id).min(1).max(limits.mediaConsumersAtOnce) }),
    reply: z.object({ consumers: z.array(consumerShown) }),
  },
  'media.setConsumers': {
    payload: z.object({
      consumers: z
        .array(
          z.object({
            consumer: id,
            paused: z.boolean().optional(),
            /** Highest layers wanted; the SFU sends less when bandwidth is less. */
            spatial: z.int().min(0).max(3).optional(),
            temporal: z.int().min(0).max(3).optional(),
            /** Who gets bandwidth first: 1 (last) to 255. */
            priority: z.int().min(1).max(255).optional(),
            /** Asks the sender for a whole picture. */
            keyFrame: z.boolean().optional(),
          }),
        )
        .min(1)
        .max(limits.mediaConsumersAtOnce),
    }),
    reply: done,
  },
  'media.closeConsumers': {
    payload: z.object({ consumers: z.array(id).min(1).max(limits.mediaConsumersAtOnce) }),
    reply: done,
  },
  /** By owner and moderators (V7): mutes a member's microphone, or everybody's but those who lead. He may unmute himself. */
  'media.muteMembers': { payload: z.object({ userId: id.optional() }), reply: z.object({ muted: z.int() }) },
  /** By owner and moderators (V7): what this member may publish from now on. What he may no longer ends; it survives leaving and entering. */
  'media.allowMember': { payload: z.object({ userId: id, kind: z.enum(mediaKinds), on: z.boolean() }), reply: done },
  /** By owner and moderators: stops a member's source. His screen becomes free. */
  'media.stopMember': { payload: z.object({ userId: id, source }), reply: done },
} as const

/**
 * Pushed to one connection as `media.event`. Hints (I13): what is published is state, and a consumer whose producer is gone
 * from it is gone too.
 */
export const mediaEvent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('consumerClosed'), consumer: z.string() }),
  z.object({ kind: z.literal('consumerPaused'), consumer: z.string(), paused: z.boolean() }),
  /** The layers that come now, null while none does. */
  z.object({ kind: z.literal('consumerLayers'), consumer: z.string(), spatial: z.int().nullable() }),
  /** 0 (nothing arrives) to 10. */
  z.object({ kind: z.literal('consumerScore'), consumer: z.string(), score: z.int() }),
  /** How well what I send arrives at the SFU. */
  z.object({ kind: z.literal('producerScore'), source, score: z.int() }),
  /** A moderator, or the phase (`by` is ''), muted or stopped a source of mine. */
  z.object({ kind: z.literal('muted'), source, by: z.string(), byName: z.string() }),
  z.object({ kind: z.literal('stopped'), source, by: z.string(), byName: z.string() }),
])
export type MediaEvent = z.infer<typeof mediaEvent>
