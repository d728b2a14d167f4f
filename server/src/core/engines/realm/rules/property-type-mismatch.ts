// The TypeScript type of a field can never be what its property in the schema holds.
import type { Rule } from '../../../rules/rule.ts'
import type { Place } from '../../../text/span.ts'
import { realm12, realmApp, withBabelPlugin } from '../example-app.ts'
import { type FieldKind, type FieldType, fieldType } from '../models/field-type.ts'
import { classNameIn, realmName, typeOfShape } from '../models/spell-type.ts'
import { typeText } from '../schema/normalize.ts'
import { typePlace } from '../schema/type-place.ts'
import type { ClassInStore, Member, PropertyShape } from '../types.ts'

interface Data {
  readonly from: ClassInStore
  readonly member: Member
  readonly shape: PropertyShape
}

const task = (fields: string) => ({
  Task: `${fields}
static schema = {
  name: 'Task',
  properties: {
    title: 'string', count: 'int', done: 'bool', at: 'date', id: 'objectId', tags: 'string[]', owner: 'User',
    places: 'string{}', kinds: 'int<>', hits: 'counter', raw: 'data', any: 'mixed', ids: 'objectId[]', price: 'decimal128',
    back: { type: 'linkingObjects', objectType: 'Task', property: 'owner' },
  },
}`,
  User: "static schema = { name: 'User', properties: { name: 'string' } }",
})

export const propertyTypeMismatch: Rule<ClassInStore, Data> = {
  id: 'realm/property-type-mismatch',
  severity: 'warning',
  on: 'class',
  docs: {
    what: 'The TypeScript type of a field can never be what the schema says its property holds: `number` for a string, `string` for an objectId, `string[]` for a list of Realm.',
    why: 'The compiler believes the type: code calls methods that the value does not have, and writing throws `Expected value to be a string, got a number`.',
    fix: 'Changes the type to what the schema says.',
  },
  *check(subject) {
    const { class: one, scope, library } = subject
    // What the Babel plugin translates has its schema from the types.
    if (one.form === 'babel') return
    for (const property of one.fields) {
      const { shape, member } = property
      if (!shape || member?.fact.kind !== 'property' || !member.fact.type) continue
      const type = fieldType(scope, library, member)
      if (!type || type.parts.length === 0 || mayBe(type, shape)) continue
      const at: Place = { file: member.file, span: member.fact.type.at }
      yield {
        at,
        message: `"${property.name.text}" is typed ${member.fact.type.text}, but the schema says ${typeText(shape)}: code that trusts the type fails, and writing such a value throws. Correct the type.`,
        related: [{ at: typePlace(property), message: `"${property.name.text}" in the schema` }],
        data: { from: subject, member, shape },
      }
    }
  },
  fix({ data: { from, member, shape } }) {
    const { store, scope } = from
    const { type, isOptional } = member.fact
    const realm = realmName(scope, member.file)
    const text = typeOfShape(shape, realm, target => classNameIn(store, member.file, target))
    if (!type || text === undefined) return undefined
    const empty = type.parts.filter(part => part === 'null' || part === 'undefined')
    const isCollection = shape.kind === 'list' || shape.kind === 'set' || shape.kind === 'dictionary'
    if (shape.optional && !isCollection && empty.length === 0 && !isOptional) empty.push('null')
    const whole = [text, ...empty].join(' | ')
    const { start, end } = type.at
    return {
      title: `Change the type to ${whole}`,
      safe: false,
      edits: [{ file: member.file, start, end, text: whole }],
    }
  },
  examples: [
    ...(
      [
        ['title!: number', 'number', 'title!: string'],
        ['count!: string | null', 'string | null', 'count!: number | null'],
        ['done!: number', 'number', 'done!: boolean'],
        ['at!: number', 'number', 'at!: Date'],
        ['id!: string', 'string', 'id!: Realm.BSON.ObjectId'],
        ['tags!: string[]', 'string[]', 'tags!: Realm.List<string>'],
        ['tags!: Realm.List<number>', 'Realm.List<number>', 'tags!: Realm.List<string>'],
        ['owner!: string', 'string', 'owner!: User | null'],
        ['places!: string[]', 'string[]', 'places!: Realm.Dictionary<string>'],
        ['kinds!: Array<number>', 'Array<number>', 'kinds!: Realm.Set<number>'],
        ['hits!: number', 'number', 'hits!: Realm.Types.Counter'],
        ['price!: number', 'number', 'price!: Realm.BSON.Decimal128'],
        ['back!: Task[]', 'Task[]', 'back!: Realm.Results<Task>'],
      ] as const
    ).map(([before, wrong, after]) => {
      const head = before.includes('owner') ? "import { User } from './User'" : ''
      const file = (field: string, mark = '') => ({
        ...realmApp({ models: task('') }),
        'src/models/Task.ts': `import Realm from 'realm'
${head}
export class Task extends Realm.Object<Task> {
  ${field}
${mark}  ${task('').Task.trimStart().replace(/\n/g, '\n  ')}
}
`,
      })
      return {
        name: before,
        project: realm12,
        files: file(before, `  ${' '.repeat(before.indexOf(wrong))}${'^'.repeat(wrong.length)} is typed ${wrong}\n`),
        fixed: { 'src/models/Task.ts': file(after)['src/models/Task.ts'] },
      }
    }),
    {
      name: 'what fits, and what could be anything',
      project: realm12,
      files: {
        ...realmApp({ models: task('') }),
        'src/models/Task.ts': `import Realm, { BSON, Types } from 'realm'
import { ObjectId } from 'bson'
import { User } from './User'
import { Alias, State } from './types'

export class Task<T = string> extends Realm.Object<Task> {
  title!: 'a' | 'b' | string | null
  count!: Types.Int
  done?: boolean | undefined
  at!: Date
  id!: BSON.ObjectId
  tags!: Realm.List<string>
  owner?: User
  places!: Record<string, string>
  kinds!: Realm.Set<Types.Int>
  hits!: Realm.Types.Counter
  raw!: Uint8Array
  any!: string[]
  ids!: Realm.List<ObjectId>
  price!: T
  back!: Realm.Types.LinkingObjects<Task, 'owner'>
${task('').Task}
}
export class Other extends Realm.Object<Other> {
  title!: State
  count!: Alias
  done!: any
  at!: unknown
  id!: Realm.BSON.ObjectId
  tags!: Realm.Collection<string>
  owner!: Partial<User>
  places!: Realm.Dictionary<string>
  kinds!: Set<number>
  back!: Realm.Results<Task>
  static schema = { ...Task.schema, name: 'Other' }
}
`,
      },
    },
    {
      name: 'the Babel plugin has its schema from the types',
      project: withBabelPlugin(),
      files: realmApp({ models: { Task: 'title!: string\ncount!: Realm.Types.Int' } }),
    },
  ],
}

const kinds: Readonly<Record<PropertyShape['kind'], readonly FieldKind[]>> = {
  bool: ['boolean'],
  int: ['number'],
  float: ['number'],
  double: ['number'],
  decimal128: ['Decimal128'],
  objectId: ['ObjectId'],
  string: ['string'],
  // Typed arrays are written, and code may wrap what it reads.
  data: ['ArrayBuffer', 'bytes'],
  date: ['Date'],
  mixed: [],
  uuid: ['UUID'],
  object: ['object'],
  list: ['List', 'Results'],
  set: ['Set', 'Results'],
  dictionary: ['Dictionary', 'object'],
  linkingObjects: ['Results', 'LinkingObjects', 'List'],
}

/** True unless no part of the type is what the property holds. */
function mayBe({ parts }: FieldType, shape: PropertyShape): boolean {
  const { kind, element } = shape
  if (kind === 'mixed') return true
  const allowed = shape.isCounter ? (['Counter'] as const) : kinds[kind]
  return parts.some(part => {
    if (!(allowed as readonly FieldKind[]).includes(part.kind)) return false
    const inner = part.element
    if (!inner || element === undefined || element === 'mixed' || inner.parts.length === 0) return true
    return inner.parts.some(one => kinds[element].includes(one.kind))
  })
}
