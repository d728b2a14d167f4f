// Generates a sync layer for a small app.
import type { Answers } from '../../../shared/scaffolds.ts'
import { appRoot } from '../run-example.ts'
import type { ProjectOptions } from '../workspace-of.ts'
import { type GeneratedApp, runScaffold } from './run-scaffold.ts'

export const typeScriptProject: ProjectOptions = {
  versions: { 'expo-sqlite': '57.0.3', '@op-engineering/op-sqlite': '18.2.5', '@nozbe/watermelondb': '0.28.0' },
  tsconfig: { file: `${appRoot}/tsconfig.json` },
}

/** What is answered where a test does not say. */
const plainAnswers: Answers = {
  endpoint: 'https://api.example.com',
  folder: 'src/sync',
  exclude: [],
  conflicts: 'fieldMerge',
  deletes: 'deleteWins',
  audit: 'yes',
  transport: 'rest',
}

/** Runs "Generate Sync Layer" over the files; `given` are the answers of the person; `released` is the app as it was released. It throws where nothing can be written; the cause is what was asked. */
export const generateLayer = (
  files: Readonly<Record<string, string>>,
  given: Answers = {},
  project: ProjectOptions = typeScriptProject,
  released?: Readonly<Record<string, string>>,
): GeneratedApp => runScaffold('sync.generateLayer', files, { ...plainAnswers, ...given }, project, released)
