// A queued request that creates something carries no key by which the server knows it again.
import type { Rule } from '../../rules/rule.ts'
import { type Value, walkValue } from '../../source/value.ts'
import { insertElement } from '../../write/insert-element.ts'
import { styleOf } from '../../write/style.ts'
import { exampleQueue, queueApp } from '../example-queue.ts'
import { allSteps, methodOf } from '../flow.ts'
import { forQueues } from '../generated-layer.ts'
import { headersOf, mayBeExtended, optionsOf, type SentPayload, sentPayload, storesId } from '../requests.ts'
import type { NetworkRequest, QueueCode } from '../types.ts'
import { payloadName } from '../words.ts'

const keyHeader = /^(?:x-)?(?:idempotency-key|request-id|idempotency|client-request-id|correlation-id|operation-id)$/
const makesKey =
  /^(?:uuid|uuidv4|v4|v7|nanoid|randomUUID|cuid|ulid|now|random|generateId|hash|md5|sha1|sha256|stringify)$/i
const idName =
  /^(?:_?id|uuid|guid|key|\w*(?:opId|operationId|requestId|clientId|localId|mutationId|tempId|idempotencyKey)|idempotency\w*)$/i

export const noStableOpKey: Rule<
  QueueCode,
  { readonly queue: QueueCode; readonly request: NetworkRequest; readonly sent: SentPayload }
> = {
  id: 'sync/no-stable-op-key',
  severity: 'warning',
  on: 'queue',
  docs: {
    what: 'A queue sends a request that creates something, without an id of the operation that stays the same at every attempt.',
    why: 'When the answer gets lost, the server has done its work already, and the next attempt creates the same thing once more.',
    fix: 'Make an id when the operation is put into the queue, store it, and send it as the `Idempotency-Key` header. The server must know the header.',
  },
  *check(queue) {
    for (const request of queue.requests) {
      if (request.method !== 'POST' || request.by === 'apollo') continue
      const { call, file } = request.called
      const headers = headersOf(queue.scope, request)
      const made = headers && keyMadeHere(queue, request, headers)
      if (made) {
        yield {
          at: { file, span: made.at },
          message:
            'The key is made anew at every attempt: the server takes each for another operation and creates the same thing again. Make it when the operation is put into the queue.',
        }
        continue
      }
      const sent = sentPayload(request.body)
      if (!request.isPlain || !headers || !sent || hasKey(request, headers)) continue
      if (mayBeExtended(queue, /headers/) || payloadHasId(queue)) continue
      yield {
        at: { file, span: call.callee.at },
        message:
          'Nothing in this request says which operation it is: when the answer gets lost, the next attempt creates the same thing again. Send the id of the operation as "Idempotency-Key".',
        data: { queue, request, sent },
      }
    }
  },
  fix({ data: { queue, request, sent } }, context) {
    const { file, call } = request.called
    const text = context.text(file)
    if (text === undefined || !storesId(queue)) return undefined
    const style = styleOf(text)
    const id = `${text.slice(sent.of.at.start, sent.of.at.end)}.id`
    const header = `'Idempotency-Key': ${id}`.replaceAll("'", style.quote)
    const title = 'Send the id of the operation as Idempotency-Key'
    const options = request.options
    if (!options) {
      const last = call.args.at(-1)
      if (!last || request.by === 'fetch') return undefined
      const edit = { file, start: last.at.end, end: last.at.end, text: `, { headers: { ${header} } }` }
      return { title, safe: false, edits: [edit] }
    }
    if (options.kind !== 'object') return undefined
    const given = optionsOf(queue.scope, request).entries.get('headers')?.value
    if (given && (given.file !== file || given.value.kind !== 'object')) return undefined
    const list = given?.value.kind === 'object' ? given.value : options
    const element = given ? header : `headers: { ${header} }`
    const edit = insertElement(
      { file, text, span: list.at, elements: list.props.map(prop => prop.at) },
      list.props.length,
      element,
      style,
      false,
    )
    return { title, safe: false, edits: [edit] }
  },
  instead: forQueues,
  examples: [
    {
      name: 'fetch without a key',
      files: queueApp({
        send: `  private async send(operation: Operation) {
    const response = await fetch('/notes', {
      //                   ^^^^^ which operation it is
      method: 'POST',
      headers: { Accept: 'application/json' },
      body: JSON.stringify(operation.payload),
      signal: timeout(30_000),
    })
    if (!response.ok) throw new HttpError(response)
  }`,
      }),
      fixed: {
        'src/sync/outbox.ts': exampleQueue({
          send: `  private async send(operation: Operation) {
    const response = await fetch('/notes', {
      method: 'POST',
      headers: { Accept: 'application/json', 'Idempotency-Key': operation.id },
      body: JSON.stringify(operation.payload),
      signal: timeout(30_000),
    })
    if (!response.ok) throw new HttpError(response)
  }`,
        }),
      },
    },
    {
      name: 'axios without options',
      files: queueApp({
        imports: "import axios from 'axios'\naxios.defaults.timeout = 30_000\n",
        send: `  private async send(operation: Operation) {
    await axios.post('/notes', operation.payload)
//        ^^^^^^^^^^
  }`,
      }),
      fixed: {
        'src/sync/outbox.ts': exampleQueue({
          imports: "import axios from 'axios'\naxios.defaults.timeout = 30_000\n",
          send: `  private async send(operation: Operation) {
    await axios.post('/notes', operation.payload, { headers: { 'Idempotency-Key': operation.id } })
  }`,
        }),
      },
    },
    {
      name: 'a new key at every attempt',
      files: queueApp({
        send: `  private async send(operation: Operation) {
    await fetch('/notes', {
      method: 'POST',
      headers: { 'Idempotency-Key': randomUUID() },
      //                            ^^^^^^^^^^^^ made anew
      body: JSON.stringify(operation.payload),
      signal: timeout(30_000),
    })
  }`,
      }),
    },
    {
      name: 'the whole operation is sent',
      files: queueApp({
        send: `  private async send(operation: Operation) {
    await fetch('/operations', { method: 'POST', body: JSON.stringify(operation), signal: timeout(30_000) })
  }`,
      }),
    },
    { name: 'with its key', files: queueApp({}) },
  ],
}

/** True when an id of the operation, or a key, is somewhere in the body or the headers. */
function hasKey(request: NetworkRequest, headers: ReadonlyMap<string, unknown>): boolean {
  if ([...headers.keys()].some(name => keyHeader.test(name))) return true
  const given = [request.body, request.options].filter(one => one !== undefined)
  return given.some(value =>
    [...walkValue(value)].some(
      part =>
        (part.kind === 'member' && idName.test(part.name ?? '')) ||
        (part.kind === 'object' && part.props.some(prop => prop.kind === 'named' && idName.test(prop.name))),
    ),
  )
}

/** The making of a key in the function that sends. */
function keyMadeHere(
  queue: QueueCode,
  request: NetworkRequest,
  headers: ReadonlyMap<string, { readonly value: { readonly value: Value; readonly file: string } }>,
): Value | undefined {
  const entry = [...headers].find(([name]) => name === 'idempotency-key')?.[1]
  if (!entry) return undefined
  const { value, file } = entry.value
  const { fn } = request.called
  const binding = value.kind === 'name' && value.key !== undefined ? queue.scope.binding(file, value.key) : undefined
  const made = binding?.value && binding.fn === fn && fn !== undefined ? binding.value : value
  const name = methodOf(made)?.name
  if (made.kind !== 'call' || name === undefined || !makesKey.test(name)) return undefined
  const isPut = queue.enqueues.some(one => one.id === fn && one.file === file)
  return isPut ? undefined : value
}

/** True when whoever puts operations into the queue gives the payload an id: then the server may know it by that. */
function payloadHasId(queue: QueueCode): boolean {
  const names = new Set(queue.enqueues.flatMap(fn => fn.names))
  const given = queue.reader
    .filesNaming(queue.file, [...names])
    .flatMap(file =>
      queue.reader.code(file).calls.flatMap(({ call }) => (names.has(methodOf(call)?.name ?? '') ? call.args : [])),
    )
  const own = queue.enqueues.flatMap(fn =>
    [...allSteps(fn.fact.steps ?? [])].flatMap(step => (step.kind === 'set' && step.value ? [step.value] : [])),
  )
  const pushed = queue.enqueues.flatMap(fn => fn.calls.flatMap(({ call }) => call.args))
  return [...given, ...own, ...pushed].some(value =>
    [...walkValue(value)].some(
      part =>
        part.kind === 'object' &&
        part.props.some(prop => prop.kind === 'named' && payloadName.test(prop.name) && holdsId(prop.value)),
    ),
  )
}

const holdsId = (value: Value): boolean =>
  value.kind === 'object' && value.props.some(prop => prop.kind === 'named' && idName.test(prop.name))
