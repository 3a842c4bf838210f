import type { Db } from '../database/database.ts'
import type { Archive } from '../ports/archive.ts'
import type { Consumer, ConsumerGroup, EventLog } from '../ports/eventLog.ts'
import type { KeptPlaces } from '../ports/keptPlaces.ts'
import type { PlaceParking } from '../ports/placeParking.ts'
import { messagesProjection } from './messages/messagesProjection.ts'
import { placesProjection } from './places/placesProjection.ts'
import { UnknownVersion } from './projection.ts'
import { readMarkersProjection } from './readMarkers/readMarkersProjection.ts'
import { roomsProjection } from './rooms/roomsProjection.ts'
import { studyTimeProjection } from './studyTime/studyTimeProjection.ts'

const models = {
  messages: ({ archive }: Stores) => messagesProjection(archive),
  readMarkers: ({ db }: Stores) => readMarkersProjection(db),
  studyTime: ({ db }: Stores) => studyTimeProjection(db),
  rooms: ({ db }: Stores) => roomsProjection(db),
  places: ({ places }: Stores) => {
    if (!places) throw new Error('places are kept beside a ledger in memory only')
    return placesProjection(places.kept, places.ledger)
  },
}
type Stores = { readonly db: Db; readonly archive: Archive; readonly places?: PlacesStores }
export type PlacesStores = { readonly kept: KeptPlaces; readonly ledger: Pick<PlaceParking, 'rest'> }

/** The names of the consumer groups, one for each read model. */
export const readModels = Object.keys(models) as readonly (keyof typeof models)[]
export type ReadModel = keyof typeof models
/** Those of a process that runs alone: its ledger is a file, which nothing has to be restored into. */
const alone = readModels.filter((name) => name !== 'places')

export type ProjectionDeps = {
  readonly log: EventLog
  readonly db: Db
  readonly archive: Archive
  /** For a ledger in memory: what is kept of its places. */
  readonly places?: PlacesStores
  /** Which read models; where nothing is said all that there is something for. */
  readonly only?: readonly ReadModel[]
  /** Told once for each event whose version stops a group: it does not go on before a newer release reads it. */
  readonly onStopped: (group: string, reason: UnknownVersion) => void
}

export interface Projections {
  /** Committed but not yet projected events, by group. */
  lags(): Promise<Readonly<Record<string, number>>>
  /** Resolves when all that was published before the call is projected. */
  caughtUp(): Promise<void>
  /** Ends after the batches in flight. */
  stop(): Promise<void>
}

/** Joins read models to the log: in the embedded process and in each worker process alike. */
export async function startProjections({
  log,
  db,
  archive,
  places,
  only = places ? readModels : alone,
  onStopped,
}: ProjectionDeps): Promise<Projections> {
  const groups = only.map((name) => models[name]({ db, archive, ...(places && { places }) }))
  const running: { group: string; consumer: Consumer }[] = []
  const stop = async () => {
    await Promise.all(running.map(({ consumer }) => consumer.stop()))
  }
  try {
    for (const group of groups) {
      running.push({ group: group.group, consumer: await log.consume(loudly(group, onStopped)) })
    }
  } catch (error) {
    await stop()
    throw error
  }
  return {
    async lags() {
      const pairs = running.map(async ({ group, consumer }) => [group, await consumer.lag()] as const)
      return Object.fromEntries(await Promise.all(pairs))
    },
    async caughtUp() {
      await Promise.all(running.map(({ consumer }) => consumer.caughtUp()))
    },
    stop,
  }
}

/** The log tries a stopped batch again and again; the reason is told the first time. */
function loudly(group: ConsumerGroup, onStopped: ProjectionDeps['onStopped']): ConsumerGroup {
  let told = ''
  return {
    ...group,
    async handle(batch) {
      try {
        await group.handle(batch)
      } catch (error) {
        if (error instanceof UnknownVersion && told !== error.eventId) {
          told = error.eventId
          onStopped(group.group, error)
        }
        throw error
      }
    },
  }
}
