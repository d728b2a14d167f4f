// A LokiJSAdapter lacks options that it demands.
import type { Located } from '../../../catalog/scope.ts'
import type { Rule } from '../../../rules/rule.ts'
import { isAtLeast } from '../../../text/version.ts'
import { insertElement } from '../../../write/insert-element.ts'
import { styleOf } from '../../../write/style.ts'
import { exampleApp } from '../example-app.ts'
import type { CodeOfFile } from '../types.ts'

/** The options and the values that new apps give them. */
const wanted: Readonly<Record<string, string>> = { useWebWorker: 'false', useIncrementalIndexedDB: 'true' }

interface Data {
  readonly options: Located
  readonly missing: readonly string[]
}

const index = (options: string) => `import { Database } from '@nozbe/watermelondb'
import LokiJSAdapter from '@nozbe/watermelondb/adapters/lokijs'
import { schema } from './schema'

export const adapter = new LokiJSAdapter({ ${options} })
export const database = new Database({ adapter, modelClasses: [] })
`

export const lokiOptions: Rule<CodeOfFile, Data> = {
  id: 'watermelondb/loki-options',
  severity: 'error',
  on: 'code',
  docs: {
    what: '`new LokiJSAdapter` without `useWebWorker` or `useIncrementalIndexedDB`.',
    why: 'A development build throws `option is required`, although the types say that they may be left out.',
    fix: 'Adds `useWebWorker: false` and `useIncrementalIndexedDB: true`. Data that a release stored without the second option is in another format.',
  },
  *check(code) {
    for (const { name, call } of code.sites()) {
      const [argument] = call.value.args
      if (name !== 'LokiJSAdapter' || !call.value.isNew || !argument) continue
      const options = code.scope.follow({ value: argument, file: call.file })
      const shape = code.scope.shape(options)
      const missing = shape?.complete ? Object.keys(wanted).filter(key => !shape.entries.has(key)) : []
      if (missing.length === 0 || !isDemanding(code)) continue
      yield {
        at: { file: call.file, span: call.value.callee.at },
        message: `LokiJSAdapter demands "${missing.join('" and "')}": without it the app throws in development. Give ${missing.map(key => `${key}: ${wanted[key]}`).join(' and ')}.`,
        ...(options.value.kind === 'object' && { data: { options, missing } }),
      }
    }
  },
  fix({ data }, context) {
    const text = data && context.text(data.options.file)
    if (text === undefined || data.options.value.kind !== 'object') return undefined
    const { file, value } = data.options
    const elements = value.props.map(prop => prop.at)
    const list = { file, text, span: value.at, elements }
    const style = styleOf(text)
    const edits = data.missing.map(key => insertElement(list, elements.length, `${key}: ${wanted[key]}`, style, false))
    // Both go to one place: an empty literal is filled once.
    const isEmpty = elements.length === 0
    if (!isEmpty) return { title: 'Add the options', safe: false, edits }
    const all = data.missing.map(key => `${key}: ${wanted[key]}`).join(', ')
    return { title: 'Add the options', safe: false, edits: [insertElement(list, 0, all, style, false)] }
  },
  examples: [
    {
      name: 'one of the options',
      files: exampleApp({
        files: {
          'src/db/index.ts': index('schema, useWebWorker: false').replace(
            'false })\n',
            'false })\n//                         ^^^^^^^^^^^^^ demands "useIncrementalIndexedDB"\n',
          ),
        },
      }),
      fixed: { 'src/db/index.ts': index('schema, useWebWorker: false, useIncrementalIndexedDB: true') },
    },
    {
      name: 'neither option',
      files: exampleApp({
        files: {
          'src/db/index.ts': index('schema').replace(
            '({ schema })\n',
            '({ schema })\n//                         ^^^^^^^^^^^^^ demands "useWebWorker" and "useIncrementalIndexedDB"\n',
          ),
        },
      }),
      fixed: { 'src/db/index.ts': index('schema, useWebWorker: false, useIncrementalIndexedDB: true') },
    },
    {
      name: 'options that are all there, or cannot be read',
      files: exampleApp({
        files: {
          'src/db/index.ts': index('schema, useWebWorker: false, useIncrementalIndexedDB: true'),
          'src/db/other.ts': index('schema, ...options'),
        },
      }),
    },
    {
      name: 'a version that did not demand them',
      files: exampleApp({ files: { 'src/db/index.ts': index('schema') } }),
      project: { versions: { '@nozbe/watermelondb': '0.14.1' } },
    },
  ],
}

/** False for a version that is known and older than those whose options we know. */
function isDemanding(code: CodeOfFile): boolean {
  const { versions } = code.scope.workspace().project(code.file)
  const version = code.library.packages.map(name => versions[name]).find(one => one !== undefined)
  return version === undefined || isAtLeast(version, '0.24')
}
