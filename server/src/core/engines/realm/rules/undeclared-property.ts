// A field of a class has no property in its schema.
import type { FixContext, Rule } from '../../../rules/rule.ts'
import { closest } from '../../../text/similar.ts'
import { styleOf } from '../../../write/style.ts'
import { addKey } from '../edit-object.ts'
import { realm12, realmApp } from '../example-app.ts'
import { type FieldType, fieldType } from '../models/field-type.ts'
import { declarationOfType } from '../models/spell-type.ts'
import type { ClassInStore, Member, RealmStore } from '../types.ts'

interface Data {
  readonly from: ClassInStore
  readonly member: Member
  readonly type: FieldType
  /** The property that was most likely meant. */
  readonly meant: string | undefined
}

const task = (fields: string, properties = "title: 'string'") =>
  realmApp({ models: { Task: `${fields}\nstatic schema = {\n  name: 'Task',\n  properties: { ${properties} },\n}` } })

export const undeclaredProperty: Rule<ClassInStore, Data> = {
  id: 'realm/undeclared-property',
  severity: 'warning',
  on: 'class',
  docs: {
    what: 'A class declares a field that holds data (`note!: string`), and its schema has no property of that name.',
    why: 'Realm does not store the field and says nothing: it reads `undefined`, and what is written is gone with the object.',
    fix: 'Adds the property to the schema. That is a change of the schema, which needs a higher `schemaVersion`.',
  },
  *check(subject) {
    const { class: one, scope, library } = subject
    if (!one.complete || (one.form !== 'static-schema' && one.form !== 'assigned-schema')) return
    for (const member of one.model?.members ?? []) {
      const { fact } = member
      // A field with an initial value is given it for each object: it may well not be meant to be stored.
      if (fact.kind !== 'property' || fact.initializer || fact.decorators.length > 0 || fact.name.startsWith('#'))
        continue
      if (one.properties.has(fact.name)) continue
      const type = fieldType(scope, library, member)
      if (!type || type.parts.length === 0 || !isStorable(type, subject.store)) continue
      const meant = closest(
        fact.name,
        one.fields.flatMap(field => (field.member ? [] : [field.name.text])),
      )
      yield {
        at: member.nameAt,
        message:
          `"${fact.name}" is not in the schema of "${one.name.text}", so it reads undefined and what is written to it is never stored. ` +
          (meant === undefined ? 'Add it to the schema.' : `Did you mean "${meant}"?`),
        related: [{ at: one.name.at, message: `The schema of "${one.name.text}"` }],
        data: { from: subject, member, type, meant },
      }
    }
  },
  fix({ data }, context) {
    const { class: one } = data.from
    if (data.meant !== undefined) return undefined
    const text = declaration(data, context)
    const edit = text === undefined ? undefined : addKey(one.propertiesValue, text, context)
    return edit && { title: 'Add to the schema (needs a higher schemaVersion)', safe: false, edits: [edit] }
  },
  examples: [
    ...(
      [
        ['note!: string', "note: 'string'"],
        ['note?: string', "note: 'string?'"],
        ['count!: Realm.Types.Int | null', "count: 'int?'"],
        ['tags!: Realm.List<Date>', "tags: 'date[]'"],
        ['parent!: Task | null', "parent: 'Task?'"],
        ['children!: Realm.List<Task>', "children: 'Task[]'"],
        ['id!: Realm.BSON.UUID', "id: 'uuid'"],
      ] as const
    ).map(([field, added]) => ({
      name: field,
      project: realm12,
      files: task(`title!: string\n${field}\n${'^'.repeat(/^\w+/.exec(field)![0].length)} never stored`),
      fixed: {
        'src/models/Task.ts': task(`title!: string\n${field}`, `title: 'string', ${added}`)['src/models/Task.ts']!,
      },
    })),
    {
      name: 'a mistyped name',
      project: realm12,
      files: task('titel!: string\n^^^^^ Did you mean "title"?'),
    },
    {
      name: 'properties, fields of the code itself, methods, types that Realm does not have',
      project: realm12,
      files: task(`title!: string
isOpen = false
cache = new Map()
onChange!: () => void
shape!: { a: string }
state!: State
#hidden!: string
static limit: number
get label(): string { return this.title }
rename(title: string) { this.title = title }`),
    },
    {
      name: 'an object of a class that is not in the schema',
      project: realm12,
      files: realmApp({
        models: {
          Task: `import Realm from 'realm'

class Service {}
export class Task extends Realm.Object<Task> {
  title!: string
  service!: Service
  static schema = { name: 'Task', properties: { title: 'string' } }
}
`,
        },
      }),
    },
    {
      name: 'a schema with unknown parts',
      project: realm12,
      files: task('title!: string\nnote!: string', "...shared, title: 'string'"),
    },
  ],
}

/** False for an object of a class that is not in the schema: code may keep such a one for itself. */
const isStorable = ({ parts }: FieldType, store: RealmStore): boolean =>
  parts.every(
    ({ kind, target, element }) =>
      (kind !== 'object' || store.classes.some(one => one.model?.name === target)) &&
      (!element || isStorable(element, store)),
  )

function declaration({ from, member, type }: Data, context: FixContext): string | undefined {
  const { class: one, store } = from
  const spec = one.propertiesValue && context.text(one.propertiesValue.file)
  if (spec === undefined || !/^[\w$]+$/.test(member.fact.name)) return undefined
  const schemaName = (target: string) =>
    store.classes.find(other => other.model?.name === target && other.isNamed)?.name.text
  const text = declarationOfType(type, member.fact.isOptional, schemaName, styleOf(spec))
  return text && `${member.fact.name}: ${text}`
}
