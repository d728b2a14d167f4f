// A queue replaces a whole record without saying which version of it it knows.
import type { Rule } from '../../rules/rule.ts'
import { walkValue } from '../../source/value.ts'
import { queueApp } from '../example-queue.ts'
import { allValues } from '../flow.ts'
import { forQueues } from '../generated-layer.ts'
import { headersOf, mayBeExtended, sentPayload } from '../requests.ts'
import type { QueueCode } from '../types.ts'

const versionName = /version|etag|if-?match|revision|\b_?rev\b|base|changed|dirty|patch|diff/i

export const blindOverwrite: Rule<QueueCode, never> = {
  id: 'sync/blind-overwrite',
  severity: 'info',
  on: 'queue',
  docs: {
    what: 'A queued `PUT` sends a whole record, and no `If-Match` header or version says which state of the record it was made from.',
    why: 'While the operation waited, another device may have changed the record: its changes are overwritten, also in fields that this person never touched.',
    fix: 'Send only the changed fields with `PATCH`, and the version that they were made from.',
  },
  *check(queue) {
    const knowsVersions = queue.functions.some(fn =>
      [...allValues(fn.fact.steps ?? [])].some(value =>
        [...walkValue(value)].some(
          part =>
            ((part.kind === 'member' || part.kind === 'name') && versionName.test(part.name ?? '')) ||
            (part.kind === 'object' && part.props.some(prop => prop.kind === 'named' && versionName.test(prop.name))),
        ),
      ),
    )
    if (knowsVersions || mayBeExtended(queue, /headers/)) return
    for (const request of queue.requests) {
      const headers = headersOf(queue.scope, request)
      if (request.method !== 'PUT' || !request.isPlain || !headers || !sentPayload(request.body)) continue
      if ([...headers.keys()].some(name => versionName.test(name))) continue
      const { file, call } = request.called
      yield {
        at: { file, span: call.callee.at },
        message:
          'This replaces the whole record, whatever another device has changed since: its changes are lost. Send the changed fields with PATCH, and the version they were made from.',
      }
    }
  },
  instead: forQueues,
  examples: [
    {
      name: 'the whole payload',
      files: queueApp({
        send: `  private async send(operation: Operation) {
    await api.put('/notes/1', operation.payload)
//        ^^^^^^^ the whole record
  }`,
      }),
    },
    {
      name: 'with a version',
      files: queueApp({
        send: `  private async send(operation: Operation) {
    await api.put('/notes/1', operation.payload, { headers: { 'If-Match': operation.etag } })
  }`,
      }),
    },
  ],
}
