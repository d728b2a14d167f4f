// A shorthand such as `int?` stands in the object form of a property.
import { placeOf } from '../../../catalog/place-of.ts'
import type { Entry } from '../../../catalog/scope.ts'
import type { FixContext, Rule } from '../../../rules/rule.ts'
import type { TextEdit } from '../../../text/edit.ts'
import { lineIndent, quoted, quotedLike, styleOf } from '../../../write/style.ts'
import { replaceAt, textAt } from '../edit-object.ts'
import { propertyOf, realm12, realmApp, realmProject } from '../example-app.ts'
import { valueTypes } from '../schema/normalize.ts'
import type { ClassInStore, Property } from '../types.ts'

interface Data {
  readonly property: Property
}

export const shorthandInObjectForm: Rule<ClassInStore, Data> = {
  id: 'realm/shorthand-in-object-form',
  severity: 'error',
  early: true,
  on: 'class',
  docs: {
    what: "From realm 12 on, a shorthand (`'int?'`, `'Task[]'`, `'counter'`) stands in `type` or `objectType` of a property that is written as an object.",
    why: "Opening the realm throws `Cannot use shorthand '?' in 'type' or 'objectType' when defining property objects`. Realm 10 and 11 took it, so this breaks apps when they update.",
    fix: 'Writes the shorthand out: `type: "int", optional: true`.',
  },
  *check({ class: one }) {
    for (const property of one.fields) {
      const { fault, name } = property
      if (fault?.kind !== 'shorthand-in-object') continue
      const marks = /'.*?' in/.exec(fault.message)?.[0].slice(0, -3) ?? 'a shorthand'
      yield {
        at: fault.at,
        message: `Realm 12 and later refuse the shorthand ${marks.replaceAll("'", '"')} in the object form of "${name.text}": opening the realm throws, so the app does not start. Write it out with keys of its own.`,
        data: { property },
      }
    }
  },
  fix({ data: { property } }, context) {
    const edit = writtenOut(property, context)
    return edit && { title: 'Write the shorthand out', safe: true, edits: [edit] }
  },
  examples: [
    ...(
      [
        ["type: 'int?'", "'int?'", "type: 'int', optional: true"],
        ["type: 'string?[]'", "'string?[]'", "type: 'list', objectType: 'string', optional: true"],
        ["type: 'Task[]'", "'Task[]'", "type: 'list', objectType: 'Task'"],
        ["type: 'Task?'", "'Task?'", "type: 'object', objectType: 'Task'"],
        ["type: 'int{}'", "'int{}'", "type: 'dictionary', objectType: 'int'"],
        ["type: 'counter'", "'counter'", "type: 'int', presentation: 'counter'"],
        ["type: 'list', objectType: 'int?'", "'int?'", "type: 'list', objectType: 'int', optional: true"],
        ["type: 'list', objectType: 'Task?'", "'Task?'", "type: 'list', objectType: 'Task'"],
        ["type: 'int?', optional: true", "'int?'", "type: 'int', optional: true"],
        ["type: 'object', objectType: 'Task?'", "'Task?'", "type: 'object', objectType: 'Task'"],
      ] as const
    ).map(([before, wrong, after]) => ({
      name: before,
      project: realm12,
      files: realmApp({ classes: { Task: propertyOf(before, wrong, 'shorthand') } }),
      fixed: { 'src/db/schema.ts': realmApp({ classes: { Task: propertyOf(after) } })['src/db/schema.ts']! },
    })),
    {
      name: 'a template around the name of a class',
      project: realmProject('20.2.0'),
      files: realmApp({
        files: {
          'src/db/schema.ts': `import { Names } from './names'

export const TaskSchema = {
  name: Names.Task,
  properties: { subtasks: { type: \`\${Names.Task}[]\`, mapTo: 's' } },
//                                ^^^^^^^^^^^^^^^^^ shorthand "[]"
}
`,
          'src/db/names.ts': "export enum Names {\n  Task = 'Task',\n}\n",
        },
      }),
      fixed: {
        'src/db/schema.ts': `import { Names } from './names'

export const TaskSchema = {
  name: Names.Task,
  properties: { subtasks: { type: 'list', objectType: Names.Task, mapTo: 's' } },
}
`,
      },
    },
    ...['10.21.1', '11.10.2'].map(version => ({
      name: `realm ${version} takes it`,
      project: realmProject(version),
      files: realmApp({
        classes: { Task: "properties: { a: { type: 'int?' }, b: { type: 'Task[]' }, c: { type: 'Task?' } }," },
      }),
    })),
    {
      name: 'shorthands by themselves, and names that only look like one',
      project: realm12,
      files: realmApp({
        classes: { Task: "properties: { a: 'int?', b: 'Task[]', c: 'counter', d: { type: 'int', optional: true } }," },
      }),
    },
    {
      name: 'a version that is not known',
      files: realmApp({ classes: { Task: "properties: { a: { type: 'int?' } }," } }),
    },
  ],
}

/** The edit that gives each mark a key of its own; undefined where keys contradict each other. */
function writtenOut({ entries, fault }: Property, context: FixContext): TextEdit | undefined {
  const type = entries.get('type')
  const objectType = entries.get('objectType')
  const marked = [objectType, type].find(entry => entry && placeOf(entry.value).span === fault?.at.span)
  const read = marked && readMarks(marked, marked === type ? fault?.meant : undefined)
  const source = read && baseSource(marked, read, context)
  const text = context.text(marked?.at.file ?? '')
  if (!read || source === undefined || text === undefined) return undefined
  const { base, isOptional, collection } = read
  const isCounter = base === 'counter'
  const isValue = isCounter || valueTypes.has(base)
  if (collection && (isCounter || marked === objectType)) return undefined
  if (isCounter && marked === objectType) return undefined
  if (marked === type && objectType) return undefined
  const given = entries.get('optional')?.value.value
  const isList = collection === '[]' || collection === '<>' || ['list', 'set'].includes(textOf(type) ?? '')
  if (given && (given.kind !== 'boolean' || !given.value || (isList && !isValue))) return undefined

  const quote = (word: string) => quoted(word, styleOf(text))
  const keys: string[] = []
  if (marked === objectType) keys.push(`objectType: ${source}`)
  else if (collection) keys.push(`type: ${quote(collectionNames[collection])}`, `objectType: ${source}`)
  else if (isCounter) keys.push(`type: ${quote('int')}`, `presentation: ${quote('counter')}`)
  else if (isValue) keys.push(`type: ${source}`)
  else keys.push(`type: ${quote('object')}`, `objectType: ${source}`)
  if (isOptional && isValue && !given) keys.push('optional: true')

  const { start } = marked.at.span
  const indent = lineIndent(text, start)
  const isAlone = text.slice(0, start).endsWith(`\n${indent}`)
  return replaceAt(marked.at, keys.join(isAlone ? `,${styleOf(text).newline}${indent}` : ', '))
}

const collectionNames = { '[]': 'list', '{}': 'dictionary', '<>': 'set' } as const

interface Marks {
  readonly base: string
  readonly isOptional: boolean
  readonly collection: keyof typeof collectionNames | undefined
}

const textOf = (entry: Entry | undefined): string | undefined =>
  entry?.value.value.kind === 'string' ? entry.value.value.text : undefined

function readMarks(entry: Entry, known: string | undefined): Marks | undefined {
  const found = /^(.+?)(\?)?(\[\]|\{\}|<>)?$/.exec(known ?? textOf(entry) ?? '')
  return found
    ? { base: found[1]!, isOptional: found[2] !== undefined, collection: found[3] as Marks['collection'] }
    : undefined
}

/** What is left of the value without its marks, as source; only literals and templates that begin with a name are taken apart. */
function baseSource({ value: { value, file } }: Entry, { base }: Marks, context: FixContext): string | undefined {
  const written = textAt({ file, span: value.at }, context)
  if (value.kind === 'string' && written !== undefined) return quotedLike(written, base)
  const [name] = value.kind === 'template' ? value.values : []
  if (value.kind !== 'template' || !name || value.values.length > 1 || value.texts[0] !== '') return undefined
  return textAt({ file, span: name.at }, context)
}
