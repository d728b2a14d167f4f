// One piece of work with the real database, with a time limit, and what came of it.
import type { ActionResult } from '../types.ts'
import { messageOf, within } from './watch.ts'

/** Tries something for so many milliseconds. */
export async function attempt(name: string, limit: number, work: () => Promise<unknown>): Promise<ActionResult> {
  try {
    return { name, ok: true, value: plain(await within(limit, work())) }
  } catch (error) {
    return { name, ok: false, message: messageOf(error) }
  }
}

/** A value that survives the way to the parent; records become their rows. */
function plain(value: unknown): unknown {
  try {
    return JSON.parse(
      JSON.stringify(value, (_key, inner) => (inner?._raw && inner.constructor?.table ? inner._raw : inner)) ?? 'null',
    )
  } catch {
    return String(value)
  }
}
