// Measures the built language server and the queue of generated sync layers: node --import tsx bench/run.ts [sizes…] [--engine <id> | --queue] [--quick] [--server <bundle>] [--update] [--check]
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { judge } from './bounds.ts'
import { judgeDiagram, measureDiagram } from './diagram.ts'
import { benchEngines, type Measurement, measure } from './measure.ts'
import { judgeQueue, measureQueue } from './queue.ts'
import { mergeSections } from './sections.ts'
import { resultsMarkdown } from './table.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    /** Another build than dist/server/server.cjs, to compare two. */
    server: { type: 'string' },
    /** Only 100 and 1000 models, and 2000 operations. */
    quick: { type: 'boolean', default: false },
    /** Only apps with this library: watermelondb or realm. */
    engine: { type: 'string' },
    /** Only the queue of generated sync layers. */
    queue: { type: 'boolean', default: false },
    /** Writes what was measured into bench/results.md. */
    update: { type: 'boolean', default: false },
    /** Exits with 1 when a bound is missed. */
    check: { type: 'boolean', default: false },
  },
})
const project = join(import.meta.dirname, '..')
const bundle = resolve(values.server ?? join(project, 'dist/server/server.cjs'))
if (!values.queue && !existsSync(bundle)) {
  console.error(`There is no ${bundle}: run \`npm run build\` first.`)
  process.exit(2)
}
const sizes = positionals.length > 0 ? positionals.map(Number) : values.quick ? [100, 1000] : [10, 100, 1000, 3000]
if (!sizes.every(size => Number.isInteger(size) && size > 0)) {
  console.error(`Sizes are numbers of models: ${positionals.join(' ')}`)
  process.exit(2)
}
const engines = benchEngines.filter(
  engine => !values.queue && (values.engine === undefined || engine === values.engine),
)
const isWhole = values.engine === undefined && !values.queue
const rows: Measurement[] = []
for (const engine of engines)
  for (const size of sizes) {
    console.error(`${engine}, ${size} models …`)
    rows.push(await measure(bundle, engine, size, { edits: 50, starts: 2 }))
  }
const diagram = isWhole ? measureDiagram() : undefined
const queue = isWhole || values.queue ? await measureQueue(values.quick ? [2000] : [2000, 10_000]) : undefined
if (values.queue && queue === undefined) {
  console.error('The packages to measure are not installed: run `node scripts/setup-oracle.mjs` first.')
  process.exit(2)
}
const verdicts = [
  ...engines.flatMap(engine => judge(rows.filter(row => row.engine === engine))),
  ...(diagram ? judgeDiagram(diagram) : []),
  ...(queue?.flatMap(judgeQueue) ?? []),
]
const markdown = resultsMarkdown(rows, diagram, queue)
console.log(markdown)
const results = join(project, 'bench/results.md')
if (values.update) writeFileSync(results, mergeSections(readFileSync(results, 'utf8'), markdown))
if (values.check && verdicts.some(verdict => verdict.holds === false)) process.exitCode = 1
