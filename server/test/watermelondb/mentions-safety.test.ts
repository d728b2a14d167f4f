// Mentions of any text: nothing throws, and what a mention says stands where it says.
import assert from 'node:assert/strict'
import type { Mention } from '../../src/core/catalog/mention.ts'
import { rules } from '../../src/core/rules/all.ts'
import { exampleFiles } from '../../testkit/example-files.ts'
import { type RunningApp, readExample, runApp } from '../../testkit/run-example.ts'

const apps = rules
  .filter(rule => rule.id.startsWith('watermelondb/'))
  .flatMap(rule => rule.examples.map(example => ({ name: `${rule.id}: ${example.name}`, ...readExample(example) })))

/** The code of an app under `examples/`. */
const sourcesOf = (name: string) =>
  Object.fromEntries(Object.entries(exampleFiles(name)).filter(([path]) => /^src\/.*\.[jt]sx?$/.test(path)))

/** Numbers from 0 to 1 that are the same in every run. */
function chances(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1664525 + 1013904223) % 2 ** 32
    return state / 2 ** 32
  }
}

function check(app: RunningApp, texts: ReadonlyMap<string, string>, name: string): number {
  const catalog = app.analyzer.catalog(() => undefined)
  let count = 0
  for (const store of catalog.stores()) catalog.relations(store)
  for (const [file, text] of texts)
    for (const mention of catalog.mentions(file)) {
      count++
      const { start, end } = mention.at.span
      assert.equal(mention.at.file, file, name)
      assert.ok(
        0 <= start && start <= end && end <= text.length,
        `${name}: ${start}-${end} of ${text.length} in ${file}`,
      )
      checkName(mention, text.slice(start, end), name)
    }
  return count
}

function checkName(mention: Mention, written: string, name: string): void {
  if (mention.kind === 'word' || mention.source !== mention.at) return
  const meant = mention.kind === 'field' ? mention.field : mention.entity
  // SQL does not tell cases apart, and a mention is of the name as it is declared.
  if (mention.part === 'sql') assert.equal(written.toLowerCase(), meant?.toLowerCase(), name)
  else assert.equal(written, meant, name)
}

describe('mentions of any text', () => {
  it('say what stands there, in every example of every rule', () => {
    let count = 0
    for (const { name, files } of apps) {
      const app = runApp(files, { rules: [] })
      count += check(app, app.texts, name)
    }
    assert.ok(count > apps.length, `${count} mentions`)
  })

  it('say what stands there in the middle of typing', () => {
    const chance = chances(7)
    const notes = { name: 'examples/notes', files: sourcesOf('notes') }
    for (const { name, files } of [...apps, ...Array.from({ length: 40 }, () => notes)]) {
      const app = runApp(files, { rules: [] })
      const texts = new Map(app.texts)
      const paths = [...texts.keys()]
      const file = paths[Math.floor(chance() * paths.length)]!
      const text = texts.get(file)!
      const from = Math.floor(chance() * text.length)
      const cut = text.slice(0, from) + text.slice(from + Math.floor(chance() * 12))
      texts.set(file, cut)
      app.analyzer.set(file, cut)
      app.analyzer.catalog(() => undefined).mentions(file)
      app.analyzer.asWritten(file, () => check(app, texts, `${name}, ${file} cut at ${from}`))
    }
  })
})
