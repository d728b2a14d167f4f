// What we take a class for that the Babel plugin translates, against the plugin itself.
import assert from 'node:assert/strict'
import { runInNewContext } from 'node:vm'
import type { RealmStore } from '../../src/core/engines/realm/types.ts'
import { needOracle } from '../../testkit/oracle/installed.ts'
import { translateClasses } from '../../testkit/oracle/realm-classes.ts'
import { runApp } from '../../testkit/run-example.ts'

const imports = [
  "import Realm, { BSON, Types, List, Set, Dictionary, Mixed, index, mapTo } from 'realm'",
  "import { Realm, List } from '@realm/react'",
  "import Realm from 'realm'",
]

const members = `
boolean!: boolean
string!: string
number!: number
date!: Date
data!: ArrayBuffer
realmInt!: Realm.Types.Int
int!: Types.Int
bool!: Realm.Types.Bool
float!: Realm.Types.Float
double!: Realm.Types.Double
text!: Realm.Types.String
decimal!: Realm.BSON.Decimal128
bsonId!: BSON.ObjectId
id!: Realm.BSON.ObjectId
typeId!: Realm.Types.ObjectId
uuid!: Realm.BSON.UUID
typeUuid!: Realm.Types.UUID
realmDate!: Realm.Types.Date
realmData!: Realm.Types.Data
list!: Realm.List<string>
listOf!: Realm.List<Task>
listType!: Realm.Types.List<Realm.Types.Int>
bare!: List<string>
set!: Realm.Set<number>
bareSet!: Set<string>
dictionary!: Realm.Dictionary<string>
mixed!: Realm.Mixed
mixedType!: Realm.Types.Mixed
link!: Task
optionalLink?: Task
backlinks!: Realm.Types.LinkingObjects<Task, 'link'>
optional?: string
orUndefined!: string | undefined
undefinedOr!: undefined | Realm.Types.Int
orNull!: string | null
three!: string | null | undefined
literal!: 'a' | 'b'
array!: string[]
generic!: Array<string>
record!: Record<string, number>
bytes!: Uint8Array
any!: any
unknown!: unknown
object!: object
big!: bigint
shape!: { a: string }
realmId!: Realm.ObjectId
realmUuid!: Realm.UUID
counter!: Realm.Types.Counter
results!: Realm.Results<Task>
oldLinks!: Realm.LinkingObjects<Task, 'link'>
listOfOptional!: Realm.List<string | undefined>
listOfNull!: Realm.List<string | null>
nested!: Realm.List<Realm.List<string>>
paren!: (string)
withText = 'a'
withNumber = 1
withBoolean = false
withList = []
withNull = null
withMinus = -1
withCall = make()
withDate = new Date()
withBuffer = new ArrayBuffer(8)
withId = new Realm.BSON.ObjectId()
withBsonId = new BSON.ObjectId()
typedDefault: string = 'a'
typedCall: Realm.BSON.ObjectId = new Realm.BSON.ObjectId()
'quoted'!: string
['computed']!: string
#hidden!: string
static shared: string
declare declared: string
@index indexed!: string
@index('full-text') searched!: string
@Realm.index realmIndexed!: string
@mapTo('kept') mapped!: string
@Realm.mapTo('held') realmMapped!: string
$dollar!: string
readonly fixed!: string
private own!: string
union!: Task | undefined
`
  .trim()
  .split('\n')

const statics = [
  '',
  "static primaryKey = 'string'",
  "static name = 'Other'",
  'static embedded = true',
  'static asymmetric = true',
  'static primaryKey = key\nstatic embedded = !!1',
]

describe('oracle: what the Babel plugin makes of a class', function () {
  this.timeout(60_000)
  before(function () {
    needOracle(this)
  })

  for (const header of imports)
    for (const preset of [true, false])
      it(`${header}${preset ? ' with the preset for TypeScript' : ''}: agrees on each member`, () => {
        const compared = members.filter(member => compare(header, `  ${member}`, preset))
        assert.ok(compared.length > members.length - 10)
      })

  it('agrees on the keys of a class', () => {
    for (const own of statics) compare(imports[0]!, `  string!: string\n  ${own}`, true)
  })

  it('agrees on which classes it sees', () => {
    const header = "import Realm, { Object as RealmObject, Object } from 'realm'\nclass Base extends Realm.Object {}"
    for (const base of ['Realm.Object', 'Realm.Object<Task>', 'Object', 'RealmObject', 'Base']) {
      compare(header, '  title!: string', true, `export class Task extends ${base} {`)
    }
    compare("import type Realm from 'realm'", '  title!: string', true)
    compare('', '  title!: string', true)
    compare("import Realm from 'realm'", '  title!: string', true, 'export const Task = class extends Realm.Object {')
  })
})

/** Both must find the same schema, or none. False where the build stops. */
function compare(
  header: string,
  body: string,
  preset: boolean,
  head = 'export class Task extends Realm.Object {',
): boolean {
  const source = `${header}\n${head}\n${body}\n}\n`
  const own = ours(source, preset)
  let real: Schema | undefined
  try {
    real = theirs(source, preset)
  } catch (error) {
    assert.match(String(error), /declare|Definitely assigned|Decorators/, source)
    return false
  }
  // What realm then refuses has no shape of ours.
  for (const name of own?.refused ?? []) {
    assert.ok(real?.properties[name], `${name} is written: ${source}`)
    delete real.properties[name]
  }
  assert.deepEqual(own?.schema, real, source)
  return true
}

type Schema = {
  readonly name: string
  readonly primaryKey?: string
  readonly embedded?: boolean
  readonly asymmetric?: boolean
  readonly properties: Record<string, object>
}

function theirs(source: string, preset: boolean): Schema | undefined {
  const { code } = translateClasses(source, { file: 'Task.ts', preset })
  const start = code.indexOf('static schema = {', code.search(/class Task|Task = /))
  if (start < 0) return undefined
  const schema = runInNewContext(`(${objectAt(code, code.indexOf('{', start))})`) as Schema
  const { embedded, asymmetric, ...rest } = schema
  // Objects of another context are equal to none; defaults are told by their presence alone.
  return JSON.parse(
    JSON.stringify({ ...rest, ...(embedded && { embedded }), ...(asymmetric && { asymmetric }) }, (key, value) =>
      key === 'default' ? true : value,
    ),
  ) as Schema
}

/** The text of the object literal that begins at `start`; the plugin writes no brackets into strings. */
function objectAt(code: string, start: number): string {
  let depth = 0
  for (let at = start; at < code.length; at++) {
    if (code[at] === '{') depth++
    if (code[at] === '}' && --depth === 0) return code.slice(start, at + 1)
  }
  return code.slice(start)
}

function ours(
  source: string,
  preset: boolean,
): { readonly schema: Schema; readonly refused: readonly string[] } | undefined {
  const app = runApp(
    {
      'src/Task.ts': source,
      'src/realm.ts':
        "import Realm from 'realm'\nimport { Task } from './Task'\nexport const realm = new Realm({ schema: [Task] })\n",
    },
    {
      rules: [],
      project: {
        versions: { realm: '12.15.0' },
        babel: {
          file: '/app/babel.config.js',
          presets: preset ? ['@babel/preset-typescript'] : [],
          plugins: [{ name: '@realm/babel-plugin' }],
        },
      },
    },
  )
  const [store] = app.analyzer.stores() as readonly unknown[] as readonly RealmStore[]
  const [one] = store?.classes ?? []
  if (one?.form !== 'babel') return undefined
  const schema: Schema = {
    name: one.name.text,
    ...(one.primaryKey && { primaryKey: one.primaryKey.text }),
    ...(one.embedded && { embedded: true }),
    ...(one.asymmetric && { asymmetric: true }),
    properties: Object.fromEntries(
      one.fields.flatMap(field => {
        const { shape, index, mapTo, default: value, isPrimary, member } = field
        const declared = declaredOf(shape)
        const optional = member?.fact.isOptional || /undefined/.test(member?.fact.type?.text ?? '')
        return declared
          ? [
              [
                field.name.text,
                {
                  type: declared.type,
                  ...(optional && { optional: true }),
                  ...(declared.objectType !== undefined && { objectType: declared.objectType }),
                  ...(shape?.origin !== undefined && { property: shape.origin }),
                  ...(value && { default: true }),
                  ...(index && !isPrimary && { indexed: index }),
                  ...(mapTo && { mapTo: mapTo.text }),
                },
              ] as const,
            ]
          : []
      }),
    ),
  }
  return { schema, refused: one.fields.flatMap(field => (field.fault ? [field.name.text] : [])) }
}

const declaredOf = (shape: RealmStore['classes'][number]['fields'][number]['shape']) =>
  shape && { type: shape.kind, objectType: shape.target ?? (shape.element === 'object' ? undefined : shape.element) }
