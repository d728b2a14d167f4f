// Writes code from nothing in an app given as texts, as the palette does.
import assert from 'node:assert/strict'
import type { Answers, Question } from '../../../shared/scaffolds.ts'
import type { Generated, ScaffoldContext } from '../../src/core/engines/contract.ts'
import { isNewFile } from '../../src/core/text/edit.ts'
import { applyFix, appRoot, type RunningApp, runApp } from '../run-example.ts'
import type { ProjectOptions } from '../workspace-of.ts'

/** An app, what was asked, and what came of it. */
export interface Scaffolded {
  readonly app: RunningApp
  readonly asked: readonly Question[]
  readonly result: Generated
}

/**
 * Runs a scaffold in an app. Each question is answered from `answers`, by its id; one that is not there takes what stands
 * in it to begin with: its text, its first choice, or the choices that are picked.
 */
export function scaffold(
  files: Readonly<Record<string, string>>,
  project: ProjectOptions,
  id: string,
  answers: Answers = {},
): Scaffolded {
  const app = runApp(files, { project })
  const found = app.analyzer.scaffolds().find(one => one.id === id)
  assert.ok(found, `there is no ${id}`)
  const context: ScaffoldContext = {
    ...app.context,
    project: app.analyzer.project(`${appRoot}/index.ts`),
    file: undefined,
    catalog: app.analyzer.catalog(file => app.texts.get(file)),
    generators: app.analyzer.generators,
  }
  const asked: Question[] = []
  let given: Answers = {}
  for (;;) {
    const question = found.ask(given, context)
    if (!question) break
    assert.ok(given[question.id] === undefined, `${question.id} is asked twice`)
    asked.push(question)
    given = { ...given, [question.id]: answers[question.id] ?? firstAnswer(question) }
  }
  return { app, asked, result: found.write(given, context) }
}

/** The files that a scaffold made, by path. Throws where it made none. */
export function newFiles({ app, result }: Scaffolded): Record<string, string> {
  assert.ok('edits' in result, 'problem' in result ? result.problem : '')
  const made = result.edits.filter(isNewFile).map(edit => edit.file.slice(appRoot.length + 1))
  const all = applyFix(app, { title: '', safe: false, edits: result.edits })
  return Object.fromEntries(made.map(path => [path, all[path] ?? '']))
}

/** All files of the app afterwards. */
export function filesAfter({ app, result }: Scaffolded): Record<string, string> {
  assert.ok('edits' in result, 'problem' in result ? result.problem : '')
  return applyFix(app, { title: '', safe: false, edits: result.edits })
}

function firstAnswer(question: Question): string | readonly string[] {
  if (question.kind === 'text') return question.value ?? ''
  if (!question.many) return question.choices[0]?.value ?? ''
  return question.choices.flatMap(one => (one.picked ? one.value : []))
}
