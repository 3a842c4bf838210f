import { type SchemaType, schema, t } from '@colyseus/schema'

/** What every viewer of a lobby shard sees alike; the page each one looks at comes by `lobby.page` messages. */
export const LobbyState = schema(
  {
    /** Users online anywhere, by the nodes' directories. */
    online: t.number().default(0),
    /** Members whose study interval runs now. */
    studying: t.number().default(0),
    /** Live rooms. */
    rooms: t.number().default(0),
  },
  'LobbyState',
)
export type LobbyState = SchemaType<typeof LobbyState>
