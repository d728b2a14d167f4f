// Fields of a class hide the properties of the objects that `new` makes.
import type { Rule } from '../../../rules/rule.ts'
import type { TextEdit } from '../../../text/edit.ts'
import { creations } from '../code/created-objects.ts'
import { realm12, realmApp, withBabelPlugin } from '../example-app.ts'
import { keepsBareFields } from '../models/emitted-fields.ts'
import type { CodeOfFile, Member } from '../types.ts'
import { majorFor } from '../versions.ts'

const schema = "static schema = { name: 'Task', properties: { title: 'string', done: 'bool' } }"
const add = {
  'src/add.ts': `import type Realm from 'realm'
import { Task } from './models/Task'

export const add = (realm: Realm) => new Task(realm, { title: 'a', done: false })
`,
}
const marked = {
  'src/add.ts': add['src/add.ts'].replace(/\n$/, '\n//                                       ^^^^ what is stored\n'),
}
const tsc = (options: object) => ({ ...realm12, tsconfig: { file: '/app/tsconfig.json', ...options } })

export const classFieldShadowsProperty: Rule<CodeOfFile, readonly Member[]> = {
  id: 'realm/class-field-shadows-property',
  severity: 'warning',
  on: 'code',
  docs: {
    what: 'An object is made by `new Task(realm, …)`, and the build keeps fields of the class that are only declared (`title!: string`): TypeScript with `useDefineForClassFields` or a target from ES2022 on, Babel with `allowDeclareFields`.',
    why: 'Each field becomes a property of its own on the new object, which hides the one of Realm: it reads `undefined`, and what is written to it is lost.',
    fix: 'Declares the fields: `declare title: string`.',
  },
  *check(code) {
    const { scope } = code
    for (const { how, classes, values, classAt, model } of creations(code)) {
      const [one] = classes
      const major = majorFor(scope, code.file)
      if (how !== 'new' || !one || !values || !model || major === undefined || major < 11) continue
      const hiding = one.fields.flatMap(({ member }) => (member && isBare(member) ? [member] : []))
      if (hiding.length === 0 || !hiding.every(member => keepsBareFields(scope, member.file))) continue
      const names = hiding.map(member => `"${member.fact.name}"`).join(', ')
      yield {
        at: classAt,
        message: `The field${hiding.length > 1 ? 's' : ''} ${names} of the class "${model.name}" exist${hiding.length > 1 ? '' : 's'} at run time and hide${hiding.length > 1 ? '' : 's'} what is stored: the new object reads undefined and loses what is written. Put "declare" before ${hiding.length > 1 ? 'them' : 'it'}, or use realm.create.`,
        related: hiding.map(member => ({ at: member.nameAt, message: `The field "${member.fact.name}"` })),
        data: hiding,
      }
    }
  },
  fix({ data: members }, context) {
    const edits: TextEdit[] = []
    for (const { fact, file } of members) {
      const text = context.text(file)
      // A declared field has no decorators, and JavaScript has no declared fields.
      if (text === undefined || fact.decorators.length > 0 || !/\.[cm]?tsx?$/.test(file)) return undefined
      const { start, end } = fact.nameAt
      const mark = fact.isDefinite ? text.indexOf('!', end) : -1
      const readonly = /readonly\s+$/.exec(text.slice(fact.at.start, start))
      const at = start - (readonly?.[0].length ?? 0)
      edits.push({ file, start: at, end: at, text: 'declare ' })
      if (mark >= 0) edits.push({ file, start: mark, end: mark + 1, text: '' })
    }
    return { title: 'Declare the fields', safe: false, edits }
  },
  examples: [
    {
      name: 'TypeScript for modern targets',
      project: tsc({ target: 'ES2022' }),
      files: {
        ...realmApp({ models: { Task: `title!: string\nprivate readonly done!: boolean\n${schema}` } }),
        ...marked,
      },
      fixed: {
        'src/models/Task.ts': realmApp({
          models: { Task: `declare title: string\nprivate declare readonly done: boolean\n${schema}` },
        })['src/models/Task.ts']!,
      },
    },
    {
      name: 'Babel that was told to keep them',
      project: {
        ...realm12,
        babel: {
          file: '/app/babel.config.js',
          presets: ['@babel/preset-env', '@babel/preset-typescript'],
          presetOptions: { '@babel/preset-typescript': { allowDeclareFields: true } },
          plugins: [],
        },
      },
      files: { ...realmApp({ models: { Task: `title: string\n${schema}` } }), ...marked },
      fixed: {
        'src/models/Task.ts': realmApp({ models: { Task: `declare title: string\n${schema}` } })['src/models/Task.ts']!,
      },
    },
    {
      name: 'JavaScript',
      project: { ...realm12, babel: { file: '/app/.babelrc', presets: ['@babel/env'], plugins: [] } },
      files: {
        'src/realm.js': `import Realm from 'realm'

class Task extends Realm.Object {
  title
  ${schema}
}
const realm = new Realm({ schema: [Task], schemaVersion: 1 })
export const add = () => new Task(realm, { title: 'a', done: false })
//                           ^^^^ The field "title"
`,
      },
    },
    {
      name: 'older targets, an option that says otherwise',
      project: tsc({ target: 'ES2022', useDefineForClassFields: false }),
      files: { ...realmApp({ models: { Task: `title!: string\n${schema}` } }), ...add },
    },
    {
      name: 'React Native takes them away',
      project: { ...withBabelPlugin(), tsconfig: { file: '/app/tsconfig.json', target: 'ESNext' } },
      files: { ...realmApp({ models: { Task: 'title!: string\ndone!: boolean' } }), ...add },
    },
    {
      name: 'Expo without a Babel config',
      project: tsc({ target: 'ESNext' }),
      files: {
        ...realmApp({ models: { Task: `title!: string\n${schema}` } }),
        ...add,
        'src/App.tsx': "import { View } from 'react-native'\n\nexport const App = () => <View />\n",
      },
    },
    {
      name: 'declared fields, fields that are no properties, realm.create',
      project: tsc({ useDefineForClassFields: true }),
      files: {
        ...realmApp({ models: { Task: `declare title: string\nisOpen!: boolean\n${schema}` } }),
        ...add,
        'src/more.ts': `import type Realm from 'realm'
import { Task } from './models/Task'

export const more = (realm: Realm) => realm.create(Task, { title: 'a', done: false })
`,
      },
    },
  ],
}

/** True for a field that has no initial value and is not only declared. */
const isBare = ({ fact }: Member): boolean => fact.kind === 'property' && !fact.isDeclare && !fact.initializer
