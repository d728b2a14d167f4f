// One instance is opened twice, with options that do not go together.
import type { Rule } from '../../../rules/rule.ts'
import { mmkv4 } from '../example-app.ts'
import { areAlternatives, type ComparedOption, differenceOf, placeOfOption } from '../openings/compare-openings.ts'
import type { MmkvStore, Opening } from '../types.ts'

const consequences: Readonly<Record<ComparedOption, string>> = {
  encryptionKey:
    'the key of the second is ignored while both are open, and after a start in another order the data reads as empty',
  encryptionType:
    'the type of the second is ignored while both are open, and after a start in another order the data reads as empty',
  readOnly: 'the second can write although it says that it only reads, or cannot write at all',
  mode: 'the mode of the second is ignored, and two processes may overwrite each other',
}

export const conflictingInstances: Rule<MmkvStore> = {
  id: 'mmkv/conflicting-instances',
  severity: 'warning',
  on: 'store',
  docs: {
    what: 'Instances of one id and one path are opened with another `encryptionKey`, `encryptionType`, `readOnly` or `mode`. Not in tests, not for files of different platforms, and not where only one of the two runs.',
    why: 'MMKV keeps an open instance by id and path: the second opening gives the first instance, and its options are dropped without a word.',
    fix: 'None: open the instance once, and export it.',
  },
  *check(store) {
    const openings = store.openings.filter(one => !one.isTest && one.kind !== 'default-hook')
    if (store.id === undefined || openings.length < 2) return
    for (const [index, later] of openings.entries()) {
      const found = openings
        .slice(0, index)
        .map(earlier => ({ earlier, option: conflictOf(store, earlier, later) }))
        .find(one => one.option !== undefined)
      if (!found?.option) continue
      const { earlier, option } = found
      yield {
        at: placeOfOption(later, option),
        message: `The instance "${store.id === null ? 'mmkv.default' : store.id.text}" is also opened with another "${option}": MMKV gives the one that was opened first, so ${consequences[option]}. Open it once and export it.`,
        related: [{ at: placeOfOption(earlier, option), message: 'The other opening' }],
      }
    }
  },
  examples: [
    {
      name: 'another key, no key, another mode, read only',
      project: mmkv4,
      files: {
        'src/a.ts': `import { createMMKV } from 'react-native-mmkv'
import { firstKey } from './keys'

export const user = createMMKV({ id: 'user', encryptionKey: 'first' })
export const session = createMMKV({ id: 'session', encryptionKey: firstKey() })
export const shared = createMMKV({ id: 'shared', mode: 'multi-process' })
export const settings = createMMKV({ id: 'settings', readOnly: true })
export const secret = createMMKV({ id: 'secret', encryptionKey: 'first', encryptionType: 'AES-256' })
`,
        'src/b.ts': `import { createMMKV } from 'react-native-mmkv'

export const user = createMMKV({ id: 'user', encryptionKey: 'second' })
//                                           ^^^^^^^^^^^^^ another "encryptionKey"
export const session = createMMKV({ id: 'session' })
//                     ^^^^^^^^^^ another "encryptionKey"
export const shared = createMMKV({ id: 'shared' })
//                    ^^^^^^^^^^ another "mode"
export const settings = createMMKV({ id: 'settings' })
//                      ^^^^^^^^^^ another "readOnly"
export const secret = createMMKV({ id: 'secret', encryptionKey: 'first' })
//                    ^^^^^^^^^^ another "encryptionType"
`,
      },
    },
    {
      name: 'equal options, other paths, ids that are not known, platforms, tests, branches, a migration',
      project: mmkv4,
      files: {
        'src/a.ts': `import { createMMKV } from 'react-native-mmkv'
import { key, name } from './keys'

export const user = createMMKV({ id: 'user', encryptionKey: 'first' })
export const settings = createMMKV({ id: 'settings', path: '/a', encryptionKey: 'first' })
export const open = (user: string) => createMMKV({ id: \`user-\${user}\`, encryptionKey: 'first' })
export const maybe = createMMKV({ id: 'maybe', encryptionKey: key })
export const plain = createMMKV({ id: 'plain' })
export function either(isSafe: boolean) {
  if (isSafe) return createMMKV({ id: 'either', encryptionKey: 'first' })
  return createMMKV({ id: 'either' })
}
export function encryptOld() {
  const old = createMMKV({ id: 'old', encryptionKey: 'first' })
  old.encrypt(key, 'AES-256')
  return old
}
export const openOld = () => createMMKV({ id: 'old', encryptionKey: key, encryptionType: 'AES-256' })
`,
        'src/b.ts': `import { createMMKV } from 'react-native-mmkv'

export const user = createMMKV({ id: 'user', encryptionKey: 'first' })
export const settings = createMMKV({ id: 'settings', encryptionKey: 'second' })
export const open = (user: string) => createMMKV({ id: \`user-\${user}\` })
export const maybe = createMMKV({ id: 'maybe' })
`,
        'src/a.web.ts': `import { createMMKV } from 'react-native-mmkv'

export const plain = createMMKV({ id: 'plain', mode: 'multi-process' })
`,
        'src/__tests__/a.test.ts': `import { createMMKV } from 'react-native-mmkv'

export const user = createMMKV({ id: 'user' })
`,
      },
    },
  ],
}

function conflictOf(store: MmkvStore, earlier: Opening, later: Opening): ComparedOption | undefined {
  const { scope, encryptingCalls } = store
  if (earlier.platform !== later.platform || areAlternatives(scope, earlier, later)) return undefined
  const option = differenceOf(scope, earlier, later)
  // Where the data is encrypted anew, there is a time before and a time after it.
  const isOfKey = option === 'encryptionKey' || option === 'encryptionType'
  return isOfKey && encryptingCalls.length > 0 ? undefined : option
}
