// Instances are opened by the keys of a list of ids, whose values are the ids.
import type { Shape } from '../../../catalog/scope.ts'
import type { Rule } from '../../../rules/rule.ts'
import type { CallValue, Value } from '../../../source/value.ts'
import type { Place } from '../../../text/span.ts'
import { callIndex } from '../code/call-index.ts'
import { replaceAt } from '../edit-text.ts'
import { mmkv3, mmkv4 } from '../example-app.ts'
import type { CodeOfFile, Opening } from '../types.ts'

export const unknownInstanceId: Rule<CodeOfFile, Place> = {
  id: 'mmkv/unknown-instance-id',
  severity: 'error',
  on: 'code',
  docs: {
    what: 'A loop over `Object.keys(IDS)` opens instances, while elsewhere the values of `IDS` are the ids, and some of them differ from their keys.',
    why: 'The loop opens new, empty instances under the names of the keys; what it should clear or read stays as it was.',
    fix: 'Goes over the values instead.',
  },
  *check(code) {
    const looping = code.openings().filter(one => !one.isTest && one.id === undefined)
    for (const opening of looping) {
      const keys = keysBehind(code, opening)
      const [list] = keys?.args ?? []
      const shape = list && code.scope.shape({ value: list, file: code.file })
      const wrong = shape && wrongIds(code, shape)
      if (keys?.callee.kind !== 'member' || !wrong || wrong.length === 0) continue
      const at = { file: code.file, span: keys.callee.nameAt }
      yield {
        at,
        message: `The ids are the values of this object, and this opens instances by its keys: ${wrong
          .slice(0, 3)
          .map(({ key, id }) => `"${key}" instead of "${id}"`)
          .join(
            ', ',
          )}. Those are new and empty, and the instances in use are left as they are. Go over "Object.values".`,
        related: wrong.slice(0, 1).map(one => ({ at: one.opened, message: `"${one.id}" is opened here` })),
        data: at,
      }
    }
  },
  fix: ({ data }) => ({ title: 'Go over the values', safe: false, edits: [replaceAt(data, 'values')] }),
  examples: [
    {
      name: 'storages that are never cleared',
      project: mmkv4,
      files: {
        'src/ids.ts': `export const STORAGE_IDS = {
  ACCOUNT: 'ACCOUNT',
  SWAPS: 'SWAP_METADATA',
}
`,
        'src/swaps.ts': `import { createMMKV } from 'react-native-mmkv'
import { STORAGE_IDS } from './ids'

export const swaps = createMMKV({ id: STORAGE_IDS.SWAPS })
`,
        'src/clear.ts': `import { createMMKV } from 'react-native-mmkv'
import { STORAGE_IDS } from './ids'

export const clearAll = () => {
  Object.keys(STORAGE_IDS).forEach(id => {
//       ^^^^ "SWAPS" instead of "SWAP_METADATA"
    const storage = createMMKV({ id })
    storage.clearAll()
  })
}
`,
      },
      fixed: {
        'src/clear.ts': `import { createMMKV } from 'react-native-mmkv'
import { STORAGE_IDS } from './ids'

export const clearAll = () => {
  Object.values(STORAGE_IDS).forEach(id => {
    const storage = createMMKV({ id })
    storage.clearAll()
  })
}
`,
      },
    },
    {
      name: 'in a loop',
      project: mmkv3,
      files: {
        'src/storage.js': `import { MMKV } from 'react-native-mmkv'

const ids = { user: 'user-storage', cache: 'cache' }
export const user = new MMKV({ id: ids.user })
export function clearAll() {
  for (const id of Object.keys(ids)) new MMKV({ id }).clearAll()
//                        ^^^^ "user" instead of "user-storage"
}
`,
      },
    },
    {
      name: 'values, keys that are the ids, ids that are looked up',
      project: mmkv4,
      files: {
        'src/storage.ts': `import { createMMKV } from 'react-native-mmkv'

const ids = { user: 'user-storage' } as const
const same = { user: 'user', cache: 'cache' }
const titles = { profile: 'The profile of the user', drafts: 'Drafts' }
export const user = createMMKV({ id: ids.user })
export const cache = createMMKV({ id: same.cache })
export const profile = createMMKV({ id: 'profile' })
export function clearAll() {
  Object.values(ids).forEach(id => createMMKV({ id }).clearAll())
  Object.keys(same).forEach(id => createMMKV({ id }).clearAll())
  Object.keys(titles).forEach(id => createMMKV({ id }).clearAll())
  for (const key of Object.keys(ids)) createMMKV({ id: ids[key] }).clearAll()
  Object.entries(ids).forEach(([key, id]) => createMMKV({ id }).clearAll())
}
`,
      },
    },
  ],
}

/** The call `Object.keys(…)` whose items are the ids of an opening. */
function keysBehind({ scope, file }: CodeOfFile, opening: Opening): CallValue | undefined {
  const id = opening.entries.get('id')?.value
  if (id?.file !== file || id.value.kind !== 'name' || id.value.key === undefined) return undefined
  const binding = scope.binding(file, id.value.key)
  if (binding?.value?.kind === 'member') return isKeys(binding.value.of) ? binding.value.of : undefined
  if (binding?.param?.index !== 0) return undefined
  const home = callIndex(scope.usage(file)).homes.get(binding.param.fn)
  const params = scope.usage(file)?.functions[binding.param.fn]?.params[0]
  const callee = home?.index === 0 && home.prop === undefined ? home.call?.callee : undefined
  if (callee?.kind !== 'member' || !/^(?:forEach|map|flatMap)$/.test(callee.name ?? '') || params?.length !== 1)
    return undefined
  return isKeys(callee.of) ? callee.of : undefined
}

const isKeys = (value: Value): value is CallValue =>
  value.kind === 'call' &&
  value.args.length === 1 &&
  value.callee.kind === 'member' &&
  value.callee.name === 'keys' &&
  value.callee.of.kind === 'name' &&
  value.callee.of.name === 'Object' &&
  value.callee.of.key === undefined

/** The keys that are no ids of the app, while their values are. */
function wrongIds(
  code: CodeOfFile,
  { entries }: Shape,
): readonly { readonly key: string; readonly id: string; readonly opened: Place }[] {
  const used = new Map<string, Place>()
  for (const store of code.stores())
    if (store.id && store.project === code.project) used.set(store.id.text, store.openings[0]?.at ?? store.at)
  return [...entries.values()].flatMap(({ name, value }) => {
    const id = code.scope.text(value)?.text
    const opened = id === undefined ? undefined : used.get(id)
    return id !== undefined && opened && id !== name && !used.has(name) ? [{ key: name, id, opened }] : []
  })
}
