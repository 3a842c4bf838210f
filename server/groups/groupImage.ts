import { updateImage } from '#persistence/database/groups/changeGroup.ts'
import { isRefusal, type Refusal, refuse } from '#schemas/refusals.ts'
import { dropImage, keepImage, type PutImage } from '#server/images/keepImage.ts'
import { manages } from './acts.rules.ts'
import type { GroupsDeps, Person } from './groupsDeps.ts'
import { inGroup, insideOf } from './inGroup.ts'

/** Makes the bytes the group's image and deletes the one before; leader and managers. */
export async function setGroupImage(
  deps: GroupsDeps,
  by: Person,
  groupId: string,
  bytes: Uint8Array,
): Promise<{ image: string } | Refusal> {
  // Before anything is unpacked for a stranger; what decides is asked again when the image is put in place.
  const inside = await insideOf(deps, groupId, by.userId)
  if (isRefusal(inside)) return inside
  if (!manages(inside.role)) return refuse('forbidden')
  const image = await keepImage(deps.blobs, bytes, placeIn(deps, by, groupId))
  return isRefusal(image) ? image : { image }
}

export async function clearGroupImage(
  deps: GroupsDeps,
  by: Person,
  groupId: string,
): Promise<Record<string, never> | Refusal> {
  return (await dropImage(deps.blobs, placeIn(deps, by, groupId))) ?? {}
}

const placeIn =
  (deps: GroupsDeps, by: Person, groupId: string): PutImage =>
  (image) =>
    inGroup(deps, groupId, by.userId, async ({ tx, role, group }) => {
      if (!manages(role)) return refuse('forbidden')
      await updateImage(tx, groupId, image)
      return { before: group.image }
    })
