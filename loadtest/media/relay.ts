import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import type { Forwarder } from './forwarder.ts'
import { freeUdpPort } from './freeUdpPort.ts'
import type { Plan } from './plan.ts'
import { program } from './programs.ts'

/** User and system time of a process, from the kernel's book (a tick is 10 ms on Linux). */
export function cpuMsOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) * 10
}

/** The bare relay: one process for all sources, which have to want the same number of copies. */
export async function openRelay({ sources }: Plan, toPort: number): Promise<Forwarder> {
  const copies = sources[0]?.copies ?? 0
  if (sources.some((source) => source.copies !== copies)) throw new Error('the relay copies all sources alike')
  const port = await freeUdpPort()
  const child = spawn(program('relay'), [`${port}`, `${toPort}`, `${copies}`], { stdio: 'ignore' })
  const { pid } = child
  if (pid === undefined) throw new Error('the relay did not start')
  await setTimeout(200)
  return {
    ports: sources.map(() => port),
    cpuMs: async () => cpuMsOf(pid),
    close: async () => void child.kill('SIGKILL'),
  }
}
