// What a request carries of an operation.
import type { Entry, Scope } from '../catalog/scope.ts'
import { type CallValue, type Value, walkValue } from '../source/value.ts'
import { allSteps, lastName, methodOf } from './flow.ts'
import type { NetworkRequest, QueueCode } from './types.ts'
import { payloadName } from './words.ts'

/** The part of an operation that a request sends as its body: `operation.payload`, maybe as JSON. */
export interface SentPayload {
  /** `operation.payload` */
  readonly value: Value
  /** `operation` */
  readonly of: Value
}

/** The payload that is sent whole and alone; undefined where the body is anything else. */
export function sentPayload(body: Value | undefined): SentPayload | undefined {
  if (!body) return undefined
  const method = methodOf(body)
  if (method?.name === 'stringify' && body.kind === 'call' && body.args.length === 1) return sentPayload(body.args[0])
  if (body.kind === 'object') {
    const [only] = body.props
    return body.props.length === 1 && only?.kind === 'spread' ? sentPayload(only.value) : undefined
  }
  if (body.kind !== 'member' || body.name === undefined || !payloadName.test(body.name)) return undefined
  return body.of.kind === 'name' || body.of.kind === 'member' ? { value: body, of: body.of } : undefined
}

/** The options of a request, and whether all of them are known. */
export function optionsOf(
  scope: Scope,
  request: NetworkRequest,
): { readonly entries: ReadonlyMap<string, Entry>; readonly complete: boolean } {
  if (!request.options) return { entries: new Map(), complete: true }
  const shape = scope.shape({ value: request.options, file: request.called.file })
  return shape ?? { entries: new Map(), complete: false }
}

/** The headers of a request by name in lower case; undefined where some are not known. */
export function headersOf(scope: Scope, request: NetworkRequest): ReadonlyMap<string, Entry> | undefined {
  const { entries, complete } = optionsOf(scope, request)
  const given = entries.get('headers')
  if (!complete && !given) return undefined
  if (!given) return new Map()
  const shape = scope.shape(given.value)
  if (!shape?.complete) return undefined
  return new Map([...shape.entries].map(([name, entry]) => [name.toLowerCase(), entry]))
}

/** True when something in the project may add to every request of a client: interceptors, wrappers of fetch, defaults. */
export function mayBeExtended(queue: QueueCode, what: RegExp): boolean {
  const { reader, scope, file } = queue
  return reader.filesNaming(file, ['use', 'defaults', 'fetch']).some(
    other =>
      reader.code(other).calls.some(({ call }) => isInterceptor(call)) ||
      (scope.usage(other)?.assigns ?? []).some(({ target }) => {
        const names = [...walkValue(target)].flatMap(part => lastName(part) ?? [])
        return (names.includes('defaults') && names.some(name => what.test(name))) || names[0] === 'fetch'
      }),
  )
}

function isInterceptor(call: CallValue): boolean {
  const method = methodOf(call)
  return (
    method?.name === 'use' &&
    method.of !== undefined &&
    [...walkValue(method.of)].some(part => lastName(part) === 'interceptors')
  )
}

/** True when operations get an `id` where they are put into the queue. */
export function storesId(queue: QueueCode): boolean {
  const values = queue.enqueues.flatMap(fn => [
    ...fn.calls.flatMap(({ call }) => call.args),
    ...[...allSteps(fn.fact.steps ?? [])].flatMap(step => (step.kind === 'set' && step.value ? [step.value] : [])),
  ])
  return values.some(
    value =>
      value.kind === 'object' &&
      value.props.some(prop => prop.kind === 'named' && prop.name === 'id' && lastName(prop.value) !== 'payload'),
  )
}
