import { z } from 'zod'
import type { RefusalCode } from '#schemas/refusals.ts'
import { id } from '#schemas/text.ts'

/** What the routes of one group have in common. */
export const tag = 'groups'
export const params = z.object({ id })
/** Who is no member learns no more than that there is nothing; who was put out is told so. */
export const outside: readonly RefusalCode[] = ['not_found', 'kicked', 'banned']
