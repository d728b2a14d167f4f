// For apps that are right as they are: all rules run, and none may speak.
import assert from 'node:assert/strict'
import { runApp } from './run-example.ts'

/** Fails with every finding in the app, where there is one; `versions` are the packages that it has installed. */
export function expectNoFindings(
  files: Readonly<Record<string, string>>,
  versions: Readonly<Record<string, string>>,
): void {
  const { analyzer } = runApp(files, { project: { versions } })
  const found = Object.keys(files).flatMap(path =>
    analyzer.findings(`/app/${path}`).map(({ rule, span, message }) => {
      const text = files[path]?.slice(span.start, span.end)
      return `${path}: ${rule} at ${text}: ${message}`
    }),
  )
  assert.deepEqual(found, [])
  for (const path of Object.keys(files)) assert.equal(analyzer.facts(`/app/${path}`)?.error, undefined, path)
}
