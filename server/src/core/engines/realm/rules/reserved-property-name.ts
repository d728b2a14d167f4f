// A property has a name that no query can write.
import { placeOf } from '../../../catalog/place-of.ts'
import type { Fix, FixContext, Rule } from '../../../rules/rule.ts'
import type { TextEdit } from '../../../text/edit.ts'
import { quoted, styleOf } from '../../../write/style.ts'
import { addKey, renameKey, replaceAt } from '../edit-object.ts'
import { realm12, realmApp, withBabelPlugin } from '../example-app.ts'
import { parseQuery } from '../rql/parse-query.ts'
import { declarationText } from '../schema/write-declaration.ts'
import type { ClassInStore, Property, RealmClass } from '../types.ts'

interface Data {
  readonly class: RealmClass
  readonly property: Property
}

export const reservedPropertyName: Rule<ClassInStore, Data> = {
  id: 'realm/reserved-property-name',
  severity: 'info',
  early: true,
  on: 'class',
  docs: {
    what: 'A property has a name that means something else in queries (`all`, `not`, `true`, `null`, `obj` …) or that begins with a digit, and no other name in the file.',
    why: 'A query that names it throws `Invalid predicate: … syntax error` or `Cannot compare two constants` when it runs.',
    fix: 'Gives it another name in JavaScript and keeps the one in the file by `mapTo`. Code that uses the old name is to be changed.',
  },
  *check({ class: one }) {
    for (const property of one.fields) {
      const { name, persisted, unclear, mapTo, shape } = property
      if (name.text === '' || (unclear && !mapTo) || shape?.kind === 'linkingObjects') continue
      if (isWritable(name.text) || isWritable(persisted.text)) continue
      yield {
        at: name.at,
        message: `No query can name the property "${name.text}": it throws as soon as one is run. Give it another name and keep this one in the file by "mapTo".`,
        data: { class: one, property },
      }
    }
  },
  fix({ data: { class: one, property } }, context) {
    return otherName(one, property, context)
  },
  examples: [
    {
      name: 'words of the query language, and names that begin with a digit',
      project: realm12,
      files: realmApp({
        classes: {
          Task: `properties: {
  all: 'bool',
  ^^^ No query can name the property "all"
  'null': { type: 'int', indexed: true },
  ^^^^^^ "null"
  '1st': 'string',
  ^^^^^ "1st"
  or: { type: 'bool', mapTo: 'and' },
  ^^ "or"
  title: 'string',
},`,
        },
      }),
      fixed: {
        'src/db/schema.ts': `import Realm from 'realm'

export const TaskSchema: Realm.ObjectSchema = {
  name: 'Task',
  properties: {
    allValue: { type: 'bool', mapTo: 'all' },
    'null': { type: 'int', indexed: true },
    '1st': 'string',
    or: { type: 'bool', mapTo: 'and' },
    title: 'string',
  },
}
`,
      },
    },
    {
      name: 'an object',
      project: realm12,
      files: realmApp({
        classes: { Task: "properties: {\n  '1st': { type: 'int' },\n  ^^^^^ \"1st\"\n}," },
      }),
      fixed: {
        'src/db/schema.ts': realmApp({
          classes: { Task: "properties: {\n  '_1st': { type: 'int', mapTo: '1st' },\n}," },
        })['src/db/schema.ts']!,
      },
    },
    {
      name: 'a class with a field',
      project: realm12,
      files: realmApp({
        models: {
          Task: "not!: boolean\nstatic schema = {\n  name: 'Task',\n  properties: {\n    not: 'bool',\n    ^^^ \"not\"\n  },\n}",
        },
      }),
      fixed: {
        'src/models/Task.ts': realmApp({
          models: {
            Task: "notValue!: boolean\nstatic schema = {\n  name: 'Task',\n  properties: {\n    notValue: { type: 'bool', mapTo: 'not' },\n  },\n}",
          },
        })['src/models/Task.ts']!,
      },
    },
    {
      name: 'a class that the Babel plugin translates',
      project: withBabelPlugin(),
      files: realmApp({ models: { Task: 'any!: string\n^^^ "any"\nlimit!: number' } }),
    },
    {
      name: 'words that are names as well, and another name in the file',
      project: realm12,
      files: realmApp({
        classes: {
          Task: `properties: {
  limit: 'int', size: 'int', first: 'int', last: 'int', text: 'string', sort: 'int', asc: 'int', in: 'int',
  contains: 'int', like: 'int', between: 'int', distinct: 'int', True: 'int', Any: 'int', 'a-b': 'int', 'a b': 'int', é: 'int',
  and: { type: 'bool', mapTo: 'both' }, both2: { type: 'bool', mapTo: 'or' }, all: { type: 'bool', mapTo: other },
},`,
        },
      }),
    },
  ],
}

/** Answers by name: most classes name their properties alike. */
const writable = new Map<string, boolean>()

/** True when a query may begin with this name. */
function isWritable(name: string): boolean {
  const known = writable.get(name) ?? isName(name)
  writable.set(name, known)
  return known
}

/** True for what a query reads as one name. Blanks in it can be escaped. */
function isName(name: string): boolean {
  const { problems, tree } = parseQuery(`${name.replace(/[ \n\r\t]/g, '\\$&')} == 1`)
  const { where } = tree
  if (problems.length > 0 || where?.kind !== 'compare' || where.left.kind !== 'property') return false
  const { quantifier, path, post, aggregate } = where.left
  const [only, ...more] = path.elements
  return !quantifier && !post && !aggregate && more.length === 0 && only?.kind === 'name' && only.name === name
}

function otherName(one: RealmClass, property: Property, context: FixContext): Fix | undefined {
  const { name, form, entry, declared, shape, mapTo, persisted, member, isPrimary } = property
  const to = /^\d/.test(name.text) ? `_${name.text}` : `${name.text}Value`
  const isTaken = one.fields.some(field => field.name.text === to || field.persisted.text === to)
  const text = entry && context.text(entry.value.file)
  // A primary key cannot be mapped.
  if (isPrimary || isTaken || !isWritable(to) || form === 'member' || !entry || text === undefined) return undefined
  const style = styleOf(text)
  const key = renameKey(entry, to, context)
  const old = `mapTo: ${quoted(persisted.text, style)}`
  const edits: (TextEdit | undefined)[] = [key]
  if (form === 'object' && !mapTo) edits.push(addKey(declared, old, context))
  if (form === 'shorthand') {
    if (!shape || entry.value.value.kind !== 'string') return undefined
    edits.push(replaceAt(placeOf(entry.value), declarationText(shape, [old], style)))
  }
  if (member) edits.push(replaceAt(member.nameAt, to))
  const known = edits.filter(edit => edit !== undefined)
  if (known.length < edits.length) return undefined
  return { title: `Call it "${to}" and keep "${persisted.text}" in the file`, safe: false, edits: known }
}
