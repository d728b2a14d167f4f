// Finds steps that take their columns from the very constant that the schema takes them from.
import { placeOf } from '../../../catalog/place-of.ts'
import type { Located } from '../../../catalog/scope.ts'
import { samePlace } from '../../../text/span.ts'
import type { Column, Step, Table, WatermelonStore } from '../types.ts'

/** A step with live columns. */
export interface LiveStep {
  readonly step: Step
  /** The expression in the step that leads to the constant: to be replaced by a list. */
  readonly expression: Located
  /** True when `expression` stands for the whole `{ name, columns }`. */
  readonly isSpec: boolean
  readonly columns: readonly Column[]
  readonly tableName: string
  /** The table of the schema that shares it. */
  readonly table: Table
}

/** The steps of a store whose columns change whenever its schema does. */
export function* liveSteps(store: WatermelonStore): Generator<LiveStep> {
  const steps = (store.migrationsRead?.list ?? []).flatMap(migration => migration.steps.filter(hasForeignColumns))
  // Steps that write all their columns out, as nearly all do, share nothing: then the schema is not even looked at.
  if (steps.length === 0) return
  const tables = store.schema?.tables ?? []
  for (const step of steps) {
    const found =
      step.kind === 'create'
        ? ofCreate(store, step, tables)
        : step.kind === 'add'
          ? ofAdd(store, step, tables)
          : undefined
    if (found) yield found
  }
}

/** True when the columns stand outside the step itself, or are partly spread from elsewhere. */
function hasForeignColumns(step: Step): boolean {
  const columns = step.kind === 'create' ? step.table.columnsValue : step.kind === 'add' ? step.columnsValue : undefined
  if (columns?.value.kind !== 'array') return false
  const { file, span } = step.at
  const isOwn = columns.file === file && span.start <= columns.value.at.start && columns.value.at.end <= span.end
  return !isOwn || columns.value.items.some(item => item.kind === 'spread')
}

function ofCreate(
  store: WatermelonStore,
  step: Step & { kind: 'create' },
  tables: readonly Table[],
): LiveStep | undefined {
  const table = sharing(store, step.table.columnsValue, tables)
  const argument = step.call?.value.args[0]
  if (!table || !argument || !step.call) return undefined
  const whole: Located = { value: argument, file: step.call.file }
  const inner = store.scope.shape(whole)?.entries.get('columns')?.value
  const isOwn = argument.kind === 'object' && inner?.file === whole.file && isInside(inner, whole)
  const expression = isOwn && inner ? inner : whole
  return { step, expression, isSpec: !isOwn, columns: step.table.fields, tableName: step.table.name.text, table }
}

function ofAdd(store: WatermelonStore, step: Step & { kind: 'add' }, tables: readonly Table[]): LiveStep | undefined {
  const table = sharing(store, step.columnsValue, tables)
  const expression = step.spec && store.scope.shape(step.spec)?.entries.get('columns')?.value
  if (!table || !expression || !step.table || !step.spec || !isInside(expression, step.spec)) return undefined
  return { step, expression, isSpec: false, columns: step.columns, tableName: step.table.text, table }
}

/** The table that lists its columns by the same array, or that spreads an array which these columns spread too. */
function sharing(store: WatermelonStore, columns: Located | undefined, tables: readonly Table[]): Table | undefined {
  if (columns?.value.kind !== 'array') return undefined
  const own = arraysOf(store, columns)
  return tables.find(table => {
    const theirs = table.columnsValue?.value.kind === 'array' ? arraysOf(store, table.columnsValue) : []
    return theirs.some(one => own.some(other => samePlace(placeOf(one), placeOf(other))))
  })
}

/** The array itself, and the constants that it spreads. */
function arraysOf({ scope }: WatermelonStore, array: Located): Located[] {
  const spread = array.value.kind === 'array' ? array.value.items.filter(item => item.kind === 'spread') : []
  const followed = spread.map(item => scope.follow({ value: item.value, file: array.file }))
  return [array, ...followed.filter(one => one.value.kind === 'array')]
}

const isInside = (inner: Located, outer: Located): boolean =>
  inner.file === outer.file && outer.value.at.start <= inner.value.at.start && inner.value.at.end <= outer.value.at.end
