import type { Migration } from 'kysely/migration'

export const passkeySteps: Record<string, Migration> = {
  '0100_passkey': {
    up: (db) =>
      db.schema
        .createTable('passkey')
        .addColumn('id', 'varchar(64)', (c) => c.primaryKey())
        .addColumn('user_id', 'varchar(64)', (c) => c.notNull())
        .addColumn('name', 'varchar(64)', (c) => c.notNull())
        .addColumn('credential_id', 'varchar(1400)', (c) => c.notNull())
        .addColumn('public_key', 'varchar(1400)', (c) => c.notNull())
        .addColumn('counter', 'bigint', (c) => c.notNull())
        .addColumn('transports', 'varchar(255)', (c) => c.notNull())
        .addColumn('synced', 'integer', (c) => c.notNull())
        .addColumn('created_at', 'bigint', (c) => c.notNull())
        .addColumn('used_at', 'bigint')
        .execute(),
  },
  '0101_passkey_by_user': {
    up: (db) => db.schema.createIndex('passkey_by_user').on('passkey').column('user_id').execute(),
  },
  '0102_passkey_challenge': {
    up: (db) =>
      db.schema
        .createTable('passkey_challenge')
        .addColumn('challenge', 'varchar(64)', (c) => c.primaryKey())
        .addColumn('until', 'bigint', (c) => c.notNull())
        .execute(),
  },
  '0103_passkey_challenge_by_until': {
    up: (db) => db.schema.createIndex('passkey_challenge_by_until').on('passkey_challenge').column('until').execute(),
  },
}
