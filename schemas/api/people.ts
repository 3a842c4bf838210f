import { z } from 'zod'
import { id, line } from '../text.ts'
import { handle } from './accounts.ts'

/** What the caller and another person are to each other. */
export const standing = z.object({
  friendship: z.enum(['none', 'asked', 'asksMe', 'friends']),
  follows: z.boolean(),
  followsMe: z.boolean(),
})

/** A person as lists show him. `image` is a reference for `/avatars/…`. */
export const person = z.object({
  id: z.string(),
  name: z.string(),
  handle: z.string(),
  image: z.string().nullable(),
  status: z.string().nullable(),
  standing,
})
export type PersonView = z.infer<typeof person>

export const peoplePage = z.object({ people: z.array(person), next: z.string().nullable() })
export type PeoplePage = z.infer<typeof peoplePage>

/** Somebody's card. Of one whom the caller has blocked only name, handle and image are told. */
export const personCard = person.extend({
  isMe: z.boolean(),
  blocked: z.boolean(),
  bio: z.string(),
  url: z.string().nullable(),
  followers: z.int(),
  following: z.int(),
  /** Friends whom both have: how many, and the first few. */
  mutual: z.object({
    count: z.int(),
    people: z.array(z.object({ id: z.string(), name: z.string(), image: z.string().nullable() })),
  }),
  /** For friends, if he shares it. */
  studiedTodayMs: z.int().nullable(),
})
export type PersonCard = z.infer<typeof personCard>

export const peopleCounts = z.object({
  friends: z.int(),
  incoming: z.int(),
  outgoing: z.int(),
  followers: z.int(),
  following: z.int(),
  blocked: z.int(),
})
export type PeopleCounts = z.infer<typeof peopleCounts>

export const pageQuery = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(50).default(24),
})
export const searchQuery = pageQuery.extend({ q: line(1, 60) })
export const requestsQuery = pageQuery.extend({ side: z.enum(['in', 'out']).default('in') })
export const askBody = z.object({ handle })
export const personParams = z.object({ id })
/** Several people's faces at once: for messages whose authors are not here any more. */
export const facesQuery = z.object({
  ids: z
    .string()
    .max(4000)
    .transform((text) => text.split(','))
    .pipe(z.array(id).min(1).max(60)),
})
export const faces = z.object({ faces: z.array(z.object({ id: z.string(), image: z.string().nullable() })) })
export const blockedIds = z.object({ ids: z.array(z.string()) })
export const relation = z.object({ standing })
export type Relation = z.infer<typeof relation>
