import { randomUUID } from 'node:crypto'
import { openMongoArchive } from '#persistence/archive/mongoArchive.ts'
import { openMysqlDatabase } from '#persistence/database/mysqlDatabase.ts'
import { roomById } from '#persistence/database/rooms/findRooms.ts'
import { kafkaEventLog } from '#persistence/eventLog/kafka/kafkaEventLog.ts'
import type { Archive, ArchivedMessage } from '#persistence/ports/archive.ts'
import type { Envelope } from '#schemas/events/envelope.ts'
import type { Cluster } from './cluster.ts'

export type StoredRoom = {
  /** In the order in which the log gives them, repeats included. */
  readonly log: readonly Envelope[]
  readonly archive: readonly ArchivedMessage[]
  /** Newest message number by the database. */
  readonly chatHead: number
}

/** What event log, archive and database have of some rooms, once the read models have caught up. */
export async function storedRooms(
  cluster: Cluster,
  rooms: readonly string[],
): Promise<ReadonlyMap<string, StoredRoom>> {
  const { cluster: servers, stores } = cluster.settings
  const events = await kafkaEventLog(servers.kafka)
  for (const group of ['messages', 'rooms', 'places']) await events.positions.caughtUp(group, () => false)
  const log: Envelope[] = []
  const reader = await events.consume({
    group: `oracle-${randomUUID()}`,
    batchSize: 500,
    handle: async (batch) => void log.push(...batch),
  })
  await reader.caughtUp()
  await reader.stop()
  await events.close()

  const archive = await openMongoArchive(stores.mongo ?? '')
  const db = openMysqlDatabase(stores.mysql ?? '')
  const found = rooms.map(async (room) => {
    const [messages, row] = await Promise.all([allOf(archive, room), roomById(db, room)])
    return [
      room,
      { log: log.filter(({ key }) => key === room), archive: messages, chatHead: row?.chatHead ?? 0 },
    ] as const
  })
  const stored = new Map(await Promise.all(found))
  await Promise.all([archive.close(), db.destroy()])
  return stored
}

async function allOf(archive: Archive, room: string): Promise<ArchivedMessage[]> {
  const all: ArchivedMessage[] = []
  for (;;) {
    const page = await archive.page(room, { after: all.at(-1)?.number ?? 0, limit: 10_000 })
    all.push(...page)
    if (page.length < 10_000) return all
  }
}
