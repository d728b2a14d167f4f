// A stored `false` is replaced as if it were missing.
import type { Scope } from '../../../catalog/scope.ts'
import type { Rule } from '../../../rules/rule.ts'
import { type Value, walkValue } from '../../../source/value.ts'
import { textAt } from '../edit-text.ts'
import { mmkv3, mmkv4 } from '../example-app.ts'
import type { CodeOfFile } from '../types.ts'

interface Data {
  readonly file: string
  readonly choice: Choice
}

/** `left || right`, or `test ? test : right`. */
interface Choice {
  readonly value: Value
  readonly left: Value
  readonly right: Value
}

export const lostFalse: Rule<CodeOfFile, Data> = {
  id: 'mmkv/lost-false',
  severity: 'warning',
  early: true,
  on: 'code',
  docs: {
    what: 'A function returns `getBoolean(key) || null` (or `|| undefined`, or `value ? value : null`), or code takes `getBoolean(key) || true`.',
    why: 'A stored `false` is given out as if nothing were stored, so what a user has switched off comes back or counts as never chosen.',
    fix: 'Writes `??`, which replaces only what is missing.',
  },
  *check(code) {
    const { scope, file } = code
    const reads = new Set<Value>()
    for (const { use } of code.uses())
      if (use.method === 'getBoolean' && !use.isTest && !use.isWrapped && use.call.file === file)
        reads.add(use.call.value)
    if (reads.size === 0) return
    for (const choice of choices(scope, file)) {
      if (!reads.has(choice.left) && !reads.has(declared(scope, file, choice.left) ?? choice.left)) continue
      const kind = choice.right.kind
      yield {
        at: { file, span: choice.value.at },
        message: `A stored false is given out as ${kind === 'boolean' ? 'true' : kind} here, so what the user has switched off is lost. Write "??", which replaces only what is missing.`,
        data: { file, choice },
      }
    }
  },
  fix({ data: { file, choice } }, context) {
    const { value, left, right } = choice
    const [before, after] = [left, right].map(part => textAt({ file, span: part.at }, context))
    const whole = textAt({ file, span: value.at }, context)
    if (before === undefined || after === undefined || whole === undefined) return undefined
    const edit = (start: number, end: number, text: string) => [{ file, start, end, text }]
    const title = 'Write "??"'
    if (value.kind === 'conditional')
      return { title, safe: true, edits: edit(value.at.start, value.at.end, `${before} ?? ${after}`) }
    const between = whole.slice(left.at.end - value.at.start, right.at.start - value.at.start)
    const at = left.at.end + between.indexOf('||')
    return between.includes('||') ? { title, safe: true, edits: edit(at, at + 2, '??') } : undefined
  },
  examples: [
    {
      name: 'a method that returns it',
      project: mmkv4,
      files: {
        'src/preferences.ts': `import { createMMKV } from 'react-native-mmkv'

const storage = createMMKV()
export class Preferences {
  getBool(key: string): boolean | null {
    return storage.getBoolean(key) || null
//         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ given out as null
  }
}
`,
      },
      fixed: {
        'src/preferences.ts': `import { createMMKV } from 'react-native-mmkv'

const storage = createMMKV()
export class Preferences {
  getBool(key: string): boolean | null {
    return storage.getBoolean(key) ?? null
  }
}
`,
      },
    },
    {
      name: 'a condition',
      project: mmkv3,
      files: {
        'src/preferences.js': `import { MMKV } from 'react-native-mmkv'

const storage = new MMKV()
export function isDark() {
  const value = storage.getBoolean('dark')
  return value ? value : null
//       ^^^^^^^^^^^^^^^^^^^^ given out as null
}
`,
      },
      fixed: {
        'src/preferences.js': `import { MMKV } from 'react-native-mmkv'

const storage = new MMKV()
export function isDark() {
  const value = storage.getBoolean('dark')
  return value ?? null
}
`,
      },
    },
    {
      name: 'a default that is true',
      project: mmkv4,
      files: {
        'src/preferences.ts': `import { createMMKV } from 'react-native-mmkv'

const storage = createMMKV()
export const hasSound = storage.getBoolean('sound') || true
//                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ given out as true
`,
      },
    },
    {
      name: 'what keeps false, what makes it of nothing, other types, conditions',
      project: mmkv4,
      files: {
        'src/preferences.ts': `import { createMMKV } from 'react-native-mmkv'

const storage = createMMKV()
export const a = () => storage.getBoolean('a') ?? null
export const b = () => storage.getBoolean('b') || false
export const c = () => storage.getString('c') || null
export const d = () => storage.getNumber('d') || null
export const e = () => (storage.getBoolean('e') ? 'on' : 'off')
export const f = () => cache.getBoolean('f') || null
const seen = storage.getBoolean('g') || undefined
if (seen) console.log('seen')
`,
      },
    },
  ],
}

/** Choices whose result is given out by a function, and those that are `true` otherwise, wherever they stand. */
function* choices(scope: Scope, file: string): Generator<Choice> {
  const usage = scope.usage(file)
  const seen = new Set<Value>()
  for (const { returns } of usage?.functions ?? [])
    for (const value of returns) {
      const choice = choiceOf(value)
      if (choice && !seen.has(value) && isMissing(choice.right)) {
        seen.add(value)
        yield choice
      }
    }
  const values = [
    ...Object.values(scope.module(file)?.bindings ?? {}).map(one => one.value),
    ...(usage?.functions ?? []).flatMap(one => one.returns),
    ...(usage?.calls ?? []).map(one => one.value),
  ]
  for (const value of values)
    for (const part of value ? walkValue(value) : []) {
      const choice = part.kind === 'binary' ? choiceOf(part) : undefined
      if (!choice || seen.has(part) || choice.right.kind !== 'boolean' || !choice.right.value) continue
      seen.add(part)
      yield choice
    }
}

const isMissing = ({ kind }: Value): boolean => kind === 'null' || kind === 'undefined'

function choiceOf(value: Value): Choice | undefined {
  if (value.kind === 'binary' && value.op === '||') return { value, left: value.left, right: value.right }
  if (value.kind !== 'conditional') return undefined
  const { test, whenTrue, whenFalse } = value
  const isSame = test.kind === 'name' && whenTrue.kind === 'name' && test.key !== undefined && test.key === whenTrue.key
  return isSame ? { value, left: test, right: whenFalse } : undefined
}

const declared = (scope: Scope, file: string, value: Value): Value | undefined =>
  value.kind === 'name' && value.key !== undefined ? scope.binding(file, value.key)?.value : undefined
