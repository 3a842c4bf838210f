import type { Migration } from 'kysely/migration'

export const studyDaySteps: Record<string, Migration> = {
  '0080_study_day': {
    up: (db) =>
      db.schema
        .createTable('study_day')
        .addColumn('user_id', 'varchar(64)', (c) => c.notNull())
        .addColumn('day', 'varchar(10)', (c) => c.notNull())
        .addColumn('total_ms', 'bigint', (c) => c.notNull())
        .addPrimaryKeyConstraint('study_day_key', ['user_id', 'day'])
        .execute(),
  },
  '0081_study_member': {
    up: (db) =>
      db.schema
        .createTable('study_member')
        .addColumn('user_id', 'varchar(64)', (c) => c.primaryKey())
        .addColumn('last_studied_at', 'bigint', (c) => c.notNull())
        .execute(),
  },
  '0082_study_zone': {
    up: (db) =>
      db.schema
        .createTable('study_zone')
        .addColumn('user_id', 'varchar(64)', (c) => c.notNull())
        .addColumn('since', 'bigint', (c) => c.notNull())
        .addColumn('time_zone', 'varchar(64)', (c) => c.notNull())
        .addColumn('day_start_hour', 'integer', (c) => c.notNull())
        .addPrimaryKeyConstraint('study_zone_key', ['user_id', 'since'])
        .execute(),
  },
  '0083_study_setting': {
    up: (db) =>
      db.schema
        .createTable('study_setting')
        .addColumn('user_id', 'varchar(64)', (c) => c.primaryKey())
        .addColumn('daily_goal_ms', 'bigint', (c) => c.notNull())
        .addColumn('weekly_goal_ms', 'bigint', (c) => c.notNull())
        .addColumn('on_boards', 'integer', (c) => c.notNull())
        .execute(),
  },
}
