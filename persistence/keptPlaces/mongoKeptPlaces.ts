import { openMongo } from '../archive/mongoConnection.ts'
import { tellingOutages } from '../archive/mongoOutage.ts'
import { upsertsAll } from '../archive/mongoWrites.ts'
import type { KeptPlaces } from '../ports/keptPlaces.ts'
import { keptModelsOn } from './keptPlacesModels.ts'
import { asKept, runsOf } from './runs.ts'

/** Of the ended at once, when they are swept. */
const AT_ONCE = 500

/**
 * Kept places in MongoDB, beside the archive's messages. Every write is found again by its `_id` and only ever extends, so what
 * comes twice changes nothing. Rejects if there is no server.
 */
export async function openMongoKeptPlaces(url: string): Promise<KeptPlaces> {
  const connection = await openMongo(url, keptModelsOn)
  const { places, runs } = keptModelsOn(connection)
  const dropRuns = (ids: readonly string[]) => runs.deleteMany({ place: { $in: [...ids] } })

  return tellingOutages<KeptPlaces>({
    async add(events) {
      const grouped = Map.groupBy(events, ({ key }) => key)
      const all = [...grouped].map(([place, told]) => runsOf(place, told))
      await upsertsAll(
        runs,
        all.flat().map(({ _id, ...run }) => ({ filter: { _id, to: { $lt: run.to } }, set: run })),
      )
      // After its events: what the place says it has is there.
      await upsertsAll(
        places,
        [...grouped].map(([_id, told]) => {
          const head = Math.max(...told.map(({ seq }) => seq))
          const at = Math.max(...told.map((event) => event.at))
          return { filter: { _id, head: { $lt: head } }, set: { head, at, parked: false }, fresh: { ended: false } }
        }),
      )
      const ended = await places.find({ _id: { $in: [...grouped.keys()] }, ended: true }, { _id: 1 }).lean()
      if (ended.length > 0) await dropRuns(ended.map(({ _id }) => _id))
    },
    async keepSnapshot(place, version, body) {
      const older = [{ version: null }, { version: { $lt: version } }]
      const filter = { _id: place, ended: false, head: { $gte: version }, $or: older }
      const { matchedCount } = await places.updateOne(filter, { $set: { version, body } })
      if (matchedCount > 0) await runs.deleteMany({ place, to: { $lte: version } })
    },
    async end(ids) {
      if (ids.length === 0) return
      await places.updateMany({ _id: { $in: [...ids] } }, { $set: { ended: true, parked: true, body: '' } })
      await dropRuns(ids)
    },
    has: async (place) => (await places.exists({ _id: place, ended: false })) !== null,
    async of(place) {
      const found = await places.findOne({ _id: place, ended: false }).lean()
      if (!found) return null
      const above = await runs
        .find({ place, to: { $gt: found.version ?? 0 } })
        .sort({ to: 1 })
        .lean()
      return asKept(found, above)
    },
    async reach(ids) {
      const found = await places.find({ _id: { $in: [...ids] }, ended: false }, { body: 0 }).lean()
      return new Map(found.map(({ _id, head, version }) => [_id, { head, snapshot: version ?? 0 }]))
    },
    async idle(before, limit, passed = 0) {
      const found = places.find({ ended: false, parked: false, at: { $lt: before } }, { _id: 1 }).sort({ at: 1 })
      return (await found.skip(passed).limit(limit).lean()).map(({ _id }) => _id)
    },
    async recent(spanMs, limit) {
      const known = { ended: false, parked: false }
      const newest = await places.findOne(known, { at: 1 }).sort({ at: -1 }).lean()
      if (!newest) return []
      const found = places.find({ ...known, at: { $gt: newest.at - spanMs } }, { _id: 1 }).sort({ at: -1 })
      return (await found.limit(limit).lean()).map(({ _id }) => _id)
    },
    async parked(place, head) {
      await places.updateOne({ _id: place, head }, { $set: { parked: true } })
    },
    async sweep(before) {
      for (let swept = 0; ; ) {
        const filter = { ended: true, parked: { $in: [true, false] }, at: { $lt: before } }
        const ids = (await places.find(filter, { _id: 1 }).limit(AT_ONCE).lean()).map(({ _id }) => _id)
        if (ids.length === 0) return swept
        await dropRuns(ids)
        await places.deleteMany({ _id: { $in: ids } })
        swept += ids.length
      }
    },
    close: () => connection.close(),
  })
}
