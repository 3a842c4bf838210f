import type { DeviceFailure } from './types.ts'

const byName: Readonly<Record<string, DeviceFailure>> = {
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'none',
  OverconstrainedError: 'none',
  NotReadableError: 'busy',
  AbortError: 'busy',
}

const nameOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'name' in error ? String(error.name) : ''
const messageOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : ''

/** What opening a device failed with, in our words. */
export const failureOf = (error: unknown): DeviceFailure => byName[nameOf(error)] ?? 'failed'

/** The device that was asked for by its id is not there (any more). */
export const isMissing = (error: unknown): boolean => failureOf(error) === 'none'

/**
 * The person closed the picker of screens. Browsers give it the name of a denial; the system's own denial (macOS) is told
 * apart only by its words.
 */
export const closedPicker = (error: unknown): boolean =>
  nameOf(error) === 'NotAllowedError' && !/by system/i.test(messageOf(error))
