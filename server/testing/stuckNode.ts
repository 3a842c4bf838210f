// A node whose drain never ends: run as a process by tests of the signals. Argument: the time limit in milliseconds.
import { pino } from 'pino'
import { stopOnSignals } from '#persistence/process/stopOnSignals.ts'

const stuck = { address: '', stop: () => new Promise<void>(() => {}) }
stopOnSignals(stuck, Number(process.argv[2]), pino({ level: 'info' }, pino.destination({ dest: 1, sync: true })))
setInterval(() => {}, 60_000)
console.log('up')
