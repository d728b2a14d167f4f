// "Migrate AsyncStorage to MMKV": a module that copies the values once, and if wanted one for later changes of what MMKV holds.
import type { Answers, Question } from '../../../../../../shared/scaffolds.ts'
import type { Scope } from '../../../catalog/scope.ts'
import { dirname, relative } from '../../../text/path.ts'
import type { Generated, Scaffold, ScaffoldContext } from '../../contract.ts'
import type { MmkvStore } from '../types.ts'
import { majorOf } from '../versions.ts'
import { type AsyncStorageUse, asyncStorageUse } from './async-storage-keys.ts'
import { copyText, runnerText } from './async-storage-text.ts'
import {
  chosenInstance,
  importOf,
  instanceHome,
  instanceQuestion,
  instancesOf,
  labelOf,
  notExported,
} from './instances.ts'
import { exists, fileQuestion, newHome, textOf, textsOf, written } from './new-file.ts'

/** The scaffold. */
export const migrateAsyncStorage = (scope: Scope): Scaffold => ({
  id: 'mmkv.migrateAsyncStorage',
  title: 'Migrate AsyncStorage to MMKV',
  ask: (answers, context) => ask(scope, answers, context),
  write: (answers, context) => write(scope, answers, context),
})

function ask(scope: Scope, answers: Answers, context: ScaffoldContext): Question | undefined {
  const stores = instancesOf(context)
  const store = chosenInstance(stores, answers)
  if (!store) return answers['instance'] === undefined ? instanceQuestion(stores, 'Copy to') : undefined
  if (problemOf(store) !== undefined) return undefined
  const use = asyncStorageUse(scope, context)
  if (answers['which'] === undefined && use.keys.length > 0) return whichQuestion(use)
  if (textOf(answers, 'which') === 'used' && answers['keys'] === undefined)
    return {
      kind: 'choice',
      id: 'keys',
      title: 'Keys to copy',
      many: true,
      choices: use.keys.map(key => ({ value: key, label: key, picked: true })),
    }
  if (answers['later'] === undefined)
    return {
      kind: 'choice',
      id: 'later',
      title: 'Later changes',
      many: false,
      choices: [
        { value: 'no', label: 'Copy only' },
        {
          value: 'yes',
          label: 'Copy, and numbered migrations',
          detail: 'A second file, for later changes of what MMKV holds.',
        },
      ],
    }
  if (answers['file'] !== undefined) return undefined
  return fileQuestion(scope, context, {
    title: 'File of the migration',
    folder: dirname(store.at.file),
    name: 'copy-async-storage',
  })
}

function whichQuestion({ keys, unknown }: AsyncStorageUse): Question {
  const missing =
    unknown === 0 ? '' : ` ${unknown} ${unknown === 1 ? 'use' : 'uses'} of keys made at run time are not among them.`
  return {
    kind: 'choice',
    id: 'which',
    title: 'What to copy',
    many: false,
    choices: [
      {
        value: 'all',
        label: 'All keys',
        detail: 'Those of other packages as well, such as stores that are persisted.',
      },
      {
        value: 'used',
        label: 'Keys that the code uses',
        detail: `${keys.length} ${keys.length === 1 ? 'key' : 'keys'}.${missing}`,
      },
    ],
  }
}

function problemOf(store: MmkvStore): string | undefined {
  if (majorOf(store.project) === undefined)
    return 'The version of react-native-mmkv is not known here; install it first.'
  return instanceHome(store) ? undefined : notExported(store)
}

function write(scope: Scope, answers: Answers, context: ScaffoldContext): Generated {
  const stores = instancesOf(context)
  const store = chosenInstance(stores, answers)
  if (!store)
    return {
      problem:
        stores.length === 0 ? 'No MMKV instance is opened here. Create one first.' : 'There is no such instance.',
    }
  const from = instanceHome(store)
  const problem = problemOf(store)
  if (problem !== undefined || !from) return { problem: problem ?? notExported(store) }
  const home = newHome(scope, context, answers, from.file)
  if ('problem' in home) return home
  const keys = textOf(answers, 'which') === 'used' ? textsOf(answers, 'keys') : undefined
  if (keys?.length === 0) return { problem: 'No key was chosen.' }
  const use = asyncStorageUse(scope, context)
  const storage = { storage: from.name, major: majorOf(store.project) ?? 4, library: use.library }
  const imported = (file: string) => importOf(from, context.specifier(file, from.file), home.style)
  const files = [{ home, text: copyText({ ...storage, keys, imported: imported(home.file) }, home) }]
  if (textOf(answers, 'later') === 'yes') {
    const file = `${dirname(home.file)}/migrate-storage${home.isTyped ? '.ts' : '.js'}`
    if (exists(scope, context, file))
      return { problem: `"${relative(context.project.root, file)}" exists already, and is left as it is.` }
    const runner = { ...home, file }
    files.push({ home: runner, text: runnerText({ storage: from.name, imported: imported(file) }, runner) })
  }
  return written(files, message(store, keys ?? use.keys))
}

/** What is to be done, and which keys are read as what they will not be. */
function message(store: MmkvStore, keys: readonly string[]): string {
  const done = `Wait for copyAsyncStorage() at the start of the app, before anything reads "${labelOf(store)}".`
  const others = store.entities
    .flatMap(group => group.fields)
    .filter(
      ({ name, uses }) =>
        keys.includes(name.text) && uses.some(({ type }) => type && !/^(?:string|object)$/.test(type)),
    )
    .map(({ name }) => `"${name.text}"`)
  if (others.length === 0) return done
  return `${done} All values are copied as texts, but the code takes ${others.join(', ')} for something else: read them as texts first.`
}
