import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import { searchable } from '#schemas/searchable.ts'
import type { Database } from '../database.ts'

/** One column per step: SQLite adds one per statement, and MySQL cannot roll back half a step. */
const profileColumn = (name: string, type: 'bigint' | `varchar(${number})`): Migration => ({
  up: (db) => db.schema.alterTable('profile').addColumn(name, type).execute(),
})

export const peopleSteps: Record<string, Migration> = {
  '0020_profile_image': profileColumn('image', 'varchar(64)'),
  '0021_profile_bio': profileColumn('bio', 'varchar(760)'),
  '0022_profile_url': profileColumn('url', 'varchar(400)'),
  '0023_profile_status_text': profileColumn('status_text', 'varchar(320)'),
  '0024_profile_status_until': profileColumn('status_until', 'bigint'),
  '0025_profile_name_key': profileColumn('name_key', 'varchar(320)'),
  '0026_profile_name_keys': {
    async up(untyped) {
      const db = untyped as Kysely<Database>
      const rows = await db.selectFrom('profile').select(['user_id', 'name']).where('name_key', 'is', null).execute()
      for (const { user_id, name } of rows)
        await db
          .updateTable('profile')
          .set({ name_key: searchable(name) })
          .where('user_id', '=', user_id)
          .execute()
    },
  },
  '0027_profile_by_name': {
    up: (db) => db.schema.createIndex('profile_by_name').on('profile').columns(['name_key', 'user_id']).execute(),
  },
  // One row for two people, whoever asked: the smaller id first. Two who ask each other at once meet in one key.
  '0028_friendship': {
    up: (db) =>
      db.schema
        .createTable('friendship')
        .addColumn('low_id', 'varchar(64)', (c) => c.notNull())
        .addColumn('high_id', 'varchar(64)', (c) => c.notNull())
        .addColumn('asked_by', 'varchar(64)', (c) => c.notNull())
        .addColumn('friends', 'integer', (c) => c.notNull())
        .addColumn('at', 'bigint', (c) => c.notNull())
        .addPrimaryKeyConstraint('friendship_key', ['low_id', 'high_id'])
        .execute(),
  },
  '0029_friendship_by_high': {
    up: (db) => db.schema.createIndex('friendship_by_high').on('friendship').columns(['high_id', 'low_id']).execute(),
  },
  '0030_follow': {
    up: (db) =>
      db.schema
        .createTable('follow')
        .addColumn('follower_id', 'varchar(64)', (c) => c.notNull())
        .addColumn('followed_id', 'varchar(64)', (c) => c.notNull())
        .addColumn('at', 'bigint', (c) => c.notNull())
        .addPrimaryKeyConstraint('follow_key', ['follower_id', 'followed_id'])
        .execute(),
  },
  '0031_follow_by_followed': {
    up: (db) => db.schema.createIndex('follow_by_followed').on('follow').columns(['followed_id', 'at']).execute(),
  },
  '0032_follow_by_follower': {
    up: (db) => db.schema.createIndex('follow_by_follower').on('follow').columns(['follower_id', 'at']).execute(),
  },
  '0033_block': {
    up: (db) =>
      db.schema
        .createTable('block')
        .addColumn('user_id', 'varchar(64)', (c) => c.notNull())
        .addColumn('blocked_id', 'varchar(64)', (c) => c.notNull())
        .addColumn('at', 'bigint', (c) => c.notNull())
        .addPrimaryKeyConstraint('block_key', ['user_id', 'blocked_id'])
        .execute(),
  },
  '0034_block_by_blocked': {
    up: (db) => db.schema.createIndex('block_by_blocked').on('block').columns(['blocked_id', 'user_id']).execute(),
  },
}
