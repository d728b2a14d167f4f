// The tables of the sync layer in the app's SQLite database. Run them in a migration, or let the store create them.

export const syncTables: readonly string[] = [
  `CREATE TABLE IF NOT EXISTS outbox (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    user_id TEXT NOT NULL,
    entity TEXT NOT NULL,
    entity_id TEXT NOT NULL,
    op TEXT NOT NULL CHECK (op IN ('create', 'update', 'delete')),
    payload TEXT NOT NULL CHECK (json_valid(payload)),
    base_version TEXT,
    base TEXT CHECK (base IS NULL OR json_valid(base)),
    depends_on TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(depends_on)),
    stamp TEXT,
    state TEXT NOT NULL CHECK (state IN ('pending', 'inflight', 'conflict', 'dead')),
    attempts INTEGER NOT NULL DEFAULT 0,
    next_at INTEGER NOT NULL DEFAULT 0,
    sent_at INTEGER,
    last_error TEXT,
    remote TEXT CHECK (remote IS NULL OR json_valid(remote)),
    schema_version INTEGER NOT NULL,
    created_at INTEGER NOT NULL
  )`,
  'CREATE INDEX IF NOT EXISTS outbox_ready ON outbox (user_id, state, next_at, seq)',
  'CREATE INDEX IF NOT EXISTS outbox_entity ON outbox (entity, entity_id, seq)',
  `CREATE TABLE IF NOT EXISTS sync_state (
    scope TEXT PRIMARY KEY NOT NULL,
    checkpoint TEXT,
    updated_at INTEGER NOT NULL
  ) WITHOUT ROWID`,
  `CREATE TABLE IF NOT EXISTS sync_audit (
    at INTEGER NOT NULL,
    user_id TEXT NOT NULL,
    entity TEXT NOT NULL,
    entity_id TEXT NOT NULL,
    strategy TEXT NOT NULL,
    local TEXT,
    remote TEXT,
    base TEXT,
    resolved TEXT,
    actor TEXT NOT NULL
  )`,
  'CREATE INDEX IF NOT EXISTS sync_audit_at ON sync_audit (user_id, at)',
  // What is known of each record on the server: its version, and a state of it that could not be written yet.
  `CREATE TABLE IF NOT EXISTS sync_records (
    entity TEXT NOT NULL,
    entity_id TEXT NOT NULL,
    version TEXT,
    held TEXT CHECK (held IS NULL OR json_valid(held)),
    PRIMARY KEY (entity, entity_id)
  ) WITHOUT ROWID`,
  // Each pull looks for what is held, which is little among all the records that are known.
  'CREATE INDEX IF NOT EXISTS sync_records_held ON sync_records (entity, entity_id, held) WHERE held IS NOT NULL',
]
