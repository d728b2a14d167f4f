// Completions at a caret of a small app, for tests.
import assert from 'node:assert/strict'
import { completionsAt } from '../../src/core/answers/completion.ts'
import { importEdits } from '../../src/core/answers/completion-imports.ts'
import type { Completion, Completions } from '../../src/core/answers/completions.ts'
import { type ExampleApp, exampleApp } from '../../src/core/engines/watermelondb/example-app.ts'
import { applyEdits } from '../../src/core/text/edit.ts'
import { caretIn } from '../../testkit/caret.ts'
import { expandSnippet } from '../../testkit/expand-snippet.ts'
import { appRoot, type RunningApp, runApp } from '../../testkit/run-example.ts'

/** An app with a caret, and what may be written there. */
export interface Completed {
  readonly app: RunningApp
  /** The path of the file with the caret, as given. */
  readonly path: string
  readonly text: string
  readonly found: Completions | undefined
  readonly labels: readonly string[]
}

type Options = NonNullable<Parameters<typeof runApp>[1]>

/**
 * What may be written at `$0` in the files of an app. It is asked of the files as first read, and again where the line of
 * the caret was typed into a file that had been read without it: both must give the same.
 */
export function complete(app: ExampleApp, options: Options = {}): Completed {
  return completeFiles(exampleApp(app), options)
}

/** The same, for files that are given one by one. */
export function completeFiles(marked: Readonly<Record<string, string>>, options: Options = {}): Completed {
  const { files, file: path, offset } = caretIn(marked)
  const file = `${appRoot}/${path}`
  const text = files[path]!
  const ask = (app: RunningApp): Completions | undefined =>
    app.analyzer.settled(() =>
      app.analyzer.asWritten(file, () =>
        completionsAt(
          app.analyzer.catalog(() => undefined),
          file,
          offset,
        ),
      ),
    )
  const app = runApp(files, { rules: [], ...options })
  const found = ask(app)
  const typed = runApp({ ...files, [path]: withoutLine(text, offset) }, { rules: [], ...options })
  typed.analyzer.set(file, text)
  assert.deepEqual(spelled(ask(typed)), spelled(found))
  return { app, path, text, found, labels: found?.items.map(item => item.label) ?? [] }
}

const spelled = (found: Completions | undefined): string => JSON.stringify(found)

const withoutLine = (text: string, offset: number): string => {
  const end = text.indexOf('\n', offset)
  return text.slice(0, text.lastIndexOf('\n', offset - 1) + 1) + (end < 0 ? '' : text.slice(end + 1))
}

/** The item of a label. */
export function itemOf({ found, labels }: Completed, label: string): Completion {
  const item = found?.items.find(one => one.label === label)
  assert.ok(item, `${label} is not among ${labels.join(', ')}`)
  return item
}

/** The files when the item of a label has been chosen and its placeholders are left as they are, as an editor would write it. */
export function choose(completed: Completed, label: string): Record<string, string> {
  const { app, path, text, found } = completed
  const item = itemOf(completed, label)
  assert.ok(found)
  const file = `${appRoot}/${path}`
  const indent = /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', found.replaced.start - 1) + 1))![0]
  const written = item.kind === 'entry' ? expandSnippet(item.text).replaceAll('\n', `\n${indent}`) : item.text
  const module = app.analyzer.facts(file)!.module
  const edits = [
    { file, ...found.replaced, text: written },
    ...(found.comma ? [{ file, start: found.comma.at, end: found.comma.at, text: ',' }] : []),
    ...importEdits(file, text, module, item.imports ?? [], app.context.specifier),
  ]
  const files = Object.fromEntries([...app.texts].map(([one, now]) => [one.slice(appRoot.length + 1), now]))
  return { ...files, [path]: applyEdits(text, edits) }
}

/** Parses the files that choosing gives, which must have no syntax error, and says what rules find in them. */
export function findingsAfter(files: Readonly<Record<string, string>>, options: Options = {}): readonly string[] {
  const { analyzer, texts } = runApp(files, options)
  for (const file of texts.keys())
    assert.equal(analyzer.facts(file)?.error, undefined, `${file} has an error:\n${texts.get(file)}`)
  return [...texts.keys()].flatMap(file =>
    analyzer.findings(file).map(one => one.rule.replace(/^(?:watermelondb|realm)\//, '')),
  )
}
