import { lockDataFolder } from '../lockDataFolder.ts'

// A process that takes the data folder and keeps it until it is killed. Nothing here refers to the lock, and everything that
// may be collected is: a lock that depends on its handle would be gone.
lockDataFolder(process.argv[2] ?? '')
globalThis.gc?.()
console.log('held')
setInterval(() => {}, 1000)
