// A migration from AsyncStorage changes values, or removes what it cannot copy again.
import type { Evidence, Fix, Rule } from '../../../rules/rule.ts'
import type { Span } from '../../../text/span.ts'
import { asyncStorageCopies, type Removal, type TurnedValue } from '../adapters/async-storage-copies.ts'
import { mmkv4, mmkvApp } from '../example-app.ts'
import { isTestFile } from '../files.ts'
import type { CodeOfFile } from '../types.ts'

type Data =
  | ({ readonly kind: 'turned'; readonly file: string } & TurnedValue)
  | ({ readonly kind: 'removal'; readonly file: string; readonly canAwait: boolean } & Removal)

const app = (body: string) =>
  mmkvApp({
    files: {
      'src/migrate.ts': `import AsyncStorage from '@react-native-async-storage/async-storage'
import { storage } from './storage'

export async function migrate() {
  for (const key of await AsyncStorage.getAllKeys()) {
    const value = await AsyncStorage.getItem(key)
${body}
}
`,
    },
  })

export const lossyAsyncstorageMigration: Rule<CodeOfFile, Data> = {
  id: 'mmkv/lossy-asyncstorage-migration',
  severity: 'warning',
  on: 'code',
  docs: {
    what: "A function that copies everything from AsyncStorage to MMKV, as the script in MMKV's documentation does, turns the texts `true` and `false` into booleans, removes an entry without waiting for it, or removes it before it has set its mark that all is done.",
    why: 'A text that became a boolean reads as `undefined` or `""` by `getString`. And what was removed is not there to be copied again when the app stops in the middle.',
    fix: 'Copies the text as it is, awaits the removal, or keeps the source (for some releases; remove it in a later one).',
  },
  *check(code) {
    const { file, scope } = code
    if (isTestFile(scope, file)) return
    for (const { turned, removals } of asyncStorageCopies(code)) {
      for (const one of turned)
        yield {
          at: { file, span: one.value.at },
          message:
            'This copies the texts "true" and "false" as booleans: getString gives undefined or "" for them, so code that reads them as before finds nothing. Copy every value as the text it is.',
          data: { kind: 'turned', file, ...one },
        }
      for (const one of removals) yield* ofRemoval(code, one)
    }
  },
  fix({ data }, context) {
    const text = context.text(data.file)
    if (text === undefined) return undefined
    return data.kind === 'turned' ? copyText(data, text) : mendRemoval(data, text)
  },
  examples: [
    {
      name: 'texts that become booleans',
      project: mmkv4,
      files: app(`    if (value === 'true' || value === 'false') storage.set(key, value === 'true')
    //                                                          ^^^^^^^^^^^^^^^^ Copy every value as the text it is
    else if (value !== null) storage.set(key, value)
  }`),
      fixed: {
        'src/migrate.ts': app(`    if (value === 'true' || value === 'false') storage.set(key, value)
    else if (value !== null) storage.set(key, value)
  }`)['src/migrate.ts']!,
      },
    },
    {
      name: 'a removal that nobody waits for',
      project: mmkv4,
      files: app(`    if (value !== null) storage.set(key, value)
    AsyncStorage.removeItem(key)
    //           ^^^^^^^^^^ is not awaited
  }`),
      fixed: {
        'src/migrate.ts': app(`    if (value !== null) storage.set(key, value)
    await AsyncStorage.removeItem(key)
  }`)['src/migrate.ts']!,
      },
    },
    {
      name: 'a removal before the mark',
      project: mmkv4,
      files: app(`    if (value !== null) storage.set(key, value)
    await AsyncStorage.removeItem(key)
    //                 ^^^^^^^^^^ before "migrated" is set
  }
  storage.set('migrated', true)`),
      fixed: {
        'src/migrate.ts': app(`    if (value !== null) storage.set(key, value)
  }
  storage.set('migrated', true)`)['src/migrate.ts']!,
      },
    },
    {
      name: 'all pairs at once, as in the documentation of MMKV',
      project: mmkv4,
      files: mmkvApp({
        files: {
          'src/migrate.js': `import AsyncStorage from '@react-native-async-storage/async-storage'
import { storage } from './storage'

export const hasMigrated = storage.getBoolean('hasMigrated')
export async function migrate() {
  const keys = await AsyncStorage.getAllKeys()
  const pairs = await AsyncStorage.multiGet(keys)
  pairs.forEach(([key, value]) => {
    storage.set(key, ['true', 'false'].includes(value) ? value === 'true' : value)
    //               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    AsyncStorage.removeItem(key)
    //           ^^^^^^^^^^ is not awaited, and runs before "hasMigrated" is set
  })
  storage.set('hasMigrated', true)
}
`,
        },
      }),
    },
    {
      name: 'texts, the mark first; one entry that is moved when it is read; a switch of one key',
      project: mmkv4,
      files: mmkvApp({
        files: {
          ...app(`    if (value !== null && !storage.contains(key)) storage.set(key, value)
  }
  storage.set('migrated', 1)
  await AsyncStorage.clear()`),
          'src/read.ts': `import AsyncStorage from '@react-native-async-storage/async-storage'
import { storage } from './storage'

export async function read(key: string) {
  if (storage.contains(key)) return storage.getString(key)
  const old = await AsyncStorage.getItem(key)
  if (old !== null) storage.set(key, old)
  void AsyncStorage.removeItem(key)
  storage.set('dark', (await AsyncStorage.getItem('dark')) === 'true')
  return old
}
`,
        },
      }),
    },
  ],
}

function* ofRemoval({ file, scope }: CodeOfFile, removal: Removal): Generator<Evidence<Data>> {
  const { call, fact, isAwaited, flag } = removal
  if ((isAwaited && flag === undefined) || call.callee.kind !== 'member') return
  const reasons = [
    ...(isAwaited ? [] : ['is not awaited']),
    ...(flag === undefined ? [] : [`${isAwaited ? 'runs ' : 'and runs '}before "${flag}" is set`]),
  ]
  const effect =
    flag === undefined
      ? 'it may fail unseen, or go on while the app already works with what was copied'
      : 'if the app stops in between, what is gone cannot be copied again'
  const isIn = fact.fn === undefined ? undefined : scope.usage(file)?.functions[fact.fn]
  yield {
    at: { file, span: call.callee.nameAt },
    message: `This removal ${reasons.join(', ')}: ${effect}. Keep the source for some releases, and remove it when all is copied.`,
    data: { kind: 'removal', file, canAwait: isIn?.isAsync === true && !isAwaited && flag === undefined, ...removal },
  }
}

function copyText({ file, value, source }: Data & { readonly kind: 'turned' }, text: string): Fix {
  const { start, end } = value.at
  const edit = { file, start, end, text: text.slice(source.at.start, source.at.end) }
  return { title: 'Copy the text as it is', safe: false, edits: [edit] }
}

function mendRemoval({ file, call, canAwait }: Data & { readonly kind: 'removal' }, text: string): readonly Fix[] {
  const { start } = call.at
  const statement = statementAt(text, call.at)
  return [
    ...(canAwait
      ? [{ title: 'Await the removal', safe: true, edits: [{ file, start, end: start, text: 'await ' }] }]
      : []),
    ...(statement ? [{ title: 'Keep the source', safe: false, edits: [{ file, ...statement, text: '' }] }] : []),
  ]
}

/** The lines of a call that is a statement in a block of its own; undefined where taking it out would change what stands around it. */
function statementAt(text: string, { start, end }: Span): { readonly start: number; readonly end: number } | undefined {
  const before = /(?:\r?\n)[ \t]*(?:await |void )?$/.exec(text.slice(0, start))
  const after = /^[ \t]*;?[ \t]*(?=\r?\n)/.exec(text.slice(end))
  if (!before || !after) return undefined
  const line = text.slice(text.lastIndexOf('\n', before.index - 1) + 1, before.index)
  if (/(?:\belse|=>)\s*$/.test(line) || isCondition(line)) return undefined
  return { start: before.index, end: end + after[0].length }
}

/** True for a line that ends with the condition of an `if` or a loop, whose statement is what comes next. */
function isCondition(line: string): boolean {
  const head = /(?:^|\W)(?:if|while|for(?: await)?)\s*(?=\()/.exec(line)
  if (!head) return false
  let depth = 0
  for (const [i, sign] of [...line.slice(head.index + head[0].length).trimEnd()].entries()) {
    if (sign === '(') depth++
    if (sign === ')' && --depth === 0) return line.slice(head.index + head[0].length + i + 1).trim() === ''
  }
  return false
}
