/** A group's scope in the ledger's removed-set. */
export const scopeOf = (group: string): string => `group:${group}`
