// A queue waits for an answer without an end.
import type { Rule } from '../../rules/rule.ts'
import { insertElement } from '../../write/insert-element.ts'
import { styleOf } from '../../write/style.ts'
import { exampleQueue, queueApp } from '../example-queue.ts'
import { methodOf } from '../flow.ts'
import { withCallbacks } from '../read-queue.ts'
import { mayBeExtended, optionsOf } from '../requests.ts'
import type { NetworkRequest, QueueCode } from '../types.ts'

export const noRequestTimeout: Rule<QueueCode, { readonly request: NetworkRequest }> = {
  id: 'sync/no-request-timeout',
  severity: 'warning',
  on: 'queue',
  docs: {
    what: 'A queue sends a request that may wait for its answer for ever: `fetch` without a `signal`, axios without a `timeout`.',
    why: 'One request that hangs holds the queue: nothing else is sent until the app is started again.',
    fix: 'Gives the request a time to end: a signal for `fetch`, `timeout` for axios.',
  },
  *check(queue) {
    for (const request of queue.requests) {
      if (!request.isPlain || (request.by !== 'fetch' && request.by !== 'axios')) continue
      if (isTimed(queue, request) || hasTimers(queue, request)) continue
      const { file, call } = request.called
      const wanted = request.by === 'fetch' ? 'signal' : 'timeout'
      yield {
        at: { file, span: call.callee.at },
        message: `This request has no ${wanted}: one that hangs holds the queue until the app is started again. Let it end after some time.`,
        data: { request },
      }
    }
  },
  fix({ data: { request } }, context) {
    const { file, call } = request.called
    const text = context.text(file)
    if (text === undefined) return undefined
    const style = styleOf(text)
    const { options } = request
    const add = (element: string) => {
      if (!options) {
        const last = call.args.at(-1)
        return last && { file, start: last.at.end, end: last.at.end, text: `, { ${element} }` }
      }
      if (options.kind !== 'object') return undefined
      const list = { file, text, span: options.at, elements: options.props.map(prop => prop.at) }
      return insertElement(list, options.props.length, element, style, false)
    }
    const title = 'Let the request end after 30 seconds'
    if (request.by === 'axios') {
      const edit = add('timeout: 30_000')
      return edit && { title, safe: false, edits: [edit] }
    }
    const edit = add('signal: signalAfter(30_000)')
    if (!edit) return undefined
    const helper = /\bfunction signalAfter\(/.test(text)
      ? []
      : [{ file, start: text.length, end: text.length, text: helperText(/\.tsx?$/.test(file), style) }]
    return { title, safe: false, edits: [edit, ...helper] }
  },
  examples: [
    {
      name: 'fetch',
      files: queueApp({
        send: `  private async send(operation: Operation) {
    await fetch('/notes', { method: 'POST', body: JSON.stringify(operation) })
//        ^^^^^ no signal
  }`,
      }),
      fixed: {
        'src/sync/outbox.ts': `${exampleQueue({
          send: `  private async send(operation: Operation) {
    await fetch('/notes', { method: 'POST', body: JSON.stringify(operation), signal: signalAfter(30_000) })
  }`,
        })}
/** A signal that ends a request after so many milliseconds. */
function signalAfter(ms: number): AbortSignal {
  const controller = new AbortController()
  setTimeout(() => controller.abort(), ms)
  return controller.signal
}
`,
      },
    },
    {
      name: 'an instance of axios',
      files: queueApp({
        imports: "import axios from 'axios'\nconst api = axios.create({ baseURL: 'https://example.com' })\n",
        send: `  private async send(operation: Operation) {
    await api.post('/notes', operation)
//        ^^^^^^^^ no timeout
  }`,
      }),
    },
    {
      name: 'an instance with a timeout, and a race',
      files: {
        ...queueApp({
          imports: "import axios from 'axios'\nconst api = axios.create({ timeout: 10_000 })\n",
          send: `  private async send(operation: Operation) {
    await api.post('/notes', operation)
  }`,
        }),
        'src/sync/other.ts': exampleQueue({
          send: `  private async send(operation: Operation) {
    await Promise.race([fetch('/notes', { method: 'POST', body: JSON.stringify(operation) }), late()])
  }`,
        }),
      },
    },
    { name: 'with a signal', files: queueApp({}) },
  ],
}

const helperText = (isTyped: boolean, { newline, indent, semicolon }: ReturnType<typeof styleOf>): string =>
  [
    '',
    '/** A signal that ends a request after so many milliseconds. */',
    isTyped ? 'function signalAfter(ms: number): AbortSignal {' : 'function signalAfter(ms) {',
    `${indent}const controller = new AbortController()${semicolon}`,
    `${indent}setTimeout(() => controller.abort(), ms)${semicolon}`,
    `${indent}return controller.signal${semicolon}`,
    '}',
    '',
  ].join(newline)

/** True when the request surely or maybe ends by itself. */
function isTimed(queue: QueueCode, request: NetworkRequest): boolean {
  const { entries, complete } = optionsOf(queue.scope, request)
  if (!complete || entries.has('signal') || entries.has('timeout') || entries.has('cancelToken')) return true
  if (mayBeExtended(queue, /timeout|signal/)) return true
  if (request.by === 'fetch') return false
  const { callee } = request.called.call
  if (callee.kind !== 'member') return false
  const made = queue.scope.follow({ value: callee.of, file: request.called.file })
  if (made.value.kind !== 'call') return false
  const [options] = made.value.args
  if (!options) return false
  const shape = queue.scope.shape({ value: options, file: made.file })
  return !shape?.complete || shape.entries.has('timeout') || shape.entries.has('signal')
}

/** True when the code around takes care of time: a race, a helper with a timeout. */
function hasTimers(queue: QueueCode, request: NetworkRequest): boolean {
  const { file, fn } = request.called
  const sender = fn === undefined ? undefined : queue.reader.code(file).functions[fn]
  const around = [...queue.functions, ...(sender ? withCallbacks(queue.reader, sender) : [])]
  return around.some(one =>
    one.calls.some(({ call }) => {
      const name = methodOf(call)?.name ?? ''
      return name === 'race' || (/timeout|abort/i.test(name) && name !== 'setTimeout' && name !== 'clearTimeout')
    }),
  )
}
