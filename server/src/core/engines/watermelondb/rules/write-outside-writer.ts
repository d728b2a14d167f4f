// Records are changed outside of a writer, in code that certainly runs outside of all writers.

import { runsIn } from '../../../catalog/runs-in.ts'
import type { Rule } from '../../../rules/rule.ts'
import type { CallValue } from '../../../source/value.ts'
import { createWriterReader, recordWrites, type Write } from '../code/read-writer.ts'
import { databaseText, wrap } from '../code/write-call.ts'
import { exampleApp } from '../example-app.ts'
import type { CodeOfFile } from '../types.ts'

interface Data {
  readonly code: CodeOfFile
  readonly call: CallValue
  readonly write: Write
}

const names = [...recordWrites, 'create', 'batch']
const places = { load: 'when the file is loaded', effect: 'in an effect', event: 'in an event handler' }
const Post = "static table = 'posts'\n@text('title') title!: string"
const screen = (body: string) => `import { useEffect } from 'react'
import { database } from './db'
import type { Post } from './models/Post'

interface Props {
  post: Post
}

${body}
`

export const writeOutsideWriter: Rule<CodeOfFile, Data> = {
  id: 'watermelondb/write-outside-writer',
  severity: 'error',
  on: 'code',
  docs: {
    what: 'Code that runs on load, in an effect or in an event handler changes records without `database.write()`.',
    why: 'The call throws `can only be called from inside of a Writer` and nothing is saved.',
    fix: 'Wraps the call in `database.write()`. Functions with a name are not judged: they may run in the writer of their caller.',
  },
  *check(code) {
    const writers = createWriterReader(code)
    for (const name of names)
      for (const { call, fact } of writers.index.byName.get(name) ?? []) {
        const place = runsIn({ ...code, index: writers.index }, fact.fn)
        const write = place === 'unknown' || writers.workAround(fact.fn) ? undefined : writers.writeOf(call, fact.fn)
        if (!write || place === 'unknown') continue
        yield {
          at: { file: code.file, span: write.nameAt },
          message: `"${name}" runs outside of a writer (${places[place]}): it throws and nothing is saved. Wrap it in database.write().`,
          data: { code, call, write },
        }
      }
  },
  fix({ data: { code, call, write } }, context) {
    const database = databaseText(code, write, context)
    if (database === undefined) return undefined
    const edits = wrap(code.file, call.at, `${database}.write(() => `, ')')
    return { title: 'Wrap in database.write()', safe: true, edits }
  },
  examples: [
    {
      name: 'in an effect',
      files: exampleApp({
        models: { Post },
        files: {
          'src/screen.tsx': screen(`export function Screen({ post }: Props) {
  useEffect(() => {
    const open = async () => {
      await post.update(opened => {
      //         ^^^^^^ in an effect
        opened.title = 'read'
      })
    }
    open()
  }, [post])
}`),
        },
      }),
      fixed: {
        'src/screen.tsx': screen(`export function Screen({ post }: Props) {
  useEffect(() => {
    const open = async () => {
      await post.database.write(() => post.update(opened => {
        opened.title = 'read'
      }))
    }
    open()
  }, [post])
}`),
      },
    },
    {
      name: 'when the file is loaded',
      files: exampleApp({
        models: { Post },
        files: {
          'src/seed.js': `import { database } from './db'

database.get('posts').create(post => {
  //                  ^^^^^^ when the file is loaded
  post.title = 'Welcome'
})
`,
        },
      }),
      fixed: {
        'src/seed.js': `import { database } from './db'

database.write(() => database.get('posts').create(post => {
  post.title = 'Welcome'
}))
`,
      },
    },
    {
      name: 'in an event handler',
      files: exampleApp({
        models: { Post },
        files: {
          'src/screen.tsx': screen(`export const Row = ({ post }: Props) => (
  <Pressable onPress={() => post.markAsDeleted()} onSave={() => post.markAsDeleted()} />
  //                             ^^^^^^^^^^^^^ in an event handler
)`),
        },
      }),
    },
    {
      name: 'in writers, in functions with a name, of models with methods of their own',
      files: exampleApp({
        models: {
          Post: `${Post}\n@writer async markAsDeleted() {\n  await super.markAsDeleted()\n}\nrename() {\n  return this.update(() => {})\n}`,
        },
        files: {
          'src/screen.tsx': screen(`export function Screen({ post }: Props) {
  const rename = () => post.update(() => {})
  useEffect(() => {
    database.write(async () => {
      await post.update(() => {})
    })
    database.write(() => rename())
    post.markAsDeleted()
    const items = new Map()
    items.update(() => {})
  }, [post])
}`),
        },
      }),
    },
  ],
}
