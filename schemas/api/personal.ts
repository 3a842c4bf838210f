import { z } from 'zod'

/** An export of one's data: a ZIP that is made in the background. */
export const exportJob = z.object({
  id: z.string(),
  state: z.enum(['waiting', 'running', 'done', 'failed']),
  /** Parts that are in it, of how many; 0 of 0 before it has begun. */
  done: z.int(),
  total: z.int(),
  askedAt: z.int(),
  endedAt: z.int().nullable(),
  /** Null until it is done, and when it is kept no longer. */
  file: z.object({ bytes: z.int(), keptUntil: z.int() }).nullable(),
})
export type ExportJob = z.infer<typeof exportJob>
export const newestExport = z.object({ export: exportJob.nullable() })

/** For one download, for a minute. */
export const exportLink = z.object({ url: z.string(), expiresAt: z.int() })

/** The password, or nothing from a session that was opened within ten minutes. */
export const proof = z.object({ password: z.string().min(1).max(128).optional() })
