// The default of a property is a value that the property cannot hold.
import { placeOf } from '../../../catalog/place-of.ts'
import type { Located, Scope } from '../../../catalog/scope.ts'
import type { Rule } from '../../../rules/rule.ts'
import { propertyOf, realm12, realmApp, realmProject, withBabelPlugin } from '../example-app.ts'
import { typeText } from '../schema/normalize.ts'
import { kindOf } from '../schema/read-property.ts'
import type { ClassInStore, PropertyShape } from '../types.ts'
import { majorFor } from '../versions.ts'

export const invalidDefault: Rule<ClassInStore> = {
  id: 'realm/invalid-default',
  severity: 'error',
  on: 'class',
  docs: {
    what: 'The default of a property is of another type than the property, or `null` although the property is required.',
    why: 'The realm opens, and then each object that is created without the value throws `Expected value to be a string, got null`.',
    fix: 'There is none: give a value of the type, or make the property optional, which is a change of the schema.',
  },
  *check({ class: one, scope }) {
    for (const { name, shape, default: written } of one.fields) {
      if (!written || !shape) continue
      const isStrict = (majorFor(scope, one.at.file) ?? 0) >= 12
      const got = kindOfDefault(scope, written, isStrict)
      if (!got || got === 'undefined' || !isWrong(shape, got, isStrict)) continue
      const todo =
        got === 'null' && !isCollection(shape)
          ? 'Give a value, or make the property optional.'
          : 'Give a value of its type.'
      yield {
        at: placeOf(written),
        message: `"${name.text}" is of type ${typeText(shape)}, and its default is ${got}: creating an object without "${name.text}" throws. ${todo}`,
      }
    }
  },
  examples: [
    ...(
      [
        ["type: 'string', default: null", 'null'],
        ["type: 'string', default: 5", '5'],
        ["type: 'int', optional: true, default: '5'", "'5'"],
        ["type: 'bool', default: 0", '0'],
        ["type: 'date', default: 0", '0'],
        ["type: 'objectId', default: ''", "''"],
        ["type: 'list', objectType: 'int', default: null", 'null'],
        ["type: 'dictionary', objectType: 'int', default: 'x'", "'x'"],
        ["type: 'int', default: () => null", '() => null'],
        ["type: 'object', objectType: 'Task', default: 'none'", "'none'"],
      ] as const
    ).map(([before, wrong]) => ({
      name: before,
      project: realm12,
      files: realmApp({ classes: { Task: propertyOf(before, wrong, 'creating an object') } }),
    })),
    {
      name: 'constants are followed',
      project: realm12,
      files: realmApp({
        files: {
          'src/db/schema.js': `import { Kind } from './kinds'

export const TaskSchema = {
  name: 'Task',
  properties: {
    kind: { type: 'string', default: Kind.Open },
//                                   ^^^^^^^^^ its default is a number
    state: { type: 'int', default: Kind.Open },
  },
}
`,
          'src/db/kinds.ts': 'export enum Kind {\n  Open = 1,\n}\n',
          'src/db/schema.ts': "export { TaskSchema } from './schema.js'\n",
        },
      }),
    },
    {
      name: 'a class that the Babel plugin translates',
      project: withBabelPlugin(),
      files: realmApp({
        models: {
          Task: "title: string = null\n//              ^^^^ its default is null\ndone = false\nnote?: string = ''\nrank: Realm.Types.Int = 0",
        },
      }),
    },
    {
      name: 'values that fit, null on optional ones, calls',
      project: realm12,
      files: realmApp({
        classes: {
          Task: `properties: {
  a: { type: 'string', optional: true, default: null },
  b: { type: 'object', objectType: 'Task', default: null },
  c: { type: 'mixed', default: null },
  d: { type: 'date', default: '2020-01-01' },
  e: { type: 'data', default: '' },
  f: { type: 'list', objectType: 'int', default: [] },
  g: { type: 'dictionary', objectType: 'int', default: {} },
  h: { type: 'string', default: undefined },
  i: { type: 'int', default: someNumber() },
  j: { type: 'date', default: () => new Date() },
  k: { type: kind, default: null },
  l: { type: 'double', default: 1 },
  m: { type: 'object', objectType: 'Task', default: {} },
},`,
        },
      }),
    },
    {
      name: 'realm 11 converts some, and sets no list to null',
      project: realmProject('11.10.2'),
      files: realmApp({
        classes: {
          Task: "properties: { a: { type: 'objectId', default: '' }, b: { type: 'decimal128', default: 5 }, c: { type: 'list', objectType: 'int', default: null } },",
        },
      }),
    },
  ],
}

/** What literal values a type takes (`type-helpers` and `collection-accessors` of realm-js 12 to 20). */
const taken: Readonly<Record<PropertyShape['kind'], readonly string[] | undefined>> = {
  bool: ['a boolean'],
  int: ['a number'],
  float: ['a number'],
  double: ['a number'],
  string: ['a string'],
  date: ['a string'],
  data: ['a string'],
  decimal128: [],
  objectId: [],
  uuid: [],
  object: ['an object'],
  list: ['an array'],
  set: ['an array'],
  dictionary: ['an object', 'an array'],
  mixed: undefined,
  linkingObjects: undefined,
}

const isCollection = ({ kind }: PropertyShape): boolean => kind === 'list' || kind === 'set' || kind === 'dictionary'

function isWrong(shape: PropertyShape, got: string, isStrict: boolean): boolean {
  const { kind, optional } = shape
  const right = taken[kind]
  if (!right) return false
  if (isCollection(shape)) return isStrict && !right.includes(got)
  if (got === 'null') return !optional
  // Realm 10 and 11 made ids and decimals of texts and numbers.
  return (isStrict || right.length > 0) && !right.includes(got)
}

/** The kind of a default that is a literal, or of what the function gives that is one. */
function kindOfDefault(scope: Scope, written: Located, isStrict: boolean): string | undefined {
  const found = scope.follow(written)
  if (found.value.kind === 'class') return undefined
  if (found.value.kind !== 'function') return kindOf(found.value)
  const fn = scope.usage(found.file)?.functions[found.value.id]
  const [result] = fn?.returns ?? []
  if (!isStrict || !result || fn?.returns.length !== 1 || fn.isAsync || fn.isGenerator || fn.canFallThrough)
    return undefined
  const { value } = scope.follow({ value: result, file: found.file })
  return value.kind === 'function' || value.kind === 'class' ? undefined : kindOf(value)
}
