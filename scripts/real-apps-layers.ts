// Generates every sync layer that a real app's stores can have, and reads what came of it: nothing is written to the app.

import { readArguments } from '../server/src/cli/arguments.ts'
import type { Io } from '../server/src/cli/io.ts'
import { load } from '../server/src/cli/load.ts'
import type { Analyzer } from '../server/src/core/analyze.ts'
import type { Store } from '../server/src/core/catalog/catalog.ts'
import type { Generated, Scaffold, ScaffoldContext } from '../server/src/core/engines/contract.ts'
import { enginesFor } from '../server/src/core/rules/all.ts'
import { faultsOf, parse } from '../server/src/core/source/parse.ts'
import { applyEdits, type Edit, isNewFile, type TextEdit } from '../server/src/core/text/edit.ts'
import { typeErrors } from '../server/testkit/sync/compile-app.ts'
import type { Answers } from '../shared/scaffolds.ts'

/** One layer that was asked for. */
export interface LayerAttempt {
  /** `watermelondb:app to watermelondb by rest`. */
  readonly layer: string
  readonly files: number
  /** Why none was written. */
  readonly refused?: string
  /** What is wrong with what was written: exceptions, syntax errors in the app's own files, what strict TypeScript says of the layer. */
  readonly faults: readonly string[]
}

/** What is answered where there is a choice that changes the code. */
const choices: readonly Answers[] = [
  { conflicts: 'manual', deletes: 'ask', audit: 'yes', transport: 'rest' },
  { conflicts: 'fieldMerge', deletes: 'editWins', audit: 'no', transport: 'graphql' },
]

/** Reads the app in `folder` and tries each store with each kind of layer. The oracle must be installed. */
export async function generateLayers(folder: string): Promise<readonly LayerAttempt[]> {
  const silent: Io = { cwd: folder, out: () => undefined, error: () => undefined, color: false }
  const args = readArguments(['check', folder, '--baseline', 'none'])
  const { analyzer, context } = await load({ enginesFor, rules: [] }, args, silent)
  const scaffold = analyzer.scaffolds().find(one => one.id === 'sync.generateLayer')
  if (scaffold === undefined) throw new Error('There is no generator of sync layers.')
  const attempts: LayerAttempt[] = []
  for (const store of analyzer.stores()) {
    const project = analyzer.project(store.at.file)
    const catalog = analyzer.catalog(context.text)
    const around: ScaffoldContext = { ...context, project, file: undefined, catalog, generators: analyzer.generators }
    for (const target of targetsOf(analyzer, scaffold, store, around))
      for (const choice of choices) {
        const answers = { plan: 'another', store: store.name, ...(target !== undefined && { target }), ...choice }
        attempts.push(attempt(analyzer, scaffold, answers, around, `${store.engine}:${store.name}`))
      }
  }
  return attempts
}

/** The kinds of layer among which a person can choose; one that need not be named where there is no choice. */
function targetsOf(
  analyzer: Analyzer,
  scaffold: Scaffold,
  store: Store,
  around: ScaffoldContext,
): readonly (string | undefined)[] {
  const question = analyzer.settled(() => scaffold.ask({ plan: 'another', store: store.name }, around))
  return question?.kind === 'choice' && question.id === 'target'
    ? question.choices.map(({ value }) => value)
    : [undefined]
}

function attempt(
  analyzer: Analyzer,
  scaffold: Scaffold,
  answers: Answers,
  around: ScaffoldContext,
  store: string,
): LayerAttempt {
  const layer = `${store} to ${answers['target'] ?? 'the only one'} by ${answers['transport']}`
  const endpoint = 'https://api.example.com'
  const folder = 'offline-storage-trial'
  const given: Answers = { endpoint, folder, exclude: [], ...answers }
  try {
    const generated: Generated = analyzer.settled(() => scaffold.write(given, around))
    if ('problem' in generated) return { layer, files: 0, refused: generated.problem, faults: [] }
    const made = generated.edits.filter(isNewFile)
    // What is written beside the layer imports the app's own files, which need all of its packages.
    const home = `${around.project.root}/${folder}/`
    const own = Object.fromEntries(
      made.flatMap(({ file, create }) => (file.startsWith(home) ? [[file.slice(home.length), create]] : [])),
    )
    return { layer, files: made.length, faults: [...brokenFiles(generated.edits, around), ...wrongTypes(own, around)] }
  } catch (error) {
    return { layer, files: 0, faults: [error instanceof Error ? String(error.stack) : String(error)] }
  }
}

/** Files of the app that parsed before the edits, and do not after them. */
function brokenFiles(edits: readonly Edit[], { text }: ScaffoldContext): readonly string[] {
  const changes = edits.filter((edit): edit is TextEdit => !isNewFile(edit))
  const files = [...new Set(changes.map(edit => edit.file))].filter(file => /\.[jt]sx?$/.test(file))
  return files.flatMap(file => {
    const before = text(file) ?? ''
    const own = changes.filter(edit => edit.file === file)
    const [fault] = faultsOf(parse(file, applyEdits(before, own)))
    return fault && faultsOf(parse(file, before)).length === 0 ? [`${file}: ${fault.message}`] : []
  })
}

function wrongTypes(files: Readonly<Record<string, string>>, { project }: ScaffoldContext): readonly string[] {
  const major = /\d+/.exec(project.versions['react-native-mmkv'] ?? '4')?.[0]
  return typeErrors(files, { 'react-native-mmkv': `mmkv-${major}` })
}
