// Asks for answers at chosen places of a real app, and compares them with what a plain search of its text says.
import { readFileSync } from 'node:fs'
import { createAnalyzer } from '../server/src/core/analyze.ts'
import { completionsAt } from '../server/src/core/answers/completion.ts'
import type { Catalog } from '../server/src/core/catalog/catalog.ts'
import { createStoreReader } from '../server/src/core/read-stores.ts'
import { engines } from '../server/src/core/rules/all.ts'
import { defaultSettings } from '../server/src/core/settings.ts'
import { linesOf } from '../server/src/core/text/lines.ts'
import { feedWanted } from '../server/src/host/feed-wanted.ts'
import { loadWorkspace } from '../server/src/host/load-workspace.ts'
import { createJudge as createSqlJudge } from '../server/src/host/sqlite/create-judge.ts'
import { createJudge, type Verdict } from './real-apps-judge.ts'
import { type Caret, choosePlaces } from './real-apps-places.ts'
import { scan } from './real-apps-scan.ts'

/** What asking an app's places gave. */
export interface AppAnswers {
  readonly places: number
  /** Places at which something was answered. */
  readonly answered: number
  /** Spans of answers that a plain search confirmed, and those of which only the letters could be compared. */
  readonly byClaim: number
  readonly byLetters: number
  readonly exceptions: readonly string[]
  readonly wrong: readonly string[]
  readonly missing: readonly string[]
}

/** Reads the app in `folder` and asks at `count` places of it; which ones depends on `seed` and the app alone. */
export async function askApp(folder: string, seed: string, count: number): Promise<AppAnswers> {
  const exceptions: string[] = []
  const sql = createSqlJudge(message => exceptions.push(message))
  const { answerNow } = sql
  const analyzer = createAnalyzer({ engines, rules: [], answerNow })
  const { holdsStore } = createStoreReader(engines, answerNow)
  const { files } = await loadWorkspace({ root: folder, analyzer, settings: defaultSettings, holdsStore })
  const texts = new Map(files.sources.map(file => [file, readFileSync(file, 'utf8').replace(/^\uFEFF/, '')]))
  const catalog = analyzer.catalog(file => texts.get(file))
  const lookAtAll = (): void => {
    analyzer.settled(() => {
      for (const file of catalog.files()) catalog.mentions(file)
    })
  }
  lookAtAll()
  await feedWanted(
    analyzer,
    file => texts.has(file),
    async wanted => {
      for (const file of wanted) analyzer.set(file, texts.get(file)!)
      lookAtAll()
    },
  )
  const scanned = scan(texts, instancesOf(catalog))
  const judge = createJudge(catalog, scanned)

  const cut = ({ file, offset }: Caret): Verdict => {
    const text = texts.get(file)!
    const mentioned = (): number => analyzer.settled(() => catalog.mentions(file)).length
    const before = mentioned()
    const end = text.indexOf('\n', offset)
    analyzer.set(file, text)
    analyzer.set(file, text.slice(0, offset) + (end < 0 ? '' : text.slice(end)))
    try {
      return judge.judgeCut(file, offset, () =>
        analyzer.asWritten(file, () => analyzer.settled(() => completionsAt(catalog, file, offset))),
      )
    } finally {
      analyzer.set(file, text)
      if (mentioned() !== before) wrong.push(`mentions of ${file} after a cut at ${offset}`)
    }
  }
  const wrong: string[] = []
  const missing: string[] = []
  const tally = { places: 0, answered: 0, byClaim: 0, byLetters: 0 }
  for (const caret of choosePlaces(catalog, scanned, seed, count)) {
    tally.places++
    try {
      const verdict = caret.isCut ? cut(caret) : analyzer.settled(() => judge.judge(caret.file, caret.offset))
      if (verdict.isAnswered) tally.answered++
      tally.byClaim += verdict.byClaim
      tally.byLetters += verdict.byLetters
      for (const { kind, about } of verdict.complaints)
        (kind === 'wrong' ? wrong : missing).push(`${caret.isCut ? 'cut: ' : ''}${about}`)
    } catch (error) {
      exceptions.push(`${caret.file}:${caret.offset} ${error instanceof Error ? error.stack : error}`)
    }
  }
  sql.dispose()
  const readable = (notes: readonly string[]): readonly string[] =>
    [...new Set(notes)].map(note =>
      note.replace(/(\S+\.[cm]?[jt]sx?):(\d+)/g, (all, file: string, offset: string) => {
        const text = texts.get(file)
        return text === undefined
          ? all
          : `${file.slice(files.root.length + 1)}:${linesOf(text).at(+offset).line + 1}:${linesOf(text).at(+offset).column + 1}`
      }),
    )
  return { ...tally, exceptions: readable(exceptions), wrong: readable(wrong), missing: readable(missing) }
}

/** The instances of MMKV that have a key, by the key. */
function instancesOf(catalog: Catalog): ReadonlyMap<string, readonly string[]> {
  const instances = new Map<string, string[]>()
  for (const store of catalog.stores().filter(one => one.engine === 'mmkv'))
    for (const { fields, name } of store.entities)
      for (const key of fields) instances.set(key.name.text, [...(instances.get(key.name.text) ?? []), name.text])
  return instances
}
