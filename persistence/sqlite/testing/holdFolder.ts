import { lockDataFolder } from '../lockDataFolder.ts'

// A process that takes the data folder and keeps it until it is killed.
lockDataFolder(process.argv[2] ?? '')
console.log('held')
setInterval(() => {}, 1000)
