// `offline-storage snapshot`: keeps the schemas as they are released, to compare later ones with.

import { snapshotPath } from '../core/baseline/snapshot-file.ts'
import { faultOf } from '../host/broken-store.ts'
import { writeSnapshot } from '../host/snapshots.ts'
import type { Program } from '../program.ts'
import type { Arguments } from './arguments.ts'
import { CannotRun, type Io } from './io.ts'
import { load } from './load.ts'
import { inside } from './report/report.ts'

/** Writes a snapshot of every store. Exit code 1 when one could not be taken, else 0. */
export async function snapshot(program: Program, args: Arguments, io: Io): Promise<number> {
  const { root, analyzer } = await load(program, { ...args, baseline: 'none' }, io)
  const stores = analyzer.stores()
  if (stores.length === 0) throw new CannotRun('No store was found here.')
  let failed = 0
  for (const store of stores) {
    const fault = faultOf(store, analyzer)
    const taken = fault === undefined ? analyzer.snapshot(store) : undefined
    if (!taken) {
      failed++
      const reason = fault?.replaceAll(`${root}/`, '') ?? `The version of "${store.name}" is not known.`
      io.error(`No snapshot of "${store.name}" is taken: ${reason}\n`)
      continue
    }
    const path = inside(root, snapshotPath(root, taken))
    const written = await writeSnapshot(root, taken)
    if (!('message' in written)) {
      io.out(`${path} ${written.kind === 'same' ? 'is up to date' : 'written'}\n`)
      continue
    }
    failed++
    io.error(`${written.message.replaceAll(written.file, path)}\n`)
  }
  return failed > 0 ? 1 : 0
}
