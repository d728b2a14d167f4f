// Finds names that are imported from a file which does not export them: at run time they are `undefined`.
import type { Located, Scope } from '../../../catalog/scope.ts'
import type { ImportFact, ModuleFacts } from '../../../facts/file-facts.ts'
import type { Place } from '../../../text/span.ts'

/** A name that an import leaves undefined. */
export interface UndefinedName {
  /** The name where it is used. */
  readonly at: Place
  readonly local: string
  /** What is imported: `default` or a name. */
  readonly wanted: string
  /** The file that does not export it. */
  readonly from: string
  /** What that file exports. */
  readonly exported: readonly string[]
  /** The import that is wrong, in the file of `at`; undefined where a file in between is. */
  readonly importFact: ImportFact | undefined
}

/** Tells why `located` is undefined; undefined where it is not, or where that is not certain. */
export function undefinedName(scope: Scope, located: Located): UndefinedName | undefined {
  const { value, file } = located
  const module = scope.module(file)
  if (value.kind !== 'name' || value.key === undefined || !module || scope.isBroken(file)) return undefined
  if (scope.target(located).kind !== 'unknown') return undefined
  const binding = Object.hasOwn(module.bindings, value.key) ? module.bindings[value.key]?.import : undefined
  if (!binding || binding.typeOnly || binding.name === '*') return undefined
  const end = endOf(scope, file, binding.from, binding.name)
  if (!end) return undefined
  const own = module.imports.find(one => one.from === binding.from && one.names.some(name => name.local === value.name))
  return {
    at: { file, span: value.at },
    local: value.name,
    wanted: end.name,
    from: end.file,
    exported: Object.keys(end.module.exports),
    importFact: end.isDirect ? own : undefined,
  }
}

interface End {
  readonly file: string
  readonly name: string
  readonly module: ModuleFacts
  readonly isDirect: boolean
}

/** The file at which the search for an export ends in vain; undefined where it does not. */
function endOf(scope: Scope, file: string, from: string, name: string, depth = 0): End | undefined {
  const candidates = scope.workspace().resolve(file, from)
  const ends = candidates.map((target): End | undefined => {
    const module = scope.module(target)
    if (!module || scope.isBroken(target) || depth > 20 || !/\.[cm]?[jt]sx?$/.test(target)) return undefined
    const entry = Object.hasOwn(module.exports, name) ? module.exports[name] : undefined
    if (entry?.kind === 'from') return endOf(scope, target, entry.from, entry.name, depth + 1)
    if (entry?.kind === 'binding') {
      const binding = Object.hasOwn(module.bindings, entry.key) ? module.bindings[entry.key]?.import : undefined
      return binding && !binding.typeOnly ? endOf(scope, target, binding.from, binding.name, depth + 1) : undefined
    }
    // What exports nothing may do so in a way that we do not see; stars may bring anything.
    if (entry || module.stars.length > 0 || Object.keys(module.exports).length === 0) return undefined
    return { file: target, name, module, isDirect: depth === 0 }
  })
  return ends.length > 0 && ends.every(end => end !== undefined) ? ends[0] : undefined
}
