/** Taken for members whose zone is not known. */
export const DEFAULT_DAY = { timeZone: 'UTC', dayStartHour: 5 } as const
