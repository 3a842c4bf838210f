/** One stream that is sent: packets per second of so many bytes, each wanted by `copies` receivers. */
export type Source = {
  readonly kind: 'audio' | 'video'
  readonly perSecond: number
  readonly bytes: number
  readonly copies: number
  /** Sources of one room share a router. */
  readonly room: number
}
export type Plan = { readonly name: string; readonly sources: readonly Source[] }

export const packetsPerSecond = ({ sources }: Plan): number =>
  sources.reduce((sum, { perSecond, copies }) => sum + perSecond * copies, 0)

export const consumersOf = ({ sources }: Plan): number => sources.reduce((sum, { copies }) => sum + copies, 0)

/** A shared screen of 2.5 Mbit/s to `viewers` others. */
export const screenShare = (viewers: number): Plan => ({
  name: `screen 1 -> ${viewers}`,
  sources: [{ kind: 'video', perSecond: 260, bytes: 1200, copies: viewers, room: 0 }],
})

/** Rooms of ten who all speak: Opus at 32 kbit/s, a packet each 20 ms, to the nine others. */
export const audioRooms = (rooms: number): Plan => ({
  name: `audio 10x10, ${rooms} rooms`,
  sources: Array.from({ length: rooms * 10 }, (_, i) => ({
    kind: 'audio' as const,
    perSecond: 50,
    bytes: 92,
    copies: 9,
    room: Math.floor(i / 10),
  })),
})
