import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { askUntil } from './askUntil.ts'

type Seen = { readonly files: Set<string>; readonly mails: Map<string, string[]> }
const folders = new Map<string, Seen>()

/** Mails to this address that lie in a server's mail folder, oldest first; every file is read once only. */
export function mailsTo(folder: string, address: string): readonly string[] {
  const seen = folders.get(folder) ?? { files: new Set(), mails: new Map() }
  folders.set(folder, seen)
  for (const file of readdirSync(folder).sort()) {
    if (!file.endsWith('.txt') || seen.files.has(file)) continue
    seen.files.add(file)
    const mail = readFileSync(join(folder, file), 'utf8')
    const to = /^To: (.*)$/m.exec(mail)?.[1] ?? ''
    seen.mails.set(to, [...(seen.mails.get(to) ?? []), mail])
  }
  return seen.mails.get(address) ?? []
}

/** The code of the newest mail to this address, once there are `count` mails to it. Rejects after 20 s. */
export async function mailedCode(folder: string, address: string, count = 1): Promise<string> {
  const mail = (await mailed(folder, address, count)).at(-1) ?? ''
  const code = /^[A-Z2-9]{6}$/m.exec(mail)?.[0]
  if (!code) throw new Error(`no code in the mail to ${address}:\n${mail}`)
  return code
}

/** Resolves when `count` mails to this address are there. Rejects after 20 s. */
export async function mailed(folder: string, address: string, count = 1): Promise<readonly string[]> {
  const enough = (mails: readonly string[]) => mails.length >= count
  return askUntil(() => inFolder(folder, address), enough, `${count} mails to ${address} in ${folder}`, { everyMs: 3 })
}

function inFolder(folder: string, address: string): readonly string[] {
  try {
    return mailsTo(folder, address)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}
