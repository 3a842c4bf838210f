import type { Migration } from 'kysely/migration'

export const readMarkerSteps: Record<string, Migration> = {
  '0004_read_marker': {
    up: (db) =>
      db.schema
        .createTable('read_marker')
        .addColumn('user_id', 'varchar(64)', (c) => c.notNull())
        .addColumn('conversation', 'varchar(64)', (c) => c.notNull())
        .addColumn('number', 'bigint', (c) => c.notNull())
        .addColumn('marked_unread_at', 'bigint')
        .addColumn('applied_seq', 'bigint', (c) => c.notNull())
        .addPrimaryKeyConstraint('read_marker_key', ['user_id', 'conversation'])
        .execute(),
  },
}
