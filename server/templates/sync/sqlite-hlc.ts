// The hybrid logical clock of this device, kept in the database so that it goes on after a restart.
import { createHlc, type Hlc } from './hlc.ts'
import type { Sql } from './sqlite-store.ts'

/** The clock as the last edit has left it. */
export async function readHlc(sql: Sql, userId: string, now: () => number): Promise<Hlc> {
  const [row] = await sql.query('SELECT checkpoint FROM sync_state WHERE scope = ?', [scopeOf(userId)])
  const last = row === undefined ? null : String(row['checkpoint'])
  return createHlc({ nodeId: last?.split('-').at(-1) ?? newNode(), now, last })
}

/** Keeps the time that the clock has given last; the node is a part of it. */
export async function writeHlc(sql: Sql, userId: string, stamp: string, now: number): Promise<void> {
  await sql.query('INSERT OR REPLACE INTO sync_state (scope, checkpoint, updated_at) VALUES (?, ?, ?)', [
    scopeOf(userId),
    stamp,
    now,
  ])
}

/** So many times, one after the other, each later than all that this device has seen. */
export async function nextStamps(
  sql: Sql,
  userId: string,
  now: () => number,
  count: number,
): Promise<readonly string[]> {
  if (count === 0) return []
  const hlc = await readHlc(sql, userId, now)
  const stamps = Array.from({ length: count }, () => hlc.tick())
  await writeHlc(sql, userId, stamps.at(-1) ?? '', now())
  return stamps
}

function scopeOf(userId: string): string {
  return `${userId}:hlc`
}

/** It only has to differ from the user's other devices. */
function newNode(): string {
  return Math.floor(Math.random() * 36 ** 8)
    .toString(36)
    .padStart(8, '0')
}
