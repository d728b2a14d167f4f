// Runs "Generate Migration Test" over an app given as texts.
import type { Answers, Question } from '../../shared/scaffolds.ts'
import { snapshotPath, snapshotText } from '../src/core/baseline/snapshot-file.ts'
import type { Generated } from '../src/core/engines/contract.ts'
import { applyEdits, isNewFile, type TextEdit } from '../src/core/text/edit.ts'
import { appRoot, baselinesOf, runApp } from './run-example.ts'
import type { ProjectOptions } from './workspace-of.ts'

type Files = Readonly<Record<string, string>>

export interface MigrationTestRun {
  readonly question: Question | undefined
  readonly result: Generated
  /** The files of the app afterwards, by relative path. */
  readonly files: Files
}

export const watermelonProject: ProjectOptions = { versions: { '@nozbe/watermelondb': '0.28.0' } }

/** `released` is the app as git knows it of the release. */
export function generateMigrationTest(
  files: Files,
  { answers = {}, released, project = watermelonProject }: GivenToTest = {},
): MigrationTestRun {
  const { analyzer, context } = runApp(code(files), { project, ...(released && { released: code(released) }) })
  const text = (file: string) => files[file.slice(appRoot.length + 1)]
  const around = {
    text,
    specifier: context.specifier,
    project: analyzer.project(`${appRoot}/index.ts`),
    file: undefined,
    catalog: analyzer.catalog(text),
    generators: analyzer.generators,
  }
  const scaffold = analyzer.scaffolds().find(one => one.id === 'watermelondb.generateMigrationTest')
  if (scaffold === undefined) throw new Error('There is no such scaffold.')
  const question = analyzer.settled(() => scaffold.ask(answers, around))
  const result = analyzer.settled(() => scaffold.write(answers, around))
  const after: Record<string, string> = { ...files }
  for (const edit of 'edits' in result ? result.edits : []) {
    const path = edit.file.slice(appRoot.length + 1)
    if (isNewFile(edit)) {
      if (path in after) throw new Error(`${path} exists.`)
      after[path] = edit.create
    } else after[path] = applyEdits(after[path] ?? '', [edit satisfies TextEdit])
  }
  return { question, result, files: after }
}

export interface GivenToTest {
  readonly answers?: Answers
  readonly released?: Files
  readonly project?: ProjectOptions
}

/** The snapshots that releases of an app leave in the repository: "Take Schema Snapshot", run at each of them. */
export function snapshotsOf(...releases: readonly Files[]): Files {
  const files = releases.flatMap(release =>
    [...baselinesOf(code(release), watermelonProject).values()].flatMap(({ snapshots }) =>
      snapshots.map(one => [snapshotPath('', one).slice(1), snapshotText(one)] as const),
    ),
  )
  return Object.fromEntries(files)
}

const code = (files: Files): Files =>
  Object.fromEntries(Object.entries(files).filter(([path]) => /\.[jt]sx?$/.test(path)))
