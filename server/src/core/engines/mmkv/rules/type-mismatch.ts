// A value is read as another type than it is written as.
import type { Rule } from '../../../rules/rule.ts'
import type { Place } from '../../../text/span.ts'
import { isWithin, outermost } from '../code/around.ts'
import { replaceAt } from '../edit-text.ts'
import { mmkv3, mmkv4 } from '../example-app.ts'
import type { Key, KeyInStore, KeyUse, MmkvStore, ValueType } from '../types.ts'
import { outcomeOf, readsAs } from '../values/wrong-type.ts'

interface Data {
  readonly nameAt: Place
  readonly getter: string
}

export const typeMismatch: Rule<KeyInStore, Data> = {
  id: 'mmkv/type-mismatch',
  severity: 'error',
  on: 'key',
  docs: {
    what: 'Everything that writes a key of an instance writes one type, and something reads it as another. Not where a write, a key or the instance is not known, and not where old values are turned into new ones.',
    why: 'On the device the bytes of one type are read as another: a number is read as an empty text, the text "false" as true, a long text as a number like 1.2e190. The mock in tests gives `undefined` instead.',
    fix: 'Calls the getter of the type that is written.',
  },
  *check({ key, store }) {
    const { written } = key
    // What is not followed may write another type.
    if (!written || store.id === undefined || !store.isClosed) return
    for (const use of key.uses) {
      if (use.isTest || (use.access !== 'read' && use.access !== 'hook') || !use.type) continue
      if (readsAs(written, use.type) || isConversion(store, key, use) || isSetByHook(key, use)) continue
      const { callee } = use.call.value
      const at: Place = { file: use.call.file, span: callee.kind === 'member' ? callee.nameAt : callee.at }
      const write = key.uses.find(one => one.access === 'write' && !one.isTest)
      const getter = callee.kind === 'member' && use.access === 'read' ? getterOf(written) : undefined
      yield {
        at,
        message: `"${key.name.text}" is written as a ${written} and read as a ${use.type} here: on the device that gives ${outcomeOf(written, use.type)}. Read it with "${getterOf(written)}", or write a ${use.type}.`,
        related: write ? [{ at: write.at, message: `It is written as a ${written} here` }] : [],
        ...(getter !== undefined && { data: { nameAt: at, getter } }),
      }
    }
  },
  fix: ({ data: { nameAt, getter } }) => ({
    title: `Read it with "${getter}"`,
    safe: false,
    edits: [replaceAt(nameAt, getter)],
  }),
  examples: [
    {
      name: 'a number that is read as a text',
      project: mmkv4,
      files: {
        'src/storage.ts': `import { createMMKV } from 'react-native-mmkv'

export const storage = createMMKV({ id: 'user' })
`,
        'src/age.ts': `import { storage } from './storage'

export const save = (age: number) => storage.set('age', 42)
export const load = () => storage.getString('age')
//                                ^^^^^^^^^ written as a number and read as a string
`,
      },
      fixed: {
        'src/age.ts': `import { storage } from './storage'

export const save = (age: number) => storage.set('age', 42)
export const load = () => storage.getNumber('age')
`,
      },
    },
    {
      name: 'texts that are read as booleans and numbers, by a hook too',
      project: mmkv3,
      files: {
        'src/app.ts': `import { MMKV, useMMKVNumber } from 'react-native-mmkv'

const storage = new MMKV({ id: 'user' })
export const save = () => {
  storage.set('isDark', 'false')
  storage.set('count', String(1))
  storage.set('isOpen', true)
}
export const isDark = () => storage.getBoolean('isDark')
//                                  ^^^^^^^^^^ read as a boolean
export const useCount = () => useMMKVNumber('count', storage)
//                            ^^^^^^^^^^^^^ read as a number
export const isOpen = () => storage.getNumber('isOpen')
//                                  ^^^^^^^^^ that gives undefined
`,
      },
    },
    {
      name: 'the same type, several types, unknown writers, bytes of texts, old values that become new ones',
      project: mmkv4,
      files: {
        'src/storage.ts': `import { createMMKV } from 'react-native-mmkv'
import { fill, anything } from './other'

export const storage = createMMKV({ id: 'user' })
export const other = createMMKV({ id: 'other' })
fill(other)
other.set('age', 42)
export const age = () => other.getString('age')

storage.set('name', 'Ada')
storage.set('user', JSON.stringify({ name: 'Ada' }))
storage.set('mixed', 1)
storage.set('mixed', 'one')
storage.set('unknown', anything())
storage.set('moved', 'text')
export const read = () => [
  storage.getString('name'),
  storage.getString('user'),
  storage.getBuffer('name'),
  storage.getString('mixed'),
  storage.getBoolean('unknown'),
  storage.getBoolean('never'),
]
export function convert() {
  const old = storage.getNumber('moved')
  if (old !== undefined) storage.set('moved', String(old))
}
export function either() {
  return storage.getString('moved') ?? storage.getNumber('moved')?.toString()
}
`,
      },
    },
  ],
}

const getterOf = (type: ValueType): string =>
  `get${type === 'object' ? 'String' : type.charAt(0).toUpperCase() + type.slice(1)}`

/** A hook that may write the type that is asked for; then the hook is what is wrong. */
const isSetByHook = (key: Key, { access, type }: KeyUse): boolean =>
  access === 'read' && key.uses.some(one => one.access === 'hook' && one.mayWrite && one.type === type)

/** True where a function also reads the key as it is written, writes it or removes it: then it turns old values into new ones. */
function isConversion({ scope }: MmkvStore, key: Key, use: KeyUse): boolean {
  const { file } = use.call
  const functions = scope.usage(file)?.functions ?? []
  const around = outermost(scope, file, use.fact.fn)
  if (/migrat|legacy|upgrade|convert/i.test(file)) return true
  for (let at = use.fact.fn; at !== undefined; at = functions[at]?.parent)
    if (/migrat|legacy|upgrade|convert|old/i.test(functions[at]?.name ?? '')) return true
  if (around === undefined || use.access === 'hook') return false
  return key.uses.some(
    one =>
      one !== use &&
      one.call.file === file &&
      isWithin(scope, file, one.fact.fn, around) &&
      (one.access === 'write' || one.access === 'remove' || (one.access === 'read' && one.type === key.written)),
  )
}
