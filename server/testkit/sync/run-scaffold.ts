// Asks a scaffold for code, as the editor does: question by question, then the edits.
import type { Answers, Question } from '../../../shared/scaffolds.ts'
import type { ScaffoldContext } from '../../src/core/engines/contract.ts'
import { applyEdits, isNewFile, type TextEdit } from '../../src/core/text/edit.ts'
import { appRoot, runApp } from '../run-example.ts'
import type { ProjectOptions } from '../workspace-of.ts'

/** The files of an app by path, with what came of them and what was said. */
export interface GeneratedApp {
  readonly files: Readonly<Record<string, string>>
  /** Paths of the files that were made or changed. */
  readonly written: readonly string[]
  readonly message: string
  readonly asked: readonly Question[]
}

/** Runs the scaffold over the files of an app. It throws where nothing can be written; the cause is what was asked. */
export function runScaffold(
  id: string,
  files: Readonly<Record<string, string>>,
  given: Answers,
  project: ProjectOptions,
  released?: Readonly<Record<string, string>>,
): GeneratedApp {
  const { analyzer, context: around } = runApp(code(files), { project, ...(released && { released: code(released) }) })
  const text = (file: string) => (file.startsWith(`${appRoot}/`) ? files[file.slice(appRoot.length + 1)] : undefined)
  const context: ScaffoldContext = {
    text,
    specifier: around.specifier,
    project: analyzer.project(`${appRoot}/index.ts`),
    file: undefined,
    catalog: analyzer.catalog(text),
    generators: analyzer.generators,
  }
  const scaffold = analyzer.scaffolds().find(one => one.id === id)
  if (scaffold === undefined) throw new Error(`There is no ${id}.`)
  const asked: Question[] = []
  let answers: Answers = {}
  for (;;) {
    const question = analyzer.settled(() => scaffold.ask(answers, context))
    if (question === undefined) break
    asked.push(question)
    const answer = given[question.id]
    if (answer === undefined) throw new Error(`No answer to ${question.id}.`)
    answers = { ...answers, [question.id]: answer }
  }
  const generated = analyzer.settled(() => scaffold.write(answers, context))
  if ('problem' in generated) throw new Error(generated.problem, { cause: asked })
  const after: Record<string, string> = { ...files }
  const written: string[] = []
  for (const edit of generated.edits) {
    const path = edit.file.slice(appRoot.length + 1)
    if (!isNewFile(edit)) continue
    if (path in after) throw new Error(`${path} exists.`)
    after[path] = edit.create
    written.push(path)
  }
  const changes = generated.edits.filter((edit): edit is TextEdit => !isNewFile(edit))
  for (const path of new Set(changes.map(edit => edit.file.slice(appRoot.length + 1)))) {
    const own = changes.filter(edit => edit.file === `${appRoot}/${path}`)
    after[path] = applyEdits(after[path] ?? '', own)
    written.push(path)
  }
  return { files: after, written: written.sort(), message: generated.message, asked }
}

const code = (files: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(files).filter(([path]) => /\.[jt]sx?$/.test(path)))
