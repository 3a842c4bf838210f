// Loaded before a server's own code (`checksComeSoon`): the shortest time between two presence checks is two seconds instead
// of a minute. All else of the rules is as it is, and no server that a person starts can be told so.
import { limits } from '#schemas/limits.ts'

Object.assign(limits.attestMs, { min: 2_000 })
