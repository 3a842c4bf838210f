import type { Migration } from 'kysely/migration'

export const profileSteps: Record<string, Migration> = {
  '0007_profile': {
    up: (db) =>
      db.schema
        .createTable('profile')
        .addColumn('user_id', 'varchar(64)', (c) => c.primaryKey())
        .addColumn('name', 'varchar(160)', (c) => c.notNull())
        .addColumn('handle', 'varchar(80)', (c) => c.notNull())
        .addColumn('handle_key', 'varchar(80)', (c) => c.notNull().unique())
        .addColumn('time_zone', 'varchar(64)', (c) => c.notNull())
        .addColumn('day_start_hour', 'integer', (c) => c.notNull())
        .addColumn('locale', 'varchar(16)', (c) => c.notNull())
        .addColumn('created_at', 'bigint', (c) => c.notNull())
        .addColumn('updated_at', 'bigint', (c) => c.notNull())
        .execute(),
  },
}
