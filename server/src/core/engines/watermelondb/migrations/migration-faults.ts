// What `schemaMigrations` refuses or chokes on, and no compiler tells in JavaScript.
import { placeOf } from '../../../catalog/place-of.ts'
import type { Located, Scope } from '../../../catalog/scope.ts'
import { closest } from '../../../text/similar.ts'
import type { Place } from '../../../text/span.ts'
import type { Migration, Step } from '../types.ts'

/** One thing that is wrong. */
export interface Fault {
  readonly at: Place
  readonly message: string
  /** For a raw step: its type as written, and the one that was meant. */
  readonly type?: { readonly literal: Located; readonly meant: string | undefined }
}

/** What is wrong with an entry of the list. */
export function* entryFaults(scope: Scope, migration: Migration): Generator<Fault> {
  const { toEntry, stepsEntry, at, located } = migration
  const isComplete = scope.shape(located)?.complete === true
  if (toEntry ? isOther(scope, toEntry.value, 'number') : isComplete)
    yield {
      at: toEntry ? placeOf(toEntry.value) : at,
      message: `This toVersion is ${toEntry ? 'no number' : 'missing'}: the app throws when it starts. Give the version as a number.`,
    }
  if (stepsEntry ? isOther(scope, stepsEntry.value, 'array') : isComplete)
    yield {
      at: stepsEntry ? placeOf(stepsEntry.value) : at,
      message: `This migration has no ${stepsEntry ? 'list of ' : ''}steps: the app throws when it starts. Give an array, an empty one where there is nothing to do.`,
    }
}

/** What is wrong with a step. */
export function* stepFaults(scope: Scope, step: Step): Generator<Fault> {
  if (step.kind === 'unknown') {
    const shape = scope.shape(step.located)
    const type = shape?.entries.get('type')
    if (step.rawType && type && !rawTypes.includes(step.rawType.text)) {
      const meant = closest(step.rawType.text, rawTypes)
      yield {
        at: step.rawType.at,
        message: `There is no step of type "${step.rawType.text}": in a release build the database never opens and every query hangs, without any error. ${meant === undefined ? 'Use createTable, addColumns or unsafeExecuteSql.' : `Did you mean "${meant}"?`}`,
        type: { literal: type.value, meant },
      }
    }
    if (shape?.complete && !type)
      yield {
        at: step.at,
        message:
          'This step has no type: the app throws when it starts. Use createTable, addColumns or unsafeExecuteSql.',
      }
    return
  }
  if (step.kind !== 'add' || !step.spec || !step.call) return
  const shape = scope.shape(step.spec)
  const columns = shape?.entries.get('columns')
  const callee = { file: step.call.file, span: step.call.value.callee.at }
  if (shape?.complete && !step.hasTable)
    yield {
      at: callee,
      message: 'addColumns without a table: the app throws when it starts. Say which table gets the columns.',
    }
  if (shape?.complete && !columns)
    yield {
      at: callee,
      message: 'addColumns without columns: the app throws when it starts. Say which columns the table gets.',
    }
  if (columns && isOther(scope, columns.value, 'array'))
    yield {
      at: placeOf(columns.value),
      message: 'The columns of addColumns must be an array: the app throws when it starts. Put them in brackets.',
    }
}

const rawTypes = ['create_table', 'add_columns', 'sql']

/** True for values that are certainly not of this kind. */
function isOther(scope: Scope, located: Located, kind: 'number' | 'array'): boolean {
  const { value } = scope.follow(located)
  return (
    value.kind !== kind &&
    ['string', 'template', 'number', 'boolean', 'null', 'undefined', 'object', 'array'].includes(value.kind)
  )
}
