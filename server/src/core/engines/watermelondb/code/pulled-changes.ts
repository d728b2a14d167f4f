// What pullChanges gives back, as far as it is written out: results, tables, lists and raw records.
import type { Entry, Located, Shape } from '../../../catalog/scope.ts'
import type { CodeOfFile } from '../types.ts'
import { methodCall } from './read-collection.ts'
import { resultsOf, type SyncCall, stable, stableShape } from './read-sync.ts'

/** One object that pullChanges may return. */
export interface PullResult {
  readonly located: Located
  readonly shape: Shape
  readonly tables: readonly PulledTable[]
}

/** The changes of one table. */
export interface PulledTable {
  readonly entry: Entry
  /** Undefined where it is not written out. */
  readonly shape: Shape | undefined
  readonly raws: readonly RawRecord[]
}

/** One object in `created` or `updated`. */
export interface RawRecord {
  readonly located: Located
  readonly shape: Shape
}

/** The objects that pullChanges may return; those for native code (`syncJson`) are left out. */
export function pullResults(code: CodeOfFile, sync: SyncCall): readonly PullResult[] {
  if (!sync.pull || sync.entries.has('unsafeTurbo')) return []
  return resultsOf(code, sync.pull).flatMap(located => {
    const shape = stableShape(code, located)
    if (!shape || shape.entries.has('syncJson') || shape.entries.has('syncJsonId')) return []
    const changes = stableShape(code, shape.entries.get('changes')?.value)
    return [{ located, shape, tables: [...(changes?.entries.values() ?? [])].map(entry => readTable(code, entry)) }]
  })
}

function readTable(code: CodeOfFile, entry: Entry): PulledTable {
  const shape = stableShape(code, entry.value)
  const lists = ['created', 'updated'].flatMap(name => shape?.entries.get(name)?.value ?? [])
  return { entry, shape, raws: lists.flatMap(list => readRaws(code, list)) }
}

/** The objects in a list, or those that `.map()` makes. */
function readRaws(code: CodeOfFile, list: Located): readonly RawRecord[] {
  const { scope } = code
  const found = stable(code, list)
  if (!found) return []
  const method = methodCall(found.value, 'map')
  const [make] = method?.call.args ?? []
  const made = make?.kind === 'function' ? scope.usage(found.file)?.functions[make.id]?.returns : undefined
  const items = made?.map(value => ({ value, file: found.file })) ?? scope.items(found)?.items ?? []
  return items.flatMap(item => {
    const located = stable(code, item)
    const shape = located && scope.shape(located)
    return located && shape ? [{ located, shape }] : []
  })
}
