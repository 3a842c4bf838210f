import { z } from 'zod'
import { groupLimits, groupRoles } from '../groups.ts'
import { roomCard } from '../messages/lobby.ts'
import { id, line, prose } from '../text.ts'
import { createRoomBody } from './rooms.ts'

const name = line(groupLimits.name.min, groupLimits.name.max)
const description = prose(0, groupLimits.description)
const capacity = z.int().min(groupLimits.capacity.min).max(groupLimits.capacity.max)
const reason = line(0, 200).default('')

export const createGroupBody = z.object({
  name,
  description: description.default(''),
  capacity: capacity.default(groupLimits.capacity.usual),
  openToRequests: z.boolean().default(false),
})
/** What is absent stays. */
export const changeGroupBody = z.object({
  name: name.optional(),
  description: description.optional(),
  capacity: capacity.optional(),
  openToRequests: z.boolean().optional(),
})
export type GroupChange = z.infer<typeof changeGroupBody>

/** A study room of a group, live or asleep; only members ever see one. */
export const groupRoom = roomCard.extend({ live: z.boolean() })
export type GroupRoom = z.infer<typeof groupRoom>

const facts = {
  id: z.string(),
  name: z.string(),
  description: z.string(),
  /** A reference for `/avatars/…`. */
  image: z.string().nullable(),
  members: z.int(),
  capacity: z.int(),
}
export const groupSummary = z.object({
  ...facts,
  role: z.enum(groupRoles),
  openToRequests: z.boolean(),
  /** Waiting requests; 0 for who may not answer them. */
  requests: z.int(),
  rooms: z.array(groupRoom),
})
export type GroupSummary = z.infer<typeof groupSummary>

export const myGroups = z.object({
  groups: z.array(groupSummary),
  /** Who invited me, and whom I asked; newest first. */
  invitations: z.array(z.object({ ...facts, by: z.string(), at: z.int() })),
  requested: z.array(z.object({ id: z.string(), name: z.string(), image: z.string().nullable(), at: z.int() })),
  /** How many groups a person may be in. */
  max: z.int(),
})
export type MyGroups = z.infer<typeof myGroups>

export const groupDetail = groupSummary.extend({
  leader: z.string(),
  createdAt: z.int(),
  /** In groups of four letters; null for who may not hand it out. */
  code: z.string().nullable(),
})
export type GroupDetail = z.infer<typeof groupDetail>

export const groupMember = z.object({
  userId: z.string(),
  name: z.string(),
  handle: z.string(),
  image: z.string().nullable(),
  role: z.enum(groupRoles),
  joinedAt: z.int(),
  /** Null for who may not warn. */
  warnings: z.int().nullable(),
})
export type GroupMember = z.infer<typeof groupMember>
export const groupMembers = z.object({ members: z.array(groupMember), next: z.string().nullable() })
export type GroupMembers = z.infer<typeof groupMembers>
export const pageQuery = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
})

export const openGroupsQuery = pageQuery.extend({ q: line(0, 60).default('') })
/** Groups that take requests, for everybody signed in. */
export const openGroups = z.object({ groups: z.array(z.object(facts)), next: z.string().nullable() })
export type OpenGroups = z.infer<typeof openGroups>

/** Codes travel in bodies only: addresses end up in logs. */
export const codeBody = z.object({ code: z.string().max(100) })
/** What a valid code shows before one joins: name, image and size, nothing else. */
export const groupPreview = z.object({
  name: z.string(),
  image: z.string().nullable(),
  members: z.int(),
  capacity: z.int(),
})
export const groupImage = z.object({ image: z.string() })
export type GroupPreview = z.infer<typeof groupPreview>
export const joined = z.object({ groupId: z.string() })

export const createInviteBody = z.object({
  /** Days until it ends; null: it does not end by itself. */
  days: z.int().min(1).max(groupLimits.inviteDays).nullable().default(7),
  /** How many may come by it; null: as many as there are seats. */
  uses: z.int().min(1).max(groupLimits.inviteUses).nullable().default(null),
})
export const groupInvite = z.object({
  id: z.string(),
  byName: z.string(),
  createdAt: z.int(),
  expiresAt: z.int().nullable(),
  maxUses: z.int().nullable(),
  uses: z.int(),
})
export type GroupInvite = z.infer<typeof groupInvite>
export const groupInvites = z.object({ invites: z.array(groupInvite) })
export type GroupInvites = z.infer<typeof groupInvites>
/** The only time that the link's code is told. */
export const newInvite = z.object({ invite: groupInvite, code: z.string() })
export type NewInvite = z.infer<typeof newInvite>

export const requestBody = z.object({ text: line(0, groupLimits.requestText).default('') })
export const groupRequests = z.object({
  requests: z.array(
    z.object({ userId: z.string(), name: z.string(), handle: z.string(), text: z.string(), at: z.int() }),
  ),
})
export type GroupRequests = z.infer<typeof groupRequests>

export const inviteeBody = z.object({ handle: z.string().min(1).max(80) })
export const roleBody = z.object({ role: z.enum(['manager', 'member']) })
export const transferBody = z.object({ to: id })
export const reasonBody = z.object({ reason })
/** A leader says what becomes of his group; others send an empty object. */
export const withdrawBody = z.object({
  parting: z
    .discriminatedUnion('choice', [
      z.object({ choice: z.literal('handOver'), to: id }),
      z.object({ choice: z.literal('dissolve') }),
    ])
    .optional(),
})
export const warned = z.object({ warnings: z.int(), kicked: z.boolean() })

export const groupRecords = z.object({
  removed: z.array(
    z.object({
      userId: z.string(),
      name: z.string(),
      how: z.enum(['kicked', 'banned']),
      reason: z.string(),
      at: z.int(),
    }),
  ),
})
export type GroupRecords = z.infer<typeof groupRecords>

export const createGroupRoomBody = createRoomBody.omit({ kind: true })
