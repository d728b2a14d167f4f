// The quality gates of a folder: its marked tests and the results of their runs, as they are on disk. Nothing is run.
import { statSync } from 'node:fs'
import { realpath } from 'node:fs/promises'
import type { GatesReport } from '../../../shared/gates.ts'
import type { Analyzer } from '../core/analyze.ts'
import type { Store } from '../core/catalog/catalog.ts'
import { isTestFile } from '../core/catalog/test-file.ts'
import {
  type Judging,
  judgeGates,
  type MarkedTest,
  type ReadRun,
  ranAt,
  type TestedStore,
  type TimedFile,
} from '../core/gates/judge-gates.ts'
import { shortLine } from '../core/gates/one-line.ts'
import { placeOutcomes } from '../core/gates/place-outcomes.ts'
import { gateMark, readMarks } from '../core/gates/read-marks.ts'
import { plainPath } from '../core/gates/results.ts'
import { resultsFile } from '../core/gates/results-file.ts'
import type { Settings } from '../core/settings.ts'
import { readPlans } from '../core/sync/generate/config-plans.ts'
import { join } from '../core/text/path.ts'
import { isSqlName } from './file-kinds.ts'
import { inTurn } from './in-turn.ts'
import { type PackageTests, packageTests } from './package-tests.ts'
import { readRun } from './read-run.ts'
import { readText } from './read-text.ts'
import { toSlashes } from './slashes.ts'

/** The folder that is looked at. */
export interface GatesRequest {
  readonly root: string
  readonly analyzer: Pick<Analyzer, 'stores' | 'engine' | 'duties' | 'project' | 'settled'>
  readonly settings: Settings
  /** Its source files. */
  readonly sources: readonly string[]
  /** The text of a file as it is open in an editor, else as it is on disk. */
  readonly text: (file: string) => string | undefined
  /** True for files that are open, whose texts are not read from disk. */
  readonly isOpen?: (file: string) => boolean
  /** Result files that a person has named: then no others are looked for, and each must be there. */
  readonly results?: readonly string[]
}

/** What came of it. */
export interface GatesFound {
  readonly report: GatesReport
  /** What is wrong with marks and plans, in sentences. */
  readonly problems: readonly string[]
  /** What is wrong with result files. */
  readonly unread: readonly string[]
  readonly packages: readonly PackageTests[]
}

/** Files read at once. */
const width = 16

/** Looks at the gates of every store. */
export async function checkGates(request: GatesRequest): Promise<GatesFound> {
  const { root, analyzer } = request
  const told = (file: string) => (file.startsWith(`${root}/`) ? file.slice(root.length + 1) : file)
  const { tests, problems } = await markedTests(request, told)
  const plans = keptLayers(request, tests)
  const stores = analyzer.settled(() => analyzer.stores().map(store => testedStore(store, request, plans)))
  const { runs, unread } = await readRuns(request, stores, tests)
  const judging: Judging = { stores, tests, runs, told }
  return {
    report: { version: 1, stores: judgeGates(judging) },
    problems: [...problems, ...homeless(judging), ...plansWithoutStore(plans, stores)],
    unread: unread.map(({ file, problem }) => `${told(file)}: ${problem}`),
    packages: packageTests(request, judging),
  }
}

async function markedTests(
  { analyzer, sources, text, isOpen }: GatesRequest,
  told: (file: string) => string,
): Promise<{ readonly tests: readonly MarkedTest[]; readonly problems: readonly string[] }> {
  const files = sources.filter(file => !isSqlName(file) && isTest(analyzer, file))
  const texts = await inTurn(files, width, async file => {
    if (isOpen?.(file)) return text(file)
    const read = await readText(file)
    return read.problem === undefined ? read.text : undefined
  })
  const problems: string[] = []
  const tests = files.flatMap((file, index): MarkedTest[] => {
    const written = texts[index]
    if (!written?.includes(gateMark)) return []
    const read = readMarks(file, written)
    problems.push(...read.problems.map(problem => `${told(file)}: ${shortLine(problem)}`))
    if (read.marks.length === 0) return []
    return [{ ...timed(file), packageRoot: analyzer.project(file).root, marks: read.marks }]
  })
  return { tests, problems }
}

/** A store that a sync layer is kept for, and the folder of the layer. */
interface KeptLayer {
  readonly store: string
  readonly folder: string
}

/** What the config files of the packages keep. */
function keptLayers({ root, analyzer, text }: GatesRequest, tests: readonly MarkedTest[]): readonly KeptLayer[] {
  const roots = new Set([
    root,
    ...analyzer.stores().map(store => analyzer.project(store.at.file).root),
    ...tests.map(test => test.packageRoot),
  ])
  return [...roots].flatMap(folder =>
    readPlans({ project: { root: folder }, text }).plans.map(plan => ({
      store: plan.store,
      folder: join(folder, `./${plan.folder}`),
    })),
  )
}

function testedStore(store: Store, request: GatesRequest, layers: readonly KeptLayer[]): TestedStore {
  const { analyzer, sources } = request
  const { isVersioned, isSynced } = analyzer.duties(store)
  const file = store.schemaFile ?? store.at.file
  const own = layers.filter(layer => layer.store === store.name)
  const tested = new Set([
    file,
    ...store.entities.map(entity => entity.at.file),
    ...store.migrations.map(migration => migration.at.file),
    ...sources.filter(source => own.some(layer => source.startsWith(`${layer.folder}/`)) && !isTest(analyzer, source)),
  ])
  return {
    engine: store.engine,
    name: store.name,
    version: store.version?.value,
    file,
    packageRoot: analyzer.project(store.at.file).root,
    isVersioned,
    syncs: own.length > 0 || isSynced,
    tested: [...tested].map(timed),
  }
}

const isTest = ({ project }: Pick<Analyzer, 'project'>, file: string): boolean =>
  isTestFile({ workspace: () => ({ project }) }, file)

/** A file that is gone counts as changed just now: nobody knows when it was. */
function timed(file: string): TimedFile {
  const found = statSync(file, { throwIfNoEntry: false })
  return { file, changedAt: found ? Math.floor(found.mtimeMs) : Number.POSITIVE_INFINITY }
}

interface UnreadFile {
  readonly file: string
  readonly problem: string
}

async function readRuns(
  { root, settings, results }: GatesRequest,
  stores: readonly TestedStore[],
  tests: readonly MarkedTest[],
): Promise<{ readonly runs: readonly ReadRun[]; readonly unread: readonly UnreadFile[] }> {
  const roots = [root, ...stores.map(store => store.packageRoot), ...tests.map(test => test.packageRoot)]
  const usual = [
    ...settings.gates.results.map(path => join(root, path.replace(/\\/g, '/'))),
    ...roots.map(folder => `${folder}/${resultsFile}`),
  ]
  const files = [...new Set(results ?? usual)].map(toSlashes)
  const names = await namesOf(tests)
  const runs: ReadRun[] = []
  const unread: UnreadFile[] = []
  for (const file of files) {
    const read = await readRun(file)
    if (read === 'missing') {
      if (results) unread.push({ file, problem: 'There is no such file.' })
    } else if ('problem' in read) unread.push({ file, problem: read.problem })
    else
      runs.push({
        ranAt: ranAt(read.run, read.writtenAt),
        outcomes: placeOutcomes(read.run, { file, root, names }),
      })
  }
  return { runs, unread }
}

/** Test files by their paths and by where symbolic links lead. */
async function namesOf(tests: readonly MarkedTest[]): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>()
  for (const { file } of tests) {
    const real = await realpath(file).catch(() => file)
    names.set(plainPath(real), file)
    names.set(plainPath(file), file)
  }
  return names
}

/** Marks that name a store which is not there. */
function homeless({ stores, tests, told }: Judging): string[] {
  const known = new Set(stores.map(store => store.name))
  return tests.flatMap(({ file, marks }) =>
    marks.flatMap(({ store }) =>
      store === undefined || known.has(store)
        ? []
        : [`${told(file)}: There is no store "${shortLine(store)}". Stores: ${[...known].map(shortLine).join(', ')}.`],
    ),
  )
}

const plansWithoutStore = (layers: readonly KeptLayer[], stores: readonly TestedStore[]): string[] =>
  [...new Set(layers.map(layer => layer.store))]
    .filter(name => !stores.some(store => store.name === name))
    .map(name => `A sync layer is kept for "${shortLine(name)}", and there is no such store.`)
