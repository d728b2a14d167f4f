// An id out of an operation's payload stands in a path as it is.
import type { Rule } from '../../rules/rule.ts'
import type { Value } from '../../source/value.ts'
import { exampleQueue, queueApp } from '../example-queue.ts'
import type { QueueCode } from '../types.ts'
import { payloadName } from '../words.ts'

const send = (path: string) => `  private async send(operation: Operation) {
    await api.delete(${path})
  }`

export const unencodedUrlId: Rule<QueueCode, { readonly file: string; readonly value: Value }> = {
  id: 'sync/unencoded-url-id',
  severity: 'warning',
  on: 'queue',
  docs: {
    what: 'An id out of the payload of an operation is put into the path of a request without `encodeURIComponent`.',
    why: 'An id with `/` or `?` in it leads to another path, so that the wrong thing is changed or deleted; a missing one gives `/notes/undefined`.',
    fix: 'Wraps the id in `encodeURIComponent`.',
  },
  *check(queue) {
    for (const { url, called } of queue.requests) {
      if (!url) continue
      const { value: path, file } = queue.scope.follow({ value: url, file: called.file })
      for (const value of rawIds(path))
        yield {
          at: { file, span: value.at },
          message:
            'An id with "/" or "?" in it leads to another path here, and changes or deletes the wrong thing. Put it through encodeURIComponent.',
          data: { file, value },
        }
    }
  },
  fix({ data: { file, value } }) {
    const { start, end } = value.at
    return {
      title: 'Encode the id',
      safe: false,
      edits: [
        { file, start, end: start, text: 'encodeURIComponent(' },
        { file, start: end, end, text: ')' },
      ],
    }
  },
  examples: [
    {
      name: 'in a template',
      files: queueApp({
        send: send(`\`/notes/\${operation.payload.id}\``).replace(
          ')\n',
          ')\n//                             ^^^^^^^^^^^^^^^^^^^^ another path\n',
        ),
      }),
      fixed: {
        'src/sync/outbox.ts': exampleQueue({ send: send(`\`/notes/\${encodeURIComponent(operation.payload.id)}\``) }),
      },
    },
    {
      name: 'in a sum',
      files: queueApp({
        send: send("'/notes/' + operation.data.noteId").replace(
          ')\n',
          ')\n//                               ^^^^^^^^^^^^^^^^^^^^^\n',
        ),
      }),
    },
    { name: 'encoded', files: queueApp({ send: send(`\`/notes/\${encodeURIComponent(operation.payload.id)}\``) }) },
    { name: 'an id of its own', files: queueApp({ send: send(`\`/operations/\${operation.id}\``) }) },
    { name: 'a number', files: queueApp({ send: send(`\`/notes/\${Number(operation.payload.id)}\``) }) },
  ],
}

/** Ids of payloads in the path of an address, each as written. */
function* rawIds(url: Value): Generator<Value> {
  if (url.kind === 'template') {
    for (const [index, value] of url.values.entries()) {
      // Behind "?" it is no path any more.
      if (url.texts.slice(0, index + 1).some(text => /[?#]/.test(text))) return
      if (isPayloadId(value)) yield value
    }
    return
  }
  if (url.kind !== 'binary' || url.op !== '+') return
  const parts = sum(url)
  for (const [index, part] of parts.entries()) {
    if (part.kind === 'string' && /[?#]/.test(part.text)) return
    if (index > 0 && isPayloadId(part)) yield part
  }
}

const sum = (value: Value): readonly Value[] =>
  value.kind === 'binary' && value.op === '+' ? [...sum(value.left), ...sum(value.right)] : [value]

/** `operation.payload.id`, `op.data.noteId` */
const isPayloadId = (value: Value): boolean =>
  value.kind === 'member' &&
  /^(?:_?id|\w+Id|slug)$/.test(value.name ?? '') &&
  value.of.kind === 'member' &&
  payloadName.test(value.of.name ?? '')
