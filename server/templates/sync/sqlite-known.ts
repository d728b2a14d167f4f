// What the layer keeps of each record that the server has told of: its version, and what could not be written yet.
import type { Sql } from './sqlite-store.ts'
import type { EntityRef, RemoteRecord } from './types.ts'

/** True for a record that the server has told of before. */
export async function isKnown(sql: Sql, ref: EntityRef): Promise<boolean> {
  const found = await sql.query(
    'SELECT 1 FROM sync_records WHERE entity = ? AND entity_id = ? AND version IS NOT NULL',
    [ref.entity, ref.entityId],
  )
  return found.length > 0
}

export async function know(sql: Sql, ref: EntityRef, version: string | null, held: string | null): Promise<void> {
  await sql.query('INSERT OR REPLACE INTO sync_records (entity, entity_id, version, held) VALUES (?, ?, ?, ?)', [
    ref.entity,
    ref.entityId,
    version,
    held,
  ])
}

export async function hold(sql: Sql, ref: EntityRef, remote: RemoteRecord | null): Promise<void> {
  await sql.query(
    `INSERT INTO sync_records (entity, entity_id, held) VALUES (?, ?, ?)
      ON CONFLICT (entity, entity_id) DO UPDATE SET held = excluded.held`,
    [ref.entity, ref.entityId, JSON.stringify(remote)],
  )
}

export async function forget(sql: Sql, ref: EntityRef): Promise<void> {
  await sql.query('DELETE FROM sync_records WHERE entity = ? AND entity_id = ?', [ref.entity, ref.entityId])
}

export interface Held {
  readonly ref: EntityRef
  readonly remote: RemoteRecord | null
}

export async function heldIn(sql: Sql, entity: string): Promise<readonly Held[]> {
  const rows = await sql.query('SELECT entity_id, held FROM sync_records WHERE entity = ? AND held IS NOT NULL', [
    entity,
  ])
  return rows.map(row => ({
    ref: { entity, entityId: String(row['entity_id']) },
    remote: JSON.parse(String(row['held'])) as RemoteRecord | null,
  }))
}

/** What is held of the record; undefined where nothing is. */
export async function heldOf(sql: Sql, ref: EntityRef): Promise<RemoteRecord | null | undefined> {
  const [row] = await sql.query(
    'SELECT held FROM sync_records WHERE entity = ? AND entity_id = ? AND held IS NOT NULL',
    [ref.entity, ref.entityId],
  )
  return row === undefined ? undefined : (JSON.parse(String(row['held'])) as RemoteRecord | null)
}
