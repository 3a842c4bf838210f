import type { Kysely } from 'kysely'
import type { Database } from '../database/database.ts'
import type { Archive } from '../ports/archive.ts'
import type { BlobStore } from '../ports/blobStore.ts'
import type { PersonalPart } from '../ports/personalData.ts'
import { groupsPart } from './groupsPart.ts'
import { inboxPart } from './inboxPart.ts'
import { messagesPart } from './messagesPart.ts'
import { passkeysPart } from './passkeysPart.ts'
import { peoplePart } from './peoplePart.ts'
import { presencePart } from './presencePart.ts'
import { profilePart } from './profilePart.ts'
import { readMarkersPart } from './readMarkersPart.ts'
import { roomsPart } from './roomsPart.ts'
import { secondFactorPart } from './secondFactorPart.ts'
import { studyTimePart } from './studyTimePart.ts'

export type PersonalDeps = {
  readonly db: Kysely<Database>
  readonly archive: Archive
  readonly blobs: BlobStore
}

/** Every part that keeps something about a person, in the order of erasing: the profile comes last. */
export const personalParts = (deps: PersonalDeps): readonly PersonalPart[] => [
  studyTimePart(deps),
  readMarkersPart(deps),
  presencePart(deps),
  inboxPart(deps),
  peoplePart(deps),
  groupsPart(deps),
  roomsPart(deps),
  messagesPart(deps),
  secondFactorPart(deps),
  passkeysPart(deps),
  profilePart(deps),
]
