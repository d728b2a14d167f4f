// A RetryLink tries mutations again as well.
import type { Rule } from '../../rules/rule.ts'
import { type CallValue, walkValue } from '../../source/value.ts'
import { insertElement } from '../../write/insert-element.ts'
import { styleOf } from '../../write/style.ts'
import { lastName, methodOf } from '../flow.ts'
import type { CodeOfFile } from '../types.ts'

const app = (link: string, more = '') => ({
  'src/apollo.ts': `import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client'
import { RetryLink } from '@apollo/client/link/retry'

const http = new HttpLink({ uri: 'https://example.com/graphql' })
${link}
`,
  'src/add-note.ts': `import { useMutation } from '@apollo/client/react'
import { ADD_NOTE } from './documents'

export const useAddNote = () => useMutation(ADD_NOTE)
${more}`,
})

const retryIf = `{
  attempts: {
    retryIf: (error, operation) =>
      !!error &&
      operation.query.definitions.every(one => one.kind !== 'OperationDefinition' || one.operation === 'query'),
  },
}`

export const retryLinkOnMutations: Rule<CodeOfFile, { readonly file: string; readonly call: CallValue }> = {
  id: 'sync/retry-link-on-mutations',
  severity: 'warning',
  on: 'code',
  docs: {
    what: '`RetryLink` stands in a chain that carries mutations, without a `retryIf` that asks for the operation.',
    why: 'It sends a mutation again after any network error, up to five times: also when the server has done the work and only its answer was lost.',
    fix: 'Retries queries only, by `attempts.retryIf`; or send mutations with an idempotency key.',
  },
  *check({ file, scope, reader }) {
    const made = reader.code(file).calls.filter(({ call }) => call.isNew && isRetryLink(scope, file, call))
    if (made.length === 0) return
    const files = reader.filesNaming(file, ['mutate', 'useMutation'])
    const hasKeys = reader.filesNaming(file, ['idempotency']).length > 0
    if (hasKeys || !files.some(other => mutates(scope, reader.code(other).calls, other))) return
    for (const { call } of made) {
      if (looksAtOperation(scope, file, call) || isSplit(reader.code(file).calls, scope, file, call)) continue
      yield {
        at: { file, span: call.callee.at },
        message:
          'This sends mutations again after any network error, also when only the answer of the server was lost: things are created twice. Retry queries only.',
        data: { file, call },
      }
    }
  },
  fix({ data: { file, call } }, context) {
    const text = context.text(file)
    const [options] = call.args
    if (text === undefined) return undefined
    const title = 'Retry queries only'
    if (!options) {
      const { start, end } = call.argsAt
      return { title, safe: false, edits: [{ file, start, end, text: `(${retryIf})` }] }
    }
    if (options.kind !== 'object' || options.props.some(prop => prop.kind !== 'named' || prop.name === 'attempts'))
      return undefined
    const list = { file, text, span: options.at, elements: options.props.map(prop => prop.at) }
    const element = retryIf.slice(2, -3).replace(/^ {2}/gm, '').trimStart()
    return { title, safe: false, edits: [insertElement(list, options.props.length, element, styleOf(text))] }
  },
  examples: [
    {
      name: 'as it comes',
      files: app(
        'export const link = ApolloLink.from([new RetryLink(), http])\n//                                       ^^^^^^^^^ sends mutations again',
      ),
      fixed: {
        'src/apollo.ts': app(`export const link = ApolloLink.from([new RetryLink(${retryIf}), http])`)[
          'src/apollo.ts'
        ]!,
      },
    },
    {
      name: 'only a delay is given',
      files: app('export const retry = new RetryLink({ delay: { initial: 300 } })\n//                       ^^^^^^^^^'),
    },
    { name: 'asks for the operation', files: app(`export const retry = new RetryLink(${retryIf})`) },
    {
      name: 'on the side of queries',
      files: app('export const link = ApolloLink.split(isQuery, ApolloLink.from([new RetryLink(), http]), http)'),
    },
    {
      name: 'mutations carry a key',
      files: app(
        'export const retry = new RetryLink()',
        "export const context = { headers: { 'Idempotency-Key': id } }\n",
      ),
    },
  ],
}

type Scope = CodeOfFile['scope']
type Calls = ReturnType<CodeOfFile['reader']['code']>['calls']

function isRetryLink(scope: Scope, file: string, call: CallValue): boolean {
  const target = scope.target({ value: call.callee, file })
  return (
    target.kind === 'external' && target.from.startsWith('@apollo/client') && /(?:^|\.)RetryLink$/.test(target.name)
  )
}

/** True when something there sends a mutation by Apollo. */
const mutates = (scope: Scope, calls: Calls, file: string): boolean =>
  calls.some(({ call }) => {
    const method = methodOf(call)
    if (method?.name === 'mutate')
      return call.args[0]?.kind === 'object' && /client|apollo/i.test(lastName(method.of ?? call) ?? '')
    if (method?.name !== 'useMutation') return false
    const target = scope.target({ value: call.callee, file })
    return target.kind === 'external' && target.from.startsWith('@apollo/client')
  })

/** True when `retryIf` is given the operation, or the options are not known. */
function looksAtOperation(scope: Scope, file: string, call: CallValue): boolean {
  const [options] = call.args
  if (!options) return false
  const shape = scope.shape({ value: options, file })
  if (!shape) return true
  const attempts = shape.entries.get('attempts')
  if (!attempts) return !shape.complete
  const inner = scope.shape(attempts.value)
  // A function instead of an object decides by itself.
  if (!inner) return true
  const test = inner.entries.get('retryIf')
  if (!test) return !inner.complete || scope.number(inner.entries.get('max')?.value)?.value === 1
  const found = scope.follow(test.value)
  if (found.value.kind !== 'function') return true
  return (scope.usage(found.file)?.functions[found.value.id]?.params.length ?? 2) !== 1
}

/** True when the link, or the variable that holds it, is given to `split`. */
function isSplit(calls: Calls, scope: Scope, file: string, call: CallValue): boolean {
  const names = Object.entries(scope.module(file)?.bindings ?? {})
    .filter(([, { value }]) => value !== undefined && [...walkValue(value)].includes(call))
    .map(([key]) => key)
  return calls.some(
    ({ call: outer }) =>
      methodOf(outer)?.name === 'split' &&
      [...walkValue(outer)].some(
        part => part === call || (part.kind === 'name' && part.key !== undefined && names.includes(part.key)),
      ),
  )
}
