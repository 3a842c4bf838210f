import type { Migration } from 'kysely/migration'

export const presenceSteps: Record<string, Migration> = {
  '0090_presence': {
    up: (db) =>
      db.schema
        .createTable('presence')
        .addColumn('user_id', 'varchar(64)', (c) => c.primaryKey())
        .addColumn('choice', 'varchar(16)', (c) => c.notNull())
        .addColumn('last_seen_at', 'bigint')
        .execute(),
  },
  '0091_inbox_item': {
    up: (db) =>
      db.schema
        .createTable('inbox_item')
        .addColumn('user_id', 'varchar(64)', (c) => c.notNull())
        .addColumn('number', 'bigint', (c) => c.notNull())
        .addColumn('at', 'bigint', (c) => c.notNull())
        .addColumn('body', 'text', (c) => c.notNull())
        .addPrimaryKeyConstraint('inbox_item_key', ['user_id', 'number'])
        .execute(),
  },
  '0092_inbox_mark': {
    up: (db) =>
      db.schema
        .createTable('inbox_mark')
        .addColumn('user_id', 'varchar(64)', (c) => c.primaryKey())
        .addColumn('read_through', 'bigint', (c) => c.notNull())
        .execute(),
  },
}
