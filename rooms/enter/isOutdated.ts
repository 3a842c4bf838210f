import type { Entrant } from '#rooms/places.ts'
import { FIRST_PROTOCOL } from '#schemas/version.ts'

/** Whether the entrant's client is older than what this node serves, whichever node he has asked. */
export const isOutdated = ({ protocol = FIRST_PROTOCOL }: Entrant, oldest: number): boolean => protocol < oldest
