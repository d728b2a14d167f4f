// Which keys of AsyncStorage a package uses, as far as they are written out.
import type { Scope } from '../../../catalog/scope.ts'
import { usesInside } from '../../../source/uses-inside.ts'
import type { Value } from '../../../source/value.ts'
import type { ScaffoldContext } from '../../contract.ts'
import { filesOf } from './new-file.ts'

/** What a package does with AsyncStorage. */
export interface AsyncStorageUse {
  /** The package that it is imported from. */
  readonly library: string
  /** Sorted, each once. */
  readonly keys: readonly string[]
  /** How many keys are put together at run time. */
  readonly unknown: number
}

export const asyncStorage = '@react-native-async-storage/async-storage'

const libraries: readonly string[] = [asyncStorage, '@react-native-community/async-storage']

const ofOneKey = /^(?:getItem|setItem|mergeItem|removeItem)$/
const ofManyKeys = /^(?:multiGet|multiRemove|getMany|removeMany)$/

/** Looks through the calls of every file that imports AsyncStorage. */
export function asyncStorageUse(scope: Scope, context: ScaffoldContext): AsyncStorageUse {
  const keys = new Set<string>()
  let unknown = 0
  let library: string | undefined
  for (const file of filesOf(scope, context)) {
    const from = scope.module(file)?.imports.find(one => libraries.includes(one.from))?.from
    if (from === undefined) continue
    library ??= from
    const note = (value: Value | undefined): void => {
      const text = value && scope.text({ value, file })?.text
      if (text === undefined) unknown++
      else keys.add(text)
    }
    for (const { value } of scope.usage(file)?.calls ?? [])
      for (const call of usesInside(value)) {
        if (call.kind !== 'call' || call.callee.kind !== 'member') continue
        const target = scope.target({ value: call.callee, file })
        if (target.kind !== 'external' || !libraries.includes(target.from)) continue
        const method = target.name.split('.').at(-1) ?? ''
        const [argument] = call.args
        if (ofOneKey.test(method)) note(argument)
        else if (ofManyKeys.test(method)) {
          const list = argument && scope.items({ value: argument, file })
          for (const item of list?.items ?? []) note(item.value)
          if (!list?.complete) unknown++
        }
      }
  }
  return { library: library ?? asyncStorage, keys: [...keys].sort(), unknown }
}
