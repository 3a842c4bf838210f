import { mongo } from 'mongoose'
import type { ArchivedMessage } from '../ports/archive.ts'
import type { Models } from './mongoModels.ts'

/** One command's worth: it has to be answered within the limit of an answer. */
const BATCH = 250
const DUPLICATE = 11000

const idOf = ({ conversation, number }: ArchivedMessage): string => `${conversation}/${number}`

/**
 * Puts messages so that the highest revision stays, whatever the order, the repeats, and others who write the same: first
 * those that are not there, then those whose stored revision is lower. Broken off in between, the same call makes it good.
 */
export async function putMessages(models: Models, batch: readonly ArchivedMessage[]): Promise<void> {
  const newest = new Map<string, ArchivedMessage>()
  for (const message of batch) {
    const known = newest.get(idOf(message))
    if (!known || message.revision > known.revision) newest.set(idOf(message), message)
  }
  const all = [...newest]
  for (let at = 0; at < all.length; at += BATCH) await putSome(models, all.slice(at, at + BATCH))
  const deleted = batch.filter((message) => message.deleted)
  for (let at = 0; at < deleted.length; at += BATCH) {
    const of = deleted.slice(at, at + BATCH).map(({ conversation, number }) => ({ conversation, number }))
    await models.pasts.deleteMany({ $or: of })
  }
}

async function putSome({ messages }: Models, some: readonly (readonly [string, ArchivedMessage])[]): Promise<void> {
  const inserts = some.map(([_id, message]) => ({
    updateOne: { filter: { _id }, update: { $setOnInsert: message }, upsert: true },
  }))
  const inserted = await unordered(messages, inserts)
  // Nothing stored is lower than a message that was never changed.
  const changes = some
    .filter(([_id, { revision }]) => revision > 0 && !inserted.has(_id))
    .map(([_id, message]) => ({
      updateOne: { filter: { _id, revision: { $lt: message.revision } }, update: { $set: message } },
    }))
  if (changes.length > 0) await unordered(messages, changes)
}

/** Found by its filter and set, or made anew: of a document that is there but not found nothing changes. */
export type Extend = { readonly filter: { readonly _id: string }; readonly set: object; readonly fresh?: object }

/** Writes what only ever extends: the filter finds what is shorter, and what is as long already stays. */
export async function upsertsAll(model: Bulk, extend: readonly Extend[]): Promise<void> {
  for (let at = 0; at < extend.length; at += BATCH)
    await unordered(
      model,
      extend.slice(at, at + BATCH).map(({ filter, set, fresh }) => ({
        updateOne: { filter, update: { $set: set, ...(fresh && { $setOnInsert: fresh }) }, upsert: true },
      })),
    )
}

type Bulk = {
  bulkWrite(
    writes: Write[],
    options: { ordered: false },
  ): Promise<{ readonly upsertedIds: Readonly<Record<number, unknown>> }>
}
type Write = { updateOne: { filter: object; update: object; upsert?: boolean } }

/** Ids that were inserted. That another has inserted the same meanwhile is no failure: it is there. */
async function unordered(model: Bulk, writes: readonly Write[]): Promise<ReadonlySet<string>> {
  try {
    const done = await model.bulkWrite([...writes], { ordered: false })
    return idsOf(done.upsertedIds)
  } catch (error) {
    if (!(error instanceof mongo.MongoBulkWriteError)) throw error
    const failed = [error.writeErrors].flat()
    if (failed.length === 0 || failed.some(({ code }) => code !== DUPLICATE)) throw error
    return idsOf(error.result.upsertedIds)
  }
}

const idsOf = (upserted: Readonly<Record<number, unknown>>): ReadonlySet<string> =>
  new Set(Object.values(upserted).map(String))
