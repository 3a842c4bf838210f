import type { Archive, ArchivedMessage } from '../ports/archive.ts'
import { openMongo } from './mongoConnection.ts'
import { type MessageDocument, type Models, modelsOn } from './mongoModels.ts'
import { tellingOutages } from './mongoOutage.ts'
import { putMessages } from './mongoWrites.ts'

/** Of one conversation or person at once, when they are swept. */
const AT_ONCE = 1000

/**
 * The archive in MongoDB. Every write is found again by its `_id`, so what comes twice changes nothing; no transaction is
 * needed, and none is used. Rejects if there is no server; an outage later rejects each call in seconds.
 */
export async function openMongoArchive(url: string): Promise<Archive> {
  const connection = await openMongo(url)
  const models = modelsOn(connection)
  const { messages, pasts } = models
  const find = async (filter: object, order: 1 | -1, limit?: number) => {
    const query = messages.find(filter, { _id: 0 }).sort({ number: order })
    if (limit !== undefined) query.limit(limit)
    return query.lean<ArchivedMessage[]>()
  }

  return tellingOutages({
    putMessages: (batch) => putMessages(models, batch),
    async putPast(conversation, number, revision, { text, until }) {
      const _id = `${conversation}/${number}/${revision}`
      const isDeleted = () => messages.exists({ conversation, number, deleted: true })
      if (!(await isDeleted())) {
        const fresh = { $setOnInsert: { conversation, number, revision, text, until } }
        await pasts.bulkWrite([{ updateOne: { filter: { _id }, update: fresh, upsert: true } }], { ordered: false })
        // The deletion may have come in between: whoever of the two is later finds what the other has written.
        if (!(await isDeleted())) return
      }
      await pasts.deleteMany({ conversation, number })
    },
    async page(conversation, { before = Number.MAX_SAFE_INTEGER, after, limit }) {
      const filter = { conversation, number: { $gt: after ?? 0, $lt: before } }
      if (after !== undefined) return find(filter, 1, limit)
      return (await find(filter, -1, limit)).reverse()
    },
    async byNumbers(conversation, numbers) {
      return numbers.length === 0 ? [] : find({ conversation, number: { $in: [...new Set(numbers)] } }, 1)
    },
    async past(conversation, number) {
      const found = await pasts.find({ conversation, number }).sort({ revision: 1 }).lean()
      return found.map(({ text, until }) => ({ text: text ?? '', until }))
    },
    async firstAt(conversation, at) {
      const found = messages.findOne({ conversation, at: { $gte: at } }, { number: 1 }).sort({ at: 1, number: 1 })
      return (await found.lean())?.number ?? null
    },
    pinned: (conversation) => find({ conversation, pinned: true }, 1),
    async newest(conversation) {
      return (await messages.findOne({ conversation }, { number: 1 }).sort({ number: -1 }).lean())?.number ?? 0
    },
    async byAuthor(author, after, limit) {
      const { conversation, number } = after ?? { conversation: '', number: 0 }
      const above = [{ conversation: { $gt: conversation } }, { conversation, number: { $gt: number } }]
      const found = messages.find({ author, deleted: false, $or: above }, { _id: 0 })
      return found.sort({ conversation: 1, number: 1 }).limit(limit).lean<ArchivedMessage[]>()
    },
    async unname(author) {
      const named = { author, authorName: { $ne: '' } }
      await inSteps(messages, named, (ids) => messages.updateMany({ _id: { $in: ids } }, { $set: { authorName: '' } }))
    },
    async drop(conversation) {
      await inSteps(messages, { conversation }, (ids) => messages.deleteMany({ _id: { $in: ids } }))
      await inSteps(pasts, { conversation }, (ids) => pasts.deleteMany({ _id: { $in: ids } }))
    },
    close: () => connection.close(),
  })
}

/** Until nothing is found any more: one command over all of it might take longer than an answer may. */
async function inSteps(
  model: Models['messages'] | Models['pasts'],
  filter: object,
  step: (ids: string[]) => Promise<unknown>,
) {
  for (;;) {
    const found = await (model as Models['messages'])
      .find(filter, { _id: 1 })
      .limit(AT_ONCE)
      .lean<Pick<MessageDocument, '_id'>[]>()
    if (found.length === 0) return
    await step(found.map(({ _id }) => _id))
  }
}
