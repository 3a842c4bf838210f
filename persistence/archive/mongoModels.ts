import { type Connection, type InferSchemaType, Schema } from 'mongoose'
import type { ArchivedMessage } from '../ports/archive.ts'
import { schemaOptions } from './schemaOptions.ts'

/** One document per message; `_id` is its conversation and number, so writing it again finds it. */
const messageSchema = new Schema(
  {
    _id: { type: String, required: true },
    conversation: { type: String, required: true },
    number: { type: Number, required: true },
    author: { type: String, required: true },
    authorName: String,
    text: String,
    at: { type: Number, required: true },
    replyTo: Number,
    mentions: [String],
    revision: { type: Number, required: true },
    editedAt: Number,
    deleted: { type: Boolean, required: true },
    pinned: { type: Boolean, required: true },
    reactions: [{ _id: false, emoji: String, users: [String] }],
  } satisfies Record<keyof MessageDocument, unknown>,
  { ...schemaOptions, collection: 'messages' },
)
  .index({ conversation: 1, number: 1 }, { unique: true })
  .index({ conversation: 1, at: 1, number: 1 })
  .index({ author: 1, conversation: 1, number: 1 })
  .index({ conversation: 1, pinned: 1, number: 1 })

const pastSchema = new Schema(
  {
    _id: { type: String, required: true },
    conversation: { type: String, required: true },
    number: { type: Number, required: true },
    revision: { type: Number, required: true },
    text: String,
    until: { type: Number, required: true },
  },
  { ...schemaOptions, collection: 'pasts' },
).index({ conversation: 1, number: 1, revision: 1 }, { unique: true })

export type MessageDocument = ArchivedMessage & { readonly _id: string }
export type PastDocument = InferSchemaType<typeof pastSchema>

export const modelsOn = (connection: Connection) => ({
  messages: connection.model('Message', messageSchema),
  pasts: connection.model('Past', pastSchema),
})
export type Models = ReturnType<typeof modelsOn>
