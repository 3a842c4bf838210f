/** Of every schema here: a field it does not list is a fault, not left out; indexes are made when a connection opens, not by each model. */
export const schemaOptions = {
  strict: 'throw',
  versionKey: false,
  id: false,
  minimize: false,
  autoIndex: false,
  autoCreate: false,
} as const
