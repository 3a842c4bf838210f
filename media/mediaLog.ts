/** Where the media write what operators should know; the rooms' log has this form. */
export type MediaLog = (level: 'info' | 'warn' | 'error', fields: Record<string, unknown>, message: string) => void
