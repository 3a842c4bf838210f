import type { Migration } from 'kysely/migration'

export const roomSteps: Record<string, Migration> = {
  '0001_room': {
    up: (db) =>
      db.schema
        .createTable('room')
        .addColumn('id', 'varchar(64)', (c) => c.primaryKey())
        .addColumn('kind', 'varchar(16)', (c) => c.notNull())
        .addColumn('name', 'varchar(160)', (c) => c.notNull())
        .addColumn('search_name', 'varchar(320)', (c) => c.notNull())
        .addColumn('level', 'varchar(16)', (c) => c.notNull())
        .addColumn('tags', 'text', (c) => c.notNull())
        .addColumn('owner_id', 'varchar(64)', (c) => c.notNull())
        .addColumn('owner_name', 'varchar(160)', (c) => c.notNull())
        .addColumn('capacity', 'integer', (c) => c.notNull())
        .addColumn('locked', 'integer', (c) => c.notNull())
        .addColumn('has_password', 'integer', (c) => c.notNull())
        .addColumn('notice', 'text', (c) => c.notNull())
        .addColumn('created_at', 'bigint', (c) => c.notNull())
        .addColumn('ended_at', 'bigint')
        .addColumn('chat_head', 'bigint', (c) => c.notNull())
        .addColumn('last_message_at', 'bigint')
        .addColumn('active_at', 'bigint', (c) => c.notNull())
        .addColumn('applied_seq', 'bigint', (c) => c.notNull())
        .execute(),
  },
  '0002_room_by_age': {
    up: (db) => db.schema.createIndex('room_by_age').on('room').columns(['kind', 'created_at', 'id']).execute(),
  },
  '0003_room_visitor': {
    up: (db) =>
      db.schema
        .createTable('room_visitor')
        .addColumn('user_id', 'varchar(64)', (c) => c.notNull())
        .addColumn('room_id', 'varchar(64)', (c) => c.notNull())
        .addColumn('first_at', 'bigint', (c) => c.notNull())
        .addColumn('last_at', 'bigint', (c) => c.notNull())
        .addColumn('removed_until', 'bigint', (c) => c.notNull())
        .addColumn('applied_seq', 'bigint', (c) => c.notNull())
        .addPrimaryKeyConstraint('room_visitor_key', ['user_id', 'room_id'])
        .execute(),
  },
}
