// Buffers are `Uint8Array` in version 2 and `ArrayBuffer` since 3: writes anew what reads and writes them.
import type { Located, Scope } from '../../../catalog/scope.ts'
import type { Value } from '../../../source/value.ts'
import type { TextEdit } from '../../../text/edit.ts'
import type { ApiUse } from './api-uses.ts'
import { nameUses } from './name-uses.ts'

/** What `Uint8Array` has and `ArrayBuffer` has not, right behind an expression. */
const asBytes = /^(?:[!)]|\?(?=\.))*(?:\.(?:length|subarray|at|map|forEach|join|set|find|reduce|every|some)\b|\[)/

/** The edits by which `uses` fit later versions. Only what is certainly written for version 2 is changed. */
export function migrateBuffers(scope: Scope, file: string, text: string, uses: readonly ApiUse[]): readonly TextEdit[] {
  const edits: TextEdit[] = []
  const textOf = ({ at }: Value) => text.slice(at.start, at.end)
  for (const use of uses) {
    if (use.kind !== 'member' || !use.call) continue
    const { at, args } = use.call
    const [key, value] = args
    if (use.name === 'set' && value && isByteArray(scope, { value, file })) {
      const { end } = value.at
      edits.push({ file, start: end, end, text: isWholeBuffer(value) ? '.buffer' : '.slice().buffer' })
    }
    if (use.name !== 'getBuffer' || !key || !isReadAsBytes(scope, file, text, use.call)) continue
    const call = textOf(use.call)
    const isAsserted = text[at.end] === '!'
    const bang = /\.[cm]?tsx?$/.test(file) ? '!' : ''
    // What is missing stays `undefined`: a `Uint8Array` made of nothing would be an empty one.
    const whole = isAsserted
      ? `new Uint8Array(${call}!)`
      : `(${textOf(use.member.of)}.contains(${textOf(key)}) ? new Uint8Array(${call}${bang}) : undefined)`
    edits.push({ file, start: at.start, end: isAsserted ? at.end + 1 : at.end, text: whole })
  }
  return edits
}

/** `new Uint8Array(…)`, `Uint8Array.from(…)`, `new TextEncoder().encode(…)`, or a name for one. */
export function isByteArray(scope: Scope, { value, file }: Located): boolean {
  if (value.kind === 'name' && value.key !== undefined) {
    const binding = scope.binding(file, value.key)
    if (binding?.type) return /^Uint8Array(?:<.*>)?$/.test(binding.type.text)
    return (
      binding?.value !== undefined &&
      binding.value.kind !== 'name' &&
      isByteArray(scope, { value: binding.value, file })
    )
  }
  if (value.kind !== 'call') return false
  const { callee, isNew } = value
  if (callee.kind === 'name') return isNew && callee.name === 'Uint8Array' && callee.key === undefined
  if (callee.kind !== 'member') return false
  const { of, name } = callee
  if (of.kind === 'name') return of.name === 'Uint8Array' && of.key === undefined && /^(?:from|of)$/.test(name ?? '')
  return name === 'encode' && of.kind === 'call' && of.callee.kind === 'name' && of.callee.name === 'TextEncoder'
}

/** True where the buffer behind the bytes holds them and nothing else. */
const isWholeBuffer = (value: Value): boolean =>
  value.kind === 'call' && value.isNew && value.args.length === 1 && /^(?:array|number)$/.test(value.args[0]!.kind)

/** True where the result is used, or declared, as the bytes of version 2. */
function isReadAsBytes(scope: Scope, file: string, text: string, call: Value): boolean {
  if (asBytes.test(text.slice(call.at.end, call.at.end + 40))) return true
  const isBytes = (parts: readonly string[] | undefined) => parts?.some(part => part.startsWith('Uint8Array')) ?? false
  const isCall = (value: Value | undefined) => value?.kind === 'call' && value.at.start === call.at.start
  for (const { name, value, type } of Object.values(scope.module(file)?.bindings ?? {})) {
    if (!isCall(value)) continue
    if (type) return isBytes(type.parts)
    return nameUses(text, name).some(at => asBytes.test(text.slice(at + name.length, at + name.length + 40)))
  }
  return (scope.usage(file)?.functions ?? []).some(
    fn => isBytes(fn.returnType?.parts) && fn.returns.some(value => isCall(value)),
  )
}
