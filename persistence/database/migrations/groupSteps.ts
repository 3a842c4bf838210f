import type { Migration } from 'kysely/migration'

export const groupSteps: Record<string, Migration> = {
  '0040_study_group': {
    up: (db) =>
      db.schema
        .createTable('study_group')
        .addColumn('id', 'varchar(64)', (c) => c.primaryKey())
        .addColumn('name', 'varchar(160)', (c) => c.notNull())
        .addColumn('search_name', 'varchar(320)', (c) => c.notNull())
        .addColumn('description', 'text', (c) => c.notNull())
        .addColumn('image', 'varchar(255)')
        .addColumn('capacity', 'integer', (c) => c.notNull())
        .addColumn('open_to_requests', 'integer', (c) => c.notNull())
        .addColumn('leader_id', 'varchar(64)', (c) => c.notNull())
        .addColumn('code', 'varchar(64)', (c) => c.notNull())
        .addColumn('code_hash', 'varchar(64)', (c) => c.notNull().unique())
        .addColumn('created_at', 'bigint', (c) => c.notNull())
        .addColumn('dissolved_at', 'bigint')
        .execute(),
  },
  '0041_study_group_by_age': {
    up: (db) =>
      db.schema
        .createIndex('study_group_by_age')
        .on('study_group')
        .columns(['open_to_requests', 'created_at', 'id'])
        .execute(),
  },
  '0042_group_member': {
    up: (db) =>
      db.schema
        .createTable('group_member')
        .addColumn('group_id', 'varchar(64)', (c) => c.notNull())
        .addColumn('user_id', 'varchar(64)', (c) => c.notNull())
        .addColumn('role', 'varchar(16)', (c) => c.notNull())
        .addColumn('joined_at', 'bigint', (c) => c.notNull())
        .addPrimaryKeyConstraint('group_member_key', ['group_id', 'user_id'])
        .execute(),
  },
  '0043_group_member_by_user': {
    up: (db) =>
      db.schema.createIndex('group_member_by_user').on('group_member').columns(['user_id', 'group_id']).execute(),
  },
  '0044_group_record': {
    up: (db) =>
      db.schema
        .createTable('group_record')
        .addColumn('group_id', 'varchar(64)', (c) => c.notNull())
        .addColumn('user_id', 'varchar(64)', (c) => c.notNull())
        .addColumn('warnings', 'integer', (c) => c.notNull())
        .addColumn('removed', 'varchar(16)')
        .addColumn('reason', 'text', (c) => c.notNull())
        .addColumn('by_id', 'varchar(64)', (c) => c.notNull())
        .addColumn('at', 'bigint', (c) => c.notNull())
        .addPrimaryKeyConstraint('group_record_key', ['group_id', 'user_id'])
        .execute(),
  },
  '0045_group_invite': {
    up: (db) =>
      db.schema
        .createTable('group_invite')
        .addColumn('id', 'varchar(64)', (c) => c.primaryKey())
        .addColumn('group_id', 'varchar(64)', (c) => c.notNull())
        .addColumn('token_hash', 'varchar(64)', (c) => c.notNull().unique())
        .addColumn('by_id', 'varchar(64)', (c) => c.notNull())
        .addColumn('created_at', 'bigint', (c) => c.notNull())
        .addColumn('expires_at', 'bigint')
        .addColumn('max_uses', 'integer')
        .addColumn('uses', 'integer', (c) => c.notNull())
        .addColumn('revoked_at', 'bigint')
        .execute(),
  },
  '0046_group_invite_by_group': {
    up: (db) =>
      db.schema
        .createIndex('group_invite_by_group')
        .on('group_invite')
        .columns(['group_id', 'created_at', 'id'])
        .execute(),
  },
  '0047_group_request': {
    up: (db) =>
      db.schema
        .createTable('group_request')
        .addColumn('group_id', 'varchar(64)', (c) => c.notNull())
        .addColumn('user_id', 'varchar(64)', (c) => c.notNull())
        .addColumn('text', 'text', (c) => c.notNull())
        .addColumn('at', 'bigint', (c) => c.notNull())
        .addPrimaryKeyConstraint('group_request_key', ['group_id', 'user_id'])
        .execute(),
  },
  '0048_group_request_by_user': {
    up: (db) =>
      db.schema.createIndex('group_request_by_user').on('group_request').columns(['user_id', 'group_id']).execute(),
  },
  '0049_group_invitation': {
    up: (db) =>
      db.schema
        .createTable('group_invitation')
        .addColumn('user_id', 'varchar(64)', (c) => c.notNull())
        .addColumn('group_id', 'varchar(64)', (c) => c.notNull())
        .addColumn('by_id', 'varchar(64)', (c) => c.notNull())
        .addColumn('at', 'bigint', (c) => c.notNull())
        .addPrimaryKeyConstraint('group_invitation_key', ['user_id', 'group_id'])
        .execute(),
  },
  '0050_group_room': {
    up: (db) =>
      db.schema
        .createTable('group_room')
        .addColumn('room_id', 'varchar(64)', (c) => c.primaryKey())
        .addColumn('group_id', 'varchar(64)', (c) => c.notNull())
        .addColumn('by_id', 'varchar(64)', (c) => c.notNull())
        .addColumn('created_at', 'bigint', (c) => c.notNull())
        .execute(),
  },
  '0051_group_room_by_group': {
    up: (db) =>
      db.schema
        .createIndex('group_room_by_group')
        .on('group_room')
        .columns(['group_id', 'created_at', 'room_id'])
        .execute(),
  },
}
