// The load process: all clients of a run live here, so that the measured server has its process to itself.

import { fanOut } from './fanOut.ts'
import { idle } from './idle.ts'
import { joins } from './joins.ts'
import type { Report, Task } from './tasks.ts'

/** The parent measures before it lets us go on. */
const report = (message: Report): Promise<void> =>
  new Promise((resolve) => {
    process.once('message', () => resolve())
    process.send?.(message)
  })

process.on('disconnect', () => process.exit(1))
process.once('message', async (task: Task) => {
  switch (task.task) {
    case 'fanOut':
      await report({ at: 'done', fanOut: await fanOut(task, report) })
      break
    case 'joins':
      await report({ at: 'done', joins: await joins(task, report) })
      break
    case 'idle':
      await report({ at: 'done', idle: await idle(task, report) })
  }
  process.exit(0)
})
