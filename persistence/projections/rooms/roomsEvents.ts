import type { Event } from '#schemas/events/catalogue.ts'

export const roomTypes = [
  'room.created',
  'room.changed',
  'room.noticed',
  'room.ownerChanged',
  'room.ended',
  'chat.sent',
] as const
export const visitTypes = [
  'room.created',
  'room.ownerChanged',
  'member.joined',
  'member.removed',
  'member.letBack',
] as const

export type VisitEvent = Event<(typeof visitTypes)[number]>
export type RoomsEvent = Event<(typeof roomTypes)[number]> | VisitEvent
