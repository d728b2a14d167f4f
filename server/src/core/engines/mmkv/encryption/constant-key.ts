// Whether an encryption key stands in the code, or is put into it when the app is built.
import { placeOf } from '../../../catalog/place-of.ts'
import type { Located, Scope } from '../../../catalog/scope.ts'
import type { MemberValue, Value } from '../../../source/value.ts'
import type { Place } from '../../../text/span.ts'

/** A key that anybody can read out of the app. */
export interface ConstantKey {
  /** Where it is written. */
  readonly secret: Place
  /** The key; undefined where it comes from the environment of the build. */
  readonly text: string | undefined
  /** True where it is used only if something else is missing: `stored ?? 'default'`. */
  readonly isFallback: boolean
}

/** Names that lead to one another more often than this are taken for cycles. */
const longest = 20

/** The key that the code itself gives; undefined where any of it comes from elsewhere. */
export function constantKey(scope: Scope, located: Located, depth = 0): ConstantKey | undefined {
  const text = scope.text(located)
  // A key of no bytes is no key.
  if (text) return text.text === '' ? undefined : { secret: text.at, text: text.text, isFallback: false }
  const { value, file } = located
  if (depth > longest) return undefined
  if (value.kind === 'member' && isOfEnvironment(value))
    return { secret: placeOf(located), text: undefined, isFallback: false }
  if (value.kind === 'binary' && (value.op === '||' || value.op === '??')) {
    const left = constantKey(scope, { value: value.left, file }, depth + 1)
    const right = constantKey(scope, { value: value.right, file }, depth + 1)
    if (right) return { ...right, isFallback: !left }
    return scope.text({ value: value.right, file })?.text === '' ? left : undefined
  }
  const found = declared(scope, located)
  return found && constantKey(scope, found, depth + 1)
}

/** `process.env.NAME`, which Babel replaces by its value. */
const isOfEnvironment = ({ of }: MemberValue): boolean => of.kind === 'member' && of.name === 'env' && isProcess(of.of)

const isProcess = (value: Value): boolean =>
  value.kind === 'name' && value.name === 'process' && value.key === undefined

/** What a name was declared as, here or in the file it is imported from. */
function declared(scope: Scope, { value, file }: Located): Located | undefined {
  if (value.kind !== 'name' || value.key === undefined) return undefined
  const binding = scope.binding(file, value.key)
  if (binding?.value) return { value: binding.value, file }
  const origin = binding?.import && scope.workspace().resolve(file, binding.import.from)[0]
  const entry = binding?.import && origin ? scope.exportOf(origin, binding.import.name) : undefined
  if (!entry || !origin || entry.kind === 'from') return undefined
  if (entry.kind === 'value') return { value: entry.value, file: origin }
  return { value: { kind: 'name', name: value.name, key: entry.key, at: entry.at }, file: origin }
}
