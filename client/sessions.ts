import type { ExportJob } from '#schemas/api/personal.ts'
import type { Device } from '#schemas/api/sessions.ts'
import { isRefusal, type Refusal } from '#schemas/refusals.ts'
import type { SessionView, StudyHub } from './types.ts'

/** One's own sessions, newest use first. */
export async function devices({ api }: StudyHub): Promise<readonly Device[] | Refusal> {
  const answer = await api.get<{ devices: Device[] }>('/api/accounts/devices')
  return isRefusal(answer) ? answer : answer.devices
}

/** Ends a session with its sockets, at once and everywhere. Of this device's own one sign out instead. */
export const endDevice = ({ api }: StudyHub, id: string): Promise<object | Refusal> =>
  api.send('DELETE', `/api/accounts/devices/${encodeURIComponent(id)}`)

/** All but this one; answers how many. */
export const endOtherDevices = ({ api }: StudyHub): Promise<{ ended: number } | Refusal> =>
  api.send('POST', '/api/accounts/devices/end-others', {})

/** Begins an export of one's data, or answers the one under way. */
export const startExport = ({ api }: StudyHub): Promise<ExportJob | Refusal> => api.send('POST', '/api/me/export', {})

export async function newestExport({ api }: StudyHub): Promise<ExportJob | null | Refusal> {
  const answer = await api.get<{ export: ExportJob | null }>('/api/me/export')
  return isRefusal(answer) ? answer : answer.export
}

/** A URL of the finished file, good for a minute. */
export const exportLink = ({ api }: StudyHub, id: string): Promise<{ url: string } | Refusal> =>
  api.send('POST', `/api/me/export/${encodeURIComponent(id)}/link`, {})

/** Ends the account for good; then nobody is signed in. Without a password only from a session of the last ten minutes. */
export async function deleteAccount(hub: StudyHub, password: string | undefined): Promise<SessionView | Refusal> {
  const answer = await hub.api.send('POST', '/api/me/delete', password === undefined ? {} : { password })
  return isRefusal(answer) ? answer : hub.refreshSession()
}
