import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Report, Task } from './tasks.ts'

/** Gives a task to a fresh load process; `at` is awaited at each point it reports, before it goes on. */
export function runLoad(task: Task, at: (report: Report) => Promise<void> | void): Promise<Report & { at: 'done' }> {
  const child = fork(fileURLToPath(new URL('./load.ts', import.meta.url)), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  return new Promise((resolve, reject) => {
    child.on('message', async (report: Report) => {
      await at(report)
      child.send('go on')
      if (report.at === 'done') resolve(report)
    })
    child.once('exit', (code) => reject(new Error(`the load process ended (${code}) before its report`)))
    child.send(task)
  })
}
