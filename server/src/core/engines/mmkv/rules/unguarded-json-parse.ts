// JSON.parse is given what may be missing.
import type { Rule } from '../../../rules/rule.ts'
import type { CallValue } from '../../../source/value.ts'
import { quoted, styleOf } from '../../../write/style.ts'
import { callIndex } from '../code/call-index.ts'
import { mmkv3, mmkv4 } from '../example-app.ts'
import type { CodeOfFile, KeyUse } from '../types.ts'
import { isGuarded, readBehind } from '../values/guards.ts'

interface Data {
  readonly file: string
  readonly parse: CallValue
}

export const unguardedJsonParse: Rule<CodeOfFile, Data> = {
  id: 'mmkv/unguarded-json-parse',
  severity: 'warning',
  on: 'code',
  docs: {
    what: '`JSON.parse` is given what `getString` gave, without a fallback, a test or a `try` around it. In TypeScript only where `!` or `as string` hides it from the compiler.',
    why: 'On a fresh install nothing is stored: `JSON.parse(undefined)` throws, and the screen does not show.',
    fix: "Gives `?? 'null'` as the fallback, so that the result is `null`.",
  },
  *check(code) {
    const { scope, file, project } = code
    const { byName } = callIndex(scope.usage(file))
    const parses = (byName.get('parse') ?? []).filter(({ call }) => isJsonParse(call))
    if (parses.length === 0) return
    const reads = code.uses().filter(({ use }) => isRead(use))
    if (reads.length === 0) return
    for (const part of parses) {
      const [argument] = part.call.args
      const found = argument && readBehind(scope, { value: argument, file }, reads)
      if (!found || !argument || (isChecked(file, project.strictNullChecks) && !hasAssertion(part.call))) continue
      if (isGuarded(code, part, found)) continue
      const key = found.use.key?.text
      yield {
        at: { file, span: argument.at },
        message: `Nothing is stored ${key === undefined ? 'under this key' : `under "${key}"`} on a fresh install, and JSON.parse(undefined) throws. Give it a fallback: "?? 'null'".`,
        data: { file, parse: part.call },
      }
    }
  },
  fix({ data: { file, parse } }, context) {
    const [argument] = parse.args
    const text = context.text(file)
    if (!argument || text === undefined) return undefined
    const start = argument.at.end
    const tail = /^\s*(?:!|as\s+string)?(?=\s*,?\s*$)/.exec(text.slice(start, parse.argsAt.end - 1))
    if (!tail) return undefined
    const fallback = ` ?? ${quoted('null', styleOf(text))}`
    return {
      title: "Fall back to 'null'",
      safe: false,
      edits: [{ file, start, end: start + tail[0].length, text: fallback }],
    }
  },
  examples: [
    {
      name: 'in JavaScript',
      project: mmkv3,
      files: {
        'src/user.js': `import { MMKV } from 'react-native-mmkv'

const storage = new MMKV()
export const load = () => JSON.parse(storage.getString('user'))
//                                   ^^^^^^^^^^^^^^^^^^^^^^^^^ JSON.parse(undefined) throws
`,
      },
      fixed: {
        'src/user.js': `import { MMKV } from 'react-native-mmkv'

const storage = new MMKV()
export const load = () => JSON.parse(storage.getString('user') ?? 'null')
`,
      },
    },
    {
      name: 'in TypeScript, behind an assertion',
      project: mmkv4,
      files: {
        'src/user.ts': `import { createMMKV } from 'react-native-mmkv'

const storage = createMMKV()
export function load() {
  const raw = storage.getString('user')
  return JSON.parse(raw!)
//                  ^^^ under "user"
}
export const all = () => JSON.parse(storage.getString('all') as string)
//                                  ^^^^^^^^^^^^^^^^^^^^^^^^ under "all"
`,
      },
      fixed: {
        'src/user.ts': `import { createMMKV } from 'react-native-mmkv'

const storage = createMMKV()
export function load() {
  const raw = storage.getString('user')
  return JSON.parse(raw ?? 'null')
}
export const all = () => JSON.parse(storage.getString('all') as string)
`,
      },
    },
    {
      name: 'fallbacks, tests, a try, what the compiler says, and other values',
      project: mmkv4,
      files: {
        'src/start.ts': `import { storage } from './user'

storage.set('l', '[]')
export const fill = () => storage.contains('m') || storage.set('m', '{}')
`,
        'src/user.ts': `import { createMMKV } from 'react-native-mmkv'
import { assertThere, cache } from './other'

export const storage = createMMKV()
export const a = () => JSON.parse(storage.getString('a') ?? '{}')
export const b = () => JSON.parse(storage.getString('b') || '{}')
export function c() {
  if (storage.contains('c')) return JSON.parse(storage.getString('c')!)
}
export function d() {
  const raw = storage.getString('d')
  if (!raw) return undefined
  return JSON.parse(raw!)
}
export function e() {
  try {
    return JSON.parse(storage.getString('e')!)
  } catch {
    return undefined
  }
}
export const f = () => (storage.getString('f') ? JSON.parse(storage.getString('f')!) : undefined)
export const g = () => JSON.parse(storage.getString('g'))
export function h() {
  const raw = storage.getString('h')
  assertThere(raw)
  return JSON.parse(raw!)
}
export const i = () => JSON.parse(cache.getString('i')!)
export function j() {
  const raw = storage.getString('j')
  return raw && JSON.parse(raw!)
}
export function k() {
  storage.set('k', '{}')
  return JSON.parse(storage.getString('k')!)
}
export const l = () => JSON.parse(storage.getString('l')!)
export const m = () => JSON.parse(storage.getString('m')!)
let top = undefined
try {
  top = JSON.parse(storage.getString('top')!)
} catch {
  top = undefined
}
`,
      },
    },
  ],
}

const isRead = (use: KeyUse): boolean => use.method === 'getString' && !use.isWrapped && !use.isTest

const isJsonParse = ({ callee, args }: CallValue): boolean =>
  callee.kind === 'member' && callee.of.kind === 'name' && callee.of.name === 'JSON' && args.length > 0

/** True for files in which the compiler reports the plain form. */
const isChecked = (file: string, strict: boolean | undefined): boolean => /\.[cm]?tsx?$/.test(file) && strict === true

/** True where something stands behind the argument: `!`, `as string`. */
const hasAssertion = ({ args, argsAt }: CallValue): boolean =>
  args.length === 1 && args[0] !== undefined && args[0].at.end + 1 < argsAt.end
