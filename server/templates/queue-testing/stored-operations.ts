// What the queue holds, as its storage says: what is only in memory is lost with the process.
import { isObject, parsedJson, payloadsIn } from './payloads-in.ts'
import type { Environment, Payload } from './queue-under-test.ts'

/** An operation in the storage. */
export interface StoredOperation {
  /** The key it is stored under, with the name of its list where the value is an object of several: `outbox.failed`. */
  readonly key: string
  /** As the queue has written it: one entry of the list under that key, or all that is there. */
  readonly operation: Readonly<Record<string, unknown>>
  readonly payload: Payload
}

/** Every operation that lies on the disk. */
export function storedOperations({ files }: Environment): readonly StoredOperation[] {
  return [...files].flatMap(([key, text]) =>
    operationsIn(key, parsedJson(text)).flatMap(({ key: place, operation }) =>
      payloadsIn(operation).map(payload => ({ key: place, operation, payload })),
    ),
  )
}

type Entry = Pick<StoredOperation, 'key' | 'operation'>

/** The entries of lists are operations, however deep the lists lie; where there is none, all that is stored is one. */
function operationsIn(key: string, value: unknown): readonly Entry[] {
  if (typeof value === 'string') return operationsIn(key, parsedJson(value) ?? null)
  if (Array.isArray(value)) return value.filter(isObject).map(operation => ({ key, operation }))
  if (!isObject(value)) return []
  if (!holdsList(value)) return [{ key, operation: value }]
  return Object.entries(value).flatMap(([name, one]) => (holdsList(one) ? operationsIn(`${key}.${name}`, one) : []))
}

/** True for what has a list with payloads in it. */
function holdsList(value: unknown): boolean {
  if (typeof value === 'string') return holdsList(parsedJson(value) ?? null)
  if (Array.isArray(value)) return payloadsIn(value).length > 0
  return isObject(value) && Object.values(value).some(holdsList)
}
