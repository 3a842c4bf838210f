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
}
