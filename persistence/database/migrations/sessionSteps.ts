import type { Migration } from 'kysely/migration'

export const sessionSteps: Record<string, Migration> = {
  '0070_token_family': {
    up: (db) =>
      db.schema
        .createTable('token_family')
        .addColumn('session_id', 'varchar(64)', (c) => c.primaryKey())
        .addColumn('user_id', 'varchar(64)', (c) => c.notNull())
        .addColumn('generation', 'bigint', (c) => c.notNull())
        .addColumn('rotated_at', 'bigint', (c) => c.notNull())
        .execute(),
  },
  '0071_token_family_by_user': {
    up: (db) => db.schema.createIndex('token_family_by_user').on('token_family').column('user_id').execute(),
  },
  '0072_personal_job': {
    up: (db) =>
      db.schema
        .createTable('personal_job')
        .addColumn('id', 'varchar(64)', (c) => c.primaryKey())
        .addColumn('user_id', 'varchar(64)', (c) => c.notNull())
        .addColumn('kind', 'varchar(16)', (c) => c.notNull())
        .addColumn('state', 'varchar(16)', (c) => c.notNull())
        .addColumn('slot', 'varchar(96)', (c) => c.notNull().unique())
        .addColumn('worker', 'varchar(64)', (c) => c.notNull())
        .addColumn('free_at', 'bigint', (c) => c.notNull())
        .addColumn('attempts', 'integer', (c) => c.notNull())
        .addColumn('done', 'integer', (c) => c.notNull())
        .addColumn('total', 'integer', (c) => c.notNull())
        .addColumn('asked_at', 'bigint', (c) => c.notNull())
        .addColumn('ended_at', 'bigint')
        .addColumn('blob', 'varchar(160)')
        .addColumn('bytes', 'bigint', (c) => c.notNull())
        .addColumn('kept_until', 'bigint', (c) => c.notNull())
        .execute(),
  },
  '0073_personal_job_by_turn': {
    up: (db) =>
      db.schema.createIndex('personal_job_by_turn').on('personal_job').columns(['state', 'free_at']).execute(),
  },
  '0074_personal_job_by_user': {
    up: (db) => db.schema.createIndex('personal_job_by_user').on('personal_job').column('user_id').execute(),
  },
  '0075_second_factor': {
    up: (db) =>
      db.schema
        .createTable('second_factor')
        .addColumn('user_id', 'varchar(64)', (c) => c.primaryKey())
        .addColumn('secret', 'varchar(255)', (c) => c.notNull())
        .addColumn('confirmed_at', 'bigint')
        .addColumn('last_step', 'bigint', (c) => c.notNull())
        .addColumn('tries', 'integer', (c) => c.notNull())
        .addColumn('tries_until', 'bigint', (c) => c.notNull())
        .execute(),
  },
  '0076_recovery_code': {
    up: (db) =>
      db.schema
        .createTable('recovery_code')
        .addColumn('user_id', 'varchar(64)', (c) => c.notNull())
        .addColumn('hash', 'varchar(64)', (c) => c.notNull())
        .addPrimaryKeyConstraint('recovery_code_key', ['user_id', 'hash'])
        .execute(),
  },
}
