import { type Connection, type InferSchemaType, Schema } from 'mongoose'
import { schemaOptions } from '../archive/schemaOptions.ts'

/** One per place: how far it is kept, and its snapshot. */
const placeSchema = new Schema(
  {
    _id: { type: String, required: true },
    head: { type: Number, required: true },
    /** Time of the newest event. */
    at: { type: Number, required: true },
    parked: { type: Boolean, required: true },
    ended: { type: Boolean, required: true },
    version: Number,
    body: String,
  },
  { ...schemaOptions, collection: 'places' },
).index({ ended: 1, parked: 1, at: 1 })

/** Events of one place that the log told together, each as JSON; `_id` is place and first number. */
const runSchema = new Schema(
  {
    _id: { type: String, required: true },
    place: { type: String, required: true },
    from: { type: Number, required: true },
    to: { type: Number, required: true },
    events: { type: [String], required: true },
  },
  { ...schemaOptions, collection: 'placeruns' },
).index({ place: 1, to: 1 })

export type PlaceDocument = InferSchemaType<typeof placeSchema>
export type RunDocument = InferSchemaType<typeof runSchema>

export const keptModelsOn = (connection: Connection) => ({
  places: connection.model('Place', placeSchema),
  runs: connection.model('PlaceRun', runSchema),
})
export type KeptModels = ReturnType<typeof keptModelsOn>
