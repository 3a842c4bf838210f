import type { Migration } from 'kysely/migration'

export const accountSteps: Record<string, Migration> = {
  '0010_email_code': {
    up: (db) =>
      db.schema
        .createTable('email_code')
        .addColumn('purpose', 'varchar(16)', (c) => c.notNull())
        .addColumn('address', 'varchar(254)', (c) => c.notNull())
        .addColumn('code_hash', 'varchar(64)', (c) => c.notNull())
        .addColumn('tries_left', 'integer', (c) => c.notNull())
        .addColumn('expires_at', 'bigint', (c) => c.notNull())
        .addPrimaryKeyConstraint('email_code_key', ['purpose', 'address'])
        .execute(),
  },
  '0011_email_code_by_end': {
    up: (db) => db.schema.createIndex('email_code_by_end').on('email_code').column('expires_at').execute(),
  },
  // Null is a user like everybody: only the command gives more.
  '0012_profile_role': {
    up: (db) => db.schema.alterTable('profile').addColumn('role', 'varchar(16)').execute(),
  },
}
