import type { Migration } from 'kysely/migration'

export const studySteps: Record<string, Migration> = {
  '0005_study_interval': {
    up: (db) =>
      db.schema
        .createTable('study_interval')
        .addColumn('id', 'varchar(64)', (c) => c.primaryKey())
        .addColumn('user_id', 'varchar(64)', (c) => c.notNull())
        .addColumn('room_id', 'varchar(64)', (c) => c.notNull())
        .addColumn('started_at', 'bigint', (c) => c.notNull())
        .addColumn('ended_at', 'bigint', (c) => c.notNull())
        .execute(),
  },
  // What overlaps a span ends after its start; few of those begin after its end.
  '0006_study_interval_by_user': {
    up: (db) =>
      db.schema
        .createIndex('study_interval_by_user')
        .on('study_interval')
        .columns(['user_id', 'ended_at', 'started_at'])
        .execute(),
  },
}
