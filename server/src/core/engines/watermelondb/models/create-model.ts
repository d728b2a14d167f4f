// "Create model from table": the file of a new model, beside the others and named like them, registered in the database.
import type { FixContext } from '../../../rules/rule.ts'
import type { Edit } from '../../../text/edit.ts'
import { basename, dirname } from '../../../text/path.ts'
import { styleOf } from '../../../write/style.ts'
import type { Generators } from '../../contract.ts'
import { isJavaScript } from '../is-javascript.ts'
import type { Model, Table, WatermelonStore } from '../types.ts'
import { classNameOf, snakeCase } from './naming.ts'
import { exportOf, registerModel } from './register-model.ts'
import { writeModel } from './write-model.ts'

/** A new model as edits; `isRegistered` is false where no list of models could be edited. */
export interface CreatedModel {
  readonly file: string
  readonly className: string
  readonly isRegistered: boolean
  readonly edits: readonly Edit[]
}

/** The edits that make a model for `table`; undefined where its file exists already or nothing tells where it belongs. */
export function createModel(store: WatermelonStore, table: Table, context: FixContext): CreatedModel | undefined {
  const home = homeOf(store.models, store)
  if (!home) return undefined
  const className = classNameOf(table.name.text) + home.classEnd
  const file = `${home.folder}/${home.fileName(className)}`
  const sample = context.text(home.sample)
  if (context.text(file) !== undefined || sample === undefined) return undefined
  const wish = {
    className,
    isDefault: home.isDefault,
    related(other: string) {
      const [model] = store.modelsOf(other)
      const exported = model && exportOf(store, model)
      return (
        exported && { name: exported.name, from: context.specifier(file, exported.file), isDefault: exported.isDefault }
      )
    },
  }
  const text = writeModel(table, store, styleOf(sample), isJavaScript(file) ? 'javascript' : 'typescript', wish)
  const registered = registerModel(store, { file, name: className, isDefault: home.isDefault }, context)
  return {
    file,
    className,
    isRegistered: registered !== undefined,
    edits: [{ file, create: text }, ...(registered ?? [])],
  }
}

/** The same, asked for by name. */
export const modelGenerator: Required<Pick<Generators, 'createModel'>> = {
  createModel(store, entity, context) {
    const own = store as WatermelonStore
    const table = own.table(entity)
    if (!table) return { problem: `There is no table "${entity}".` }
    const created = createModel(own, table, context)
    if (!created)
      return { problem: `The file of a model for "${entity}" exists already, or nothing tells where it belongs.` }
    const rest = created.isRegistered
      ? ' and registered it'
      : '. Add it to modelClasses yourself: that list cannot be edited'
    return { edits: created.edits, message: `Created model ${created.className}${rest}.`, show: created.file }
  },
}

interface Home {
  readonly folder: string
  readonly classEnd: string
  readonly isDefault: boolean
  /** The file whose habits are followed. */
  readonly sample: string
  fileName(className: string): string
}

/** Ways to name the file of a class. */
const cases: readonly ((className: string) => string)[] = [
  name => name,
  name => name.charAt(0).toLowerCase() + name.slice(1),
  name => snakeCase(name).replace(/_/g, '-'),
  snakeCase,
  name => name.toLowerCase(),
]

function homeOf(models: readonly Model[], store: WatermelonStore): Home | undefined {
  for (const model of models) {
    const classEnd = /[a-z](Model|Entity)$/.exec(model.name)?.[1] ?? ''
    const file = basename(model.file)
    const stem = /^[^.]*/.exec(file)?.[0] ?? file
    const bare = model.name.slice(0, model.name.length - classEnd.length)
    const whole = cases.find(one => one(model.name) === stem)
    const short = whole ? undefined : cases.find(one => one(bare) === stem)
    const ending = file.slice(stem.length).replace(/\.(?:native|ios|android|web)(?=\.)/, '')
    const cut = (name: string) => (short ? name.slice(0, name.length - classEnd.length) : name)
    const named = whole ?? short
    if (!named) continue
    return {
      folder: dirname(model.file),
      classEnd,
      isDefault: exportOf(store, model)?.isDefault ?? false,
      sample: model.file,
      fileName: name => named(cut(name)) + ending,
    }
  }
  const [first] = models
  const sample = first?.file ?? store.schemaFile
  if (sample === undefined) return undefined
  const ending = /\.[cm]?[jt]sx?$/.exec(sample)?.[0].replace('x', '') ?? '.ts'
  return { folder: dirname(sample), classEnd: '', isDefault: false, sample, fileName: name => name + ending }
}
