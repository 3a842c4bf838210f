// A process with one live room: ana owns it and studies, ben is there. Says the room's id and lives until it is killed.
import { bootPlaces, mustEnter, person } from './bootPlaces.ts'
import { openTestLedger } from './testLedger.ts'

const [folder = ''] = process.argv.slice(2)
const node = await bootPlaces({ ledger: await openTestLedger(folder), node: 'killed' })
const roomId = await node.create(person('ana'))
const room = await mustEnter(node, person('ana'), roomId)
await mustEnter(node, person('ben'), roomId)
await room.request('study.start', {})
console.log(JSON.stringify({ roomId }))
