import type { DatabaseSync } from 'node:sqlite'
import { DataFolderProblem } from '../../sqlite/DataFolderProblem.ts'

const FORM = 1

/** Ledger and event log share a file, so that a commit is both: committed = stored. */
export function makeTables(db: DatabaseSync): void {
  const { user_version: form } = db.prepare('pragma user_version').get() as { user_version: number }
  if (form > FORM)
    throw new DataFolderProblem(
      'unusable',
      db.location() ?? '',
      `written by a newer release (form ${form}, known ${FORM})`,
    )
  db.exec(`
    begin immediate;
    create table if not exists clock (id integer primary key check (id = 1), last integer not null);
    insert or ignore into clock values (1, 0);
    create table if not exists nodes (node text primary key, at integer not null, dead integer not null) without rowid;

    -- One row per ordering key: a place, or a conversation that has no actor. "snap" and "cut" are event numbers.
    create table if not exists keys (
      key text primary key, kind text not null, head integer not null, confirmed integer not null,
      epoch integer not null, owner text, batch text, snap integer not null, cut integer not null, ended integer not null
    ) without rowid;
    create index if not exists keys_dirty on keys (key) where head > confirmed;
    create index if not exists keys_owned on keys (owner) where owner is not null;
    create table if not exists snapshots (key text primary key, version integer not null, body text not null);
    create table if not exists tail (
      key text not null, seq integer not null, epoch integer not null, body text not null, primary key (key, seq)
    ) without rowid;

    create table if not exists outboxes (
      conversation text not null, outbox text not null, n integer not null, used integer not null,
      primary key (conversation, outbox)
    ) without rowid;
    create index if not exists outboxes_used on outboxes (used);
    create table if not exists posted (
      conversation text not null, outbox text not null, n integer not null, seq integer not null,
      primary key (conversation, outbox, n)
    ) without rowid;

    create table if not exists users (user text primary key, entry integer not null, inbox integer not null) without rowid;
    create table if not exists user_places (
      user text primary key, place text not null, session text not null, device text not null,
      entry integer not null, node text not null
    ) without rowid;
    create table if not exists removed (
      scope text not null, user text not null, until integer, primary key (scope, user)
    ) without rowid;
    create index if not exists removed_until on removed (until) where until is not null;
    create table if not exists revoked (session text primary key, at integer not null) without rowid;
    create index if not exists revoked_at on revoked (at);
    create table if not exists due (place text primary key, at integer not null) without rowid;
    create index if not exists due_at on due (at);

    create table if not exists log (
      pos integer primary key, key text not null, seq integer not null, epoch integer not null, at integer not null,
      body text not null, unique (key, seq)
    );
    create table if not exists log_groups (name text primary key, pos integer not null) without rowid;
    create table if not exists dead_letters (
      id integer primary key, name text not null, event_id text not null, event text not null, reason text not null,
      at integer not null, again integer not null, unique (name, event_id)
    );
    pragma user_version = ${FORM};
    commit;
  `)
}
