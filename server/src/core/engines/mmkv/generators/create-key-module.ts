// "Create MMKV Key Module": the keys that an app uses of an instance, each with typed functions to read and write it.
import type { Answers, Question } from '../../../../../../shared/scaffolds.ts'
import type { Scope } from '../../../catalog/scope.ts'
import { dirname } from '../../../text/path.ts'
import type { Generated, Scaffold, ScaffoldContext } from '../../contract.ts'
import type { MmkvStore } from '../types.ts'
import { majorOf } from '../versions.ts'
import {
  chosenInstance,
  importOf,
  instanceHome,
  instanceQuestion,
  instancesOf,
  labelOf,
  notExported,
} from './instances.ts'
import { keyModuleText } from './key-module-text.ts'
import { knownKeys } from './known-keys.ts'
import { kebab } from './names.ts'
import { fileQuestion, newHome, written } from './new-file.ts'

/** The scaffold. */
export const createKeyModule = (scope: Scope): Scaffold => ({
  id: 'mmkv.createKeyModule',
  title: 'Create MMKV Key Module',
  ask: (answers, context) => ask(scope, answers, context),
  write: (answers, context) => write(scope, answers, context),
})

function ask(scope: Scope, answers: Answers, context: ScaffoldContext): Question | undefined {
  const stores = instancesOf(context)
  const store = chosenInstance(stores, answers)
  if (!store) return answers['instance'] === undefined ? instanceQuestion(stores, 'Instance') : undefined
  if (answers['file'] !== undefined || problemOf(store) !== undefined) return undefined
  const name = stores.length > 1 ? `${kebab(labelOf(store).replace(/^app\./, ''))}-keys` : 'keys'
  return fileQuestion(scope, context, { title: 'File of the keys', folder: dirname(store.at.file), name })
}

/** Why nothing can be written about an instance. */
function problemOf(store: MmkvStore): string | undefined {
  if (majorOf(store.project) === undefined)
    return 'The version of react-native-mmkv is not known here; install it first.'
  if (!instanceHome(store)) return notExported(store)
  return knownKeys(store).known.length === 0 ? `No key of "${labelOf(store)}" is used with a known type.` : undefined
}

function write(scope: Scope, answers: Answers, context: ScaffoldContext): Generated {
  const stores = instancesOf(context)
  const store = chosenInstance(stores, answers)
  if (!store)
    return { problem: stores.length === 0 ? 'No MMKV instance is opened here.' : 'There is no such instance.' }
  const problem = problemOf(store)
  const from = instanceHome(store)
  if (problem !== undefined || !from) return { problem: problem ?? notExported(store) }
  const home = newHome(scope, context, answers, from.file)
  if ('problem' in home) return home
  const { known, unknown } = knownKeys(store)
  const text = keyModuleText(
    {
      id: labelOf(store),
      storage: from.name,
      imported: importOf(from, context.specifier(home.file, from.file), home.style),
      major: majorOf(store.project) ?? 4,
      keys: known,
    },
    home,
  )
  const some = `${known.length} ${known.length === 1 ? 'key' : 'keys'} of "${labelOf(store)}".`
  const left = unknown.map(key => `"${key}"`).join(', ')
  return written(
    [{ home, text }],
    left === ''
      ? some
      : `${some} Nothing tells the one type of ${left}, so ${unknown.length === 1 ? 'it is' : 'they are'} left out.`,
  )
}
