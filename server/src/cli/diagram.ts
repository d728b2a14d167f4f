// `offline-storage diagram`: draws what is stored.
import { stat, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { linesOf } from '../core/text/lines.ts'
import type { Place } from '../core/text/span.ts'
import { diagramOf } from '../core/views/diagram.ts'
import { exportDiagram } from '../core/views/export-diagram.ts'
import type { Program } from '../program.ts'
import type { Arguments } from './arguments.ts'
import { CannotRun, type Io } from './io.ts'
import { type Loaded, load } from './load.ts'
import { inside } from './report/report.ts'

/** Writes the picture of the stores, to the terminal or to a file. Throws CannotRun where there is nothing to draw. */
export async function diagram(program: Program, args: Arguments, io: Io): Promise<number> {
  const loaded = await load(program, args, io)
  const stores = loaded.analyzer.stores()
  if (stores.length === 0) throw new CannotRun('No store was found here.')
  const unknown = args.stores.find(name => !stores.some(store => store.name === name))
  if (unknown !== undefined)
    throw new CannotRun(`There is no store "${unknown}". Stores: ${stores.map(store => store.name).join(', ')}.`)
  const isText = args.diagram !== 'svg'
  const view = diagramOf([sourceOf(loaded)], { stores: args.stores, ...(isText && { most: Infinity }) })
  const text = exportDiagram(view, args.diagram)
  if (args.out === undefined) {
    io.out(text)
    return 0
  }
  await write(resolve(io.cwd, args.out), args.out, text)
  io.out(`${args.out} written\n`)
  for (const note of view.notes) io.error(`${note}\n`)
  return 0
}

function sourceOf({ root, analyzer, context }: Loaded) {
  const lines = new Map<string, ReturnType<typeof linesOf>>()
  const linesIn = (file: string) => {
    const known = lines.get(file) ?? linesOf(context.text(file) ?? '')
    lines.set(file, known)
    return known
  }
  const locate = ({ file, span }: Place) => {
    const [start, end] = [linesIn(file).at(span.start), linesIn(file).at(span.end)]
    return {
      // What is written may be published, so it tells paths within the folder only.
      uri: inside(root, file),
      start: { line: start.line, character: start.column },
      end: { line: end.line, character: end.column },
    }
  }
  const catalog = analyzer.catalog(file => context.text(file))
  return {
    catalog,
    locate,
    findings: analyzer.filesWithFindings().flatMap(file => analyzer.findings(file)),
    broken: catalog
      .files()
      .filter(file => analyzer.facts(file)?.error)
      .map(file => inside(root, file)),
  }
}

async function write(path: string, name: string, text: string): Promise<void> {
  const known = await stat(path).catch(() => undefined)
  if (known?.isDirectory()) throw new CannotRun(`${name} is a folder.`)
  await writeFile(path, text).catch(error => {
    throw new CannotRun(`${name} could not be written (${(error as NodeJS.ErrnoException).code}).`)
  })
}
