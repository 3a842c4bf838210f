import type { SignedUrl } from '#persistence/ports/blobStore.ts'
import type { PersonalJob } from '#persistence/ports/personalJobs.ts'

/** A person's rights over his data (A4). */
export interface Personal {
  /** Begins one, or answers the one that is under way. */
  startExport(user: string): Promise<PersonalJob>
  newestExport(user: string): Promise<PersonalJob | null>
  /** A URL for 60 seconds. */
  signExport(blob: string, downloadName: string): Promise<SignedUrl>
  /**
   * From its answer on nobody is signed in as this person or can be, and the e-mail is free again; the rest of his data goes in the
   * background, for certain, also over a crash.
   */
  closeAccount(user: string): Promise<void>
}
