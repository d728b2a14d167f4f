// A switch over the types of operations lets an unknown type pass as sent.
import type { Step } from '../../facts/file-facts.ts'
import type { Rule } from '../../rules/rule.ts'
import { walkValue } from '../../source/value.ts'
import { lineIndent, styleOf } from '../../write/style.ts'
import { exampleQueue, queueApp } from '../example-queue.ts'
import { allSteps, allValues, inside, lastName } from '../flow.ts'
import { forQueues } from '../generated-layer.ts'
import { requestOf } from '../read-requests.ts'
import type { OwnFunction, QueueCode } from '../types.ts'

type Switch = Extract<Step, { kind: 'switch' }>

const send = (end: string, type = '') => `  private async send(operation: Operation)${type} {
    switch (operation.type) {
      case 'create':
        return api.post('/notes', operation)
      case 'update':
        return api.put('/notes', operation)${end}
    }
  }`

export const unhandledOpType: Rule<QueueCode, { readonly file: string; readonly found: Switch }> = {
  id: 'sync/unhandled-op-type',
  severity: 'warning',
  on: 'queue',
  docs: {
    what: 'A `switch` over the type of an operation sends each known type and has no `default`.',
    why: 'An operation of another type, stored by an older or newer version of the app, passes as sent and is taken out of the queue.',
    fix: 'Adds a `default` that throws. What handles the error should put such operations aside.',
  },
  *check(queue) {
    const senders = new Set([
      ...queue.functions,
      ...queue.requests.flatMap(({ called: { file, fn } }) =>
        fn === undefined ? [] : (queue.reader.code(file).functions[fn] ?? []),
      ),
    ])
    for (const fn of senders)
      for (const found of openSwitches(queue, fn))
        yield {
          at: { file: fn.file, span: found.subject.at },
          message:
            'An operation of a type that is not listed here counts as sent and is dropped, such as one stored by another version of the app. Add a default that throws.',
          data: { file: fn.file, found },
        }
  },
  fix({ data: { file, found } }, context) {
    const text = context.text(file)
    const first = found.cases[0]
    if (text === undefined || !first) return undefined
    const { newline, semicolon, indent: step, quote } = styleOf(text)
    const close = found.at.end - 1
    const lineStart = text.lastIndexOf('\n', close) + 1
    if (text.slice(lineStart, close).trim() !== '') return undefined
    const indent = lineIndent(text, first.at.start)
    const subject = text.slice(found.subject.at.start, found.subject.at.end)
    const message = quote === '"' || quote === "'" ? `\`Unknown operation "\${${subject}}"\`` : ''
    const lines = [`${indent}default:`, `${indent}${step}throw new Error(${message})${semicolon}`, '']
    return {
      title: 'Throw for all other types',
      safe: false,
      edits: [{ file, start: lineStart, end: lineStart, text: lines.join(newline) }],
    }
  },
  instead: forQueues,
  examples: [
    {
      name: 'no default',
      files: queueApp({
        send: send('').replace('{\n      case', '{\n    //      ^^^^^^^^^^^^^^ counts as sent\n      case'),
      }),
      fixed: {
        'src/sync/outbox.ts': exampleQueue({
          send: send(`\n      default:\n        throw new Error(\`Unknown operation "\${operation.type}"\`)`),
        }),
      },
    },
    { name: 'with a default', files: queueApp({ send: send('\n      default:\n        throw new Error()') }) },
    {
      name: 'the compiler sees to it',
      files: queueApp({ send: send('', ': Promise<Response>') }),
    },
    {
      name: 'what follows throws',
      files: queueApp({ send: send('').replace(/\}\n {2}\}$/, '}\n    throw new Error()\n  }') }),
    },
  ],
}

/** The switches of a function that send, have no default, and behind which the function ends as if all were well. */
function* openSwitches(queue: QueueCode, fn: OwnFunction): Generator<Switch> {
  const { returnType } = fn.fact
  // Where something must be given back, the compiler asks for every type.
  if (returnType && !/\b(?:void|undefined|any|unknown|null)\b/.test(returnType.text)) return
  const visit = function* (steps: readonly Step[]): Generator<Switch> {
    for (const [index, step] of steps.entries()) {
      for (const list of inside(step)) yield* visit(list)
      if (step.kind !== 'switch' || step.cases.some(one => one.test === undefined)) continue
      if (!/^(?:type|kind|op|operation|action|method|verb|operationType|opType)$/i.test(lastName(step.subject) ?? ''))
        continue
      const rest = steps.slice(index + 1)
      const isClosed = [...allSteps(rest)].some(one => one.kind === 'leave' && one.how === 'throw') || asserts(rest)
      const sends = step.cases.some(one =>
        [...allValues(one.steps)].some(
          value =>
            value.kind === 'call' &&
            fn.calls.some(called => called.call === value && (queue.sends(called) || requestOf(queue.scope, called))),
        ),
      )
      if (sends && !isClosed) yield step
    }
  }
  yield* visit(fn.fact.steps ?? [])
}

/** `assertNever(operation)`, `exhaustive(operation)` */
const asserts = (steps: readonly Step[]): boolean =>
  [...allValues(steps)].some(value =>
    [...walkValue(value)].some(
      part => part.kind === 'call' && /never|exhaust|unreachable|assert/i.test(lastName(part.callee) ?? ''),
    ),
  )
