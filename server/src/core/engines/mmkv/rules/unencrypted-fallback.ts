// Where an encrypted instance cannot be opened, the code opens it without its key.

import type { Scope } from '../../../catalog/scope.ts'
import type { CatchFact } from '../../../facts/file-facts.ts'
import type { Fix, FixContext, Rule } from '../../../rules/rule.ts'
import type { TextEdit } from '../../../text/edit.ts'
import { contains } from '../../../text/span.ts'
import { quotedLike } from '../../../write/style.ts'
import { catchesAround } from '../code/around.ts'
import { callIndex } from '../code/call-index.ts'
import { replaceAt, textAt } from '../edit-text.ts'
import { mmkv3, mmkv4 } from '../example-app.ts'
import { isCaughtBy, nameOfOpening } from '../openings/compare-openings.ts'
import type { MmkvStore, Opening } from '../types.ts'

interface Data {
  readonly opening: Opening
  readonly clause: CatchFact | undefined
}

export const unencryptedFallback: Rule<MmkvStore, Data> = {
  id: 'mmkv/unencrypted-fallback',
  severity: 'error',
  on: 'store',
  docs: {
    what: 'A `try` opens an instance with a key, and its `catch` opens the same instance without one, and does not empty it.',
    why: 'Without the key the encrypted data reads as empty, and the first write destroys it for good.',
    fix: 'Throws the error again instead, or gives the fallback an id of its own.',
  },
  *check({ scope, openings, id }) {
    for (const opening of openings) {
      if (opening.isTest || opening.encryptionKey !== null || !opening.complete) continue
      const tried = openings.find(one => hasKey(scope, one) && isCaughtBy(scope, one, opening))
      if (!tried) continue
      const { value, file } = opening.value
      const clause = catchesAround(scope, file, opening.fact.fn).find(one => contains(one.at, value.at))
      if (clause && isEmptied(scope, file, clause)) continue
      yield {
        at: nameOfOpening(opening),
        message: `When the encrypted instance "${id === null ? 'mmkv.default' : (id?.text ?? '')}" cannot be opened, this opens it without its key: it looks empty, and the first write destroys the data of the user. Throw the error again, or give the fallback another id.`,
        related: [{ at: nameOfOpening(tried), message: 'It is opened with a key here' }],
        data: { opening, clause },
      }
    }
  },
  fix({ data: { opening, clause } }, context) {
    return [clause && throwAgain(opening, clause, context), renameInstance(opening, context)].filter(
      (fix): fix is Fix => fix !== undefined,
    )
  },
  examples: [
    {
      name: 'in a function',
      project: mmkv4,
      files: {
        'src/storage.ts': `import { createMMKV } from 'react-native-mmkv'
import { report, readKey } from './keychain'

export async function openStorage() {
  try {
    return createMMKV({ id: 'user', encryptionKey: await readKey() })
  } catch {
    report('no key')
    return createMMKV({ id: 'user' })
//         ^^^^^^^^^^ destroys the data
  }
}
`,
      },
      fixed: {
        'src/storage.ts': `import { createMMKV } from 'react-native-mmkv'
import { report, readKey } from './keychain'

export async function openStorage() {
  try {
    return createMMKV({ id: 'user', encryptionKey: await readKey() })
  } catch (error) {
    report('no key')
    throw error
  }
}
`,
      },
    },
    {
      name: 'at the top level, in JavaScript',
      project: mmkv3,
      files: {
        'src/storage.js': `import { MMKV } from 'react-native-mmkv';
import { readKey } from './keychain';

export let storage;
try {
  storage = new MMKV({ id: 'user', encryptionKey: readKey() });
} catch (problem) {
  console.warn(problem);
  storage = new MMKV({ id: 'user' });
//              ^^^^ destroys the data
}
`,
      },
      fixed: {
        'src/storage.js': `import { MMKV } from 'react-native-mmkv';
import { readKey } from './keychain';

export let storage;
try {
  storage = new MMKV({ id: 'user', encryptionKey: readKey() });
} catch (problem) {
  console.warn(problem);
  throw problem;
}
`,
      },
    },
    {
      name: 'a fallback with another id or a key, and two plain openings',
      project: mmkv4,
      files: {
        'src/storage.ts': `import { createMMKV, deleteMMKV } from 'react-native-mmkv'
import { oldKey, readKey } from './keychain'

export function first() {
  try {
    return createMMKV({ id: 'user', encryptionKey: readKey() })
  } catch {
    return createMMKV({ id: 'user-fallback' })
  }
}
export function second() {
  try {
    return createMMKV({ id: 'second', encryptionKey: readKey() })
  } catch {
    return createMMKV({ id: 'second', encryptionKey: oldKey() })
  }
}
export function given() {
  try {
    return createMMKV({ id: 'given', encryptionKey: readKey() })
  } catch {
    deleteMMKV('given')
    return createMMKV({ id: 'given' })
  }
}
export function third() {
  try {
    return createMMKV({ id: 'third' })
  } catch {
    return createMMKV({ id: 'third' })
  }
}
`,
      },
    },
  ],
}

/** True where the data is given up on purpose. */
function isEmptied(scope: Scope, file: string, { at }: CatchFact): boolean {
  const { byName } = callIndex(scope.usage(file))
  return ['deleteMMKV', 'clearAll'].some(name => byName.get(name)?.some(({ call }) => contains(at, call.at)))
}

/** Puts a `throw` in the place of the statement that opens the fallback. */
function throwAgain(
  { value: { value, file }, isOuter }: Opening,
  clause: CatchFact,
  context: FixContext,
): Fix | undefined {
  const text = context.text(file)
  if (text === undefined || !isOuter) return undefined
  const lineStart = text.lastIndexOf('\n', value.at.start - 1) + 1
  const before = /^([ \t]*)(?:return|[\w$.]+\s*=)\s*$/.exec(text.slice(lineStart, value.at.start))
  const rest = /^(;?)[ \t]*(?=\r?\n)/.exec(text.slice(value.at.end))
  const head = /^catch\s*(?:\(\s*([\w$]+)[^)]*\)\s*)?\{/.exec(text.slice(clause.at.start))
  if (!before || !rest || !head) return undefined
  const name = head[1] ?? 'error'
  const start = lineStart + (before[1]?.length ?? 0)
  const throwing: TextEdit = { file, start, end: value.at.end, text: `throw ${name}` }
  const at = clause.at.start + 'catch'.length
  const naming: TextEdit[] = head[1] === undefined ? [{ file, start: at, end: at, text: ` (${name})` }] : []
  return { title: 'Throw the error again', safe: false, edits: [...naming, throwing] }
}

/** Where the id is written in the fallback itself, it may get another. */
function renameInstance({ id, value: { value, file } }: Opening, context: FixContext): Fix | undefined {
  const written = id?.at.file === file && contains(value.at, id.at.span) ? textAt(id.at, context) : undefined
  if (!id || written === undefined) return undefined
  const name = `${id.text}-fallback`
  return { title: `Open "${name}" instead`, safe: false, edits: [replaceAt(id.at, quotedLike(written, name))] }
}

const hasKey = (scope: Scope, { encryptionKey }: Opening): boolean =>
  encryptionKey !== null && encryptionKey !== undefined && scope.text(encryptionKey)?.text !== ''
