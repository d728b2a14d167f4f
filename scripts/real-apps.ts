// Runs the analyzer on real apps and compares with what is known about them:
// npm run real-apps -- --sources <dir> [--app <part of a name>] [--history] [--layers] [--answers] [--places <number>] [--update] [--unread]
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual, parseArgs } from 'node:util'
import { analyse } from './real-apps-analysis.ts'
import { type AppAnswers, askApp } from './real-apps-answers.ts'
import { type AppFinding, bookSchema, compare, type RealApp } from './real-apps-book.ts'
import { runPast } from './real-apps-history.ts'
import { generateLayers } from './real-apps-layers.ts'
import { type AppResult, answersSection, realAppsPage } from './real-apps-report.ts'
import { layOut } from './real-apps-source.ts'

const { values } = parseArgs({
  options: {
    /** A folder with `<owner>+<name>` git repositories; else the variable OFFLINE_STORAGE_APPS. */
    sources: { type: 'string', default: process.env['OFFLINE_STORAGE_APPS'] },
    /** Only apps whose name contains this. */
    app: { type: 'string', default: '' },
    /** Looks at the commits that changed schemas instead. */
    history: { type: 'boolean', default: false },
    /** Only generates every sync layer that the apps' stores can have, and type-checks it. */
    layers: { type: 'boolean', default: false },
    /** Only asks for completion, definition, references and their siblings, at as many places of each app. */
    answers: { type: 'boolean', default: false },
    places: { type: 'string', default: '200' },
    /** Writes docs/real-apps.md. */
    update: { type: 'boolean', default: false },
    /** Prints findings without a verdict as entries for real-apps.json, with their messages as notes. */
    unread: { type: 'boolean', default: false },
  },
})
const sources = values.sources
if (sources === undefined || !existsSync(sources)) {
  console.error('Say where the apps are: --sources <dir> or the variable OFFLINE_STORAGE_APPS.')
  process.exit(2)
}
const book = bookSchema.parse(JSON.parse(readFileSync(join(import.meta.dirname, 'real-apps.json'), 'utf8')))
const apps = book.apps.filter(app => app.repo.toLowerCase().includes(values.app.toLowerCase()))
const run = values.history ? history : values.layers ? layers : values.answers ? answers : present
process.exitCode = (await run(sources)) ? 0 : 1

async function present(folder: string): Promise<boolean> {
  const results: AppResult[] = []
  for (const app of apps) {
    const tree = layOut(folder, app.repo, app.commit)
    const analysis = await analyse(tree.folder, 'none')
    const result = {
      app,
      answers: await answersOf(app, tree.folder),
      commit: tree.commit,
      exact: tree.exact,
      analysis,
      comparison: compare(app, analysis.findings),
    }
    results.push(result)
    report(result)
  }
  const page = realAppsPage(results)
  if (values.update && apps.length === book.apps.length)
    writeFileSync(join(import.meta.dirname, '../docs/real-apps.md'), page)
  else if (!values.unread) console.log(page)
  return results.every(({ app, comparison, analysis, answers }) => {
    const judged = comparison.further.every(({ read }) => read?.verdict === 'true')
    const whole = isDeepStrictEqual(analysis.stores, app.stores) && analysis.thrown.length === 0
    return (
      judged &&
      whole &&
      (!answers || isRight(answers)) &&
      comparison.missed.length === 0 &&
      comparison.gone.length === 0
    )
  })
}

async function answers(folder: string): Promise<boolean> {
  const asked: { readonly repo: string; readonly answers: AppAnswers }[] = []
  for (const app of apps) {
    const tree = layOut(folder, app.repo, app.commit)
    const answers = await answersOf(app, tree.folder)
    if (!answers) continue
    asked.push({ repo: app.repo, answers })
    reportAnswers(app, answers)
  }
  console.log(answersSection(asked).join('\n'))
  return asked.every(one => isRight(one.answers))
}

/** What asking the app gave; undefined where the plain search, which knows nothing of Realm, cannot judge it. */
async function answersOf({ engines, repo }: RealApp, folder: string): Promise<AppAnswers | undefined> {
  return engines.length > 0 && !engines.includes('realm') ? askApp(folder, repo, +values.places) : undefined
}

function isRight({ exceptions, wrong }: AppAnswers): boolean {
  return exceptions.length === 0 && wrong.length === 0
}

function reportAnswers({ repo }: RealApp, { exceptions, wrong, missing }: AppAnswers): void {
  for (const [kind, notes] of Object.entries({ exceptions, wrong, missing }))
    for (const note of notes) console.error(`${repo}: ${kind} ${note}`)
}

function report({ app, exact, commit, comparison, analysis, answers }: AppResult): void {
  const say = (text: string): void => console.error(`${app.repo}: ${text}`)
  if (!exact) say(`commit ${app.commit} is not in the source; the newest, ${commit}, was analysed`)
  for (const problem of [...analysis.problems, ...analysis.thrown]) say(problem)
  if (!isDeepStrictEqual(analysis.stores, app.stores))
    say(`read ${JSON.stringify(analysis.stores)}, but there is ${JSON.stringify(app.stores)}`)
  if (answers) reportAnswers(app, answers)
  for (const known of comparison.missed) say(`missed ${where(known)} ${known.note}`)
  for (const read of comparison.gone) say(`the verdict on ${where(read)} is about nothing that is reported now`)
  for (const { finding, read } of comparison.further) {
    if (read?.verdict === 'false') say(`false alarm ${where(finding)} ${finding.message}`)
    if (read === undefined && !values.unread) say(`not read yet: ${where(finding)} ${finding.message}`)
    if (read === undefined && values.unread) console.log(`${app.repo} ${JSON.stringify(entryFor(finding))}`)
  }
}

async function layers(folder: string): Promise<boolean> {
  const count = { written: 0, refused: 0, wrong: 0 }
  for (const app of apps) {
    for (const { layer, files, refused, faults } of await generateLayers(layOut(folder, app.repo, app.commit).folder)) {
      count[faults.length > 0 ? 'wrong' : refused === undefined ? 'written' : 'refused'] += 1
      console.log(`${app.repo} ${layer}: ${refused ?? `${files} files`}`)
      for (const fault of faults) console.log(`     ${fault}`)
    }
  }
  console.log(`${count.written} layers written, ${count.refused} refused, ${count.wrong} wrong`)
  return count.wrong === 0
}

async function history(folder: string): Promise<boolean> {
  let good = true
  for (const [app, past] of apps.flatMap(app => app.history.map(past => [app, past] as [RealApp, typeof past]))) {
    const { missing, unexpected, brought, analysis } = await runPast(folder, app, past)
    const bad = missing.length > 0 || unexpected.length > 0 || analysis.thrown.length > 0 || analysis.compared === 0
    if (bad) good = false
    console.log(`${bad ? 'BAD ' : 'good'} ${app.repo} ${past.commit} (${past.note})`)
    console.log(`     expects ${past.expects.join(', ') || 'nothing'}; ${analysis.compared} stores compared`)
    for (const rule of missing) console.log(`     missing ${rule}`)
    for (const finding of brought)
      console.log(`     ${unexpected.includes(finding) ? 'unexpected ' : ''}${where(finding)} ${finding.message}`)
    for (const problem of [...analysis.problems, ...analysis.thrown]) console.log(`     problem ${problem}`)
  }
  return good
}

function entryFor({ rule, file, line, message }: AppFinding): object {
  return { rule, file, line, verdict: '', note: message }
}

function where(at: { readonly rule: string; readonly file: string; readonly line: number }): string {
  return `${at.rule} ${at.file}:${at.line}`
}
