// THE DOOR: texts go in, findings and fixes come out. Everything the doors (editor, CLI, tests) need is here.
import { batch, effect, signal, untracked } from '@preact/signals-core'
import type { Baseline, Snapshot } from './baseline/snapshot.ts'
import type { Catalog, Store } from './catalog/catalog.ts'
import { createFactsStore } from './catalog/file-signals.ts'
import { difference } from './catalog/long-lists.ts'
import { createScope, type Project, type Workspace } from './catalog/scope.ts'
import { plainTerms } from './catalog/terms.ts'
import type { Duties, Engine, EngineLink, Generators, Renames, Scaffold, Subject } from './engines/contract.ts'
import type { FileFacts } from './facts/file-facts.ts'
import { readFacts } from './facts/read-facts.ts'
import { reconcile } from './facts/reconcile.ts'
import { share } from './facts/share-facts.ts'
import { updateFacts } from './facts/update-facts.ts'
import { createFindingStore, type FindingStore, type Found } from './rules/finding-store.ts'
import type { AnyRule, Evidence, Fix, FixContext, Related, Rule, Severity } from './rules/rule.ts'
import { applySilences } from './rules/silence.ts'
import type { AnswerNow, PlanAnswer, SqlAnswer, SqlQuestion } from './sql/judge.ts'
import { createQuestions } from './sql/questions.ts'
import type { Text } from './text/long-text.ts'
import type { Span } from './text/span.ts'

/** Something wrong at a place. The span moves with later edits of its file. */
export interface Finding {
  readonly rule: string
  readonly severity: Exclude<Severity, 'off'>
  readonly message: string
  readonly file: string
  readonly span: Span
  readonly related: readonly Related[]
  /** True when `fixes` may have something to offer. */
  readonly fixable: boolean
  /** Codes of another program that reports it; such findings are not among `findings`. */
  readonly saidBy?: readonly string[]
}

/** What the doors may choose. */
export interface AnalyzerOptions {
  readonly engines: readonly Engine[]
  readonly rules: readonly AnyRule[]
  /** Told when a rule throws; the rule stays silent about that subject and the house goes on. */
  readonly onRuleError?: (rule: string, error: unknown) => void
  /** Without it, answers to questions about SQL come by `answer` alone. */
  readonly answerNow?: AnswerNow
}

/** A workspace being analysed. Not safe to call from inside its own callbacks. */
export interface Analyzer {
  /** True when some engine could be concerned by this text; other files need not be given unless `wanted` names them. */
  concerns(text: string): boolean
  /** Gives or replaces the text of a file. Never throws, whatever the text. */
  set(file: string, text: Text): void
  /** Gives facts kept from an earlier run (same version of this program, same text), without the text. */
  restore(file: string, facts: FileFacts): void
  /** Tells the text that the present facts of a file were read from, so that the next edit need not read all of it again. */
  adopt(file: string, text: Text): void
  /** Forgets a file. */
  drop(file: string): void
  /** Makes several changes at once; findings are brought up to date when `change` returns. */
  batch(change: () => void): void
  /** The same, but what is new is not asked about yet: `catchUp` does that piece by piece, so that nobody waits long. */
  batchPatiently(change: () => void): void
  /**
   * Asks the rules about one subject that came in `batchPatiently`, the last one first: code and models come behind the
   * tables they speak of, and are what a person looks at. False when none is left.
   */
  catchUp(): boolean
  /** How specifiers resolve and what is installed; give a new object whenever an answer may have changed. */
  setWorkspace(workspace: Workspace): void
  /** Baselines by store name. */
  setBaselines(baselines: ReadonlyMap<string, Baseline>): void
  /** Severity by rule id; for a rule not named its own severity holds. May depend on the file (multi-root, config files). */
  setSeverity(severityOf: (rule: AnyRule, file: string) => Severity): void
  /** Files that references point to and whose text has not been given. They need not exist. */
  wanted(): ReadonlySet<string>
  has(file: string): boolean
  /** The facts of a file, to be kept for the next start. */
  facts(file: string): FileFacts | undefined
  /** Present findings of a file, by place; silenced ones are left out, unused silences and unknown rule ids are findings themselves. */
  findings(file: string): readonly Finding[]
  /** What another program reports (see `Evidence.saidBy`), and only our fix is wanted for. */
  foreignFindings(file: string): readonly Finding[]
  /** Every file that has findings. */
  filesWithFindings(): readonly string[]
  /** Files whose findings may have changed since the last call. */
  takeChanged(): ReadonlySet<string>
  /** Computes the fixes of a finding returned by `findings`, best first; none when the texts have moved on. */
  fixes(finding: Finding, context: FixContext): readonly Fix[]
  stores(): readonly Store[]
  snapshot(store: Store): Snapshot | undefined
  /** The engine of a store. */
  engine(store: Store): Engine | undefined
  /** What could take the place of what was found, or prove it: ids of scaffolds, each with what is known already. */
  instead(finding: Finding): readonly Replacement[]
  /** What the engine of `store` can write when asked. */
  generators(store: Store): Generators
  hasModel(store: Store, entity: string): boolean
  /** What calls for tests of a store. */
  duties(store: Store): Duties
  /** What the engine of `store` writes so that a rename keeps the data. */
  renames(store: Store): Renames
  /** All code that engines write from nothing. */
  scaffolds(): readonly Scaffold[]
  /** The package that a file belongs to, or would belong to. */
  project(file: string): Project
  /** The statement of SQL at a place and the way by which SQLite would answer it; undefined where there is none, or nobody to ask. */
  queryPlan(file: string, offset: number): { readonly sql: string; readonly plan: PlanAnswer } | undefined
  /** The workspace as answers and views see it; `text` tells the texts of files whose facts alone were given. */
  catalog(text: (file: string) => string | undefined): Catalog
  /**
   * Asks about a text as it stands, even where it does not parse: while `ask` runs, `file` is taken to say what can be
   * read of it now. For answers in the middle of typing, when findings still go by the last good reading.
   */
  asWritten<T>(file: string, ask: () => T): T
  /** Questions about SQL that came up since the last call; findings that hang on them are held back until `answer`. */
  takeQuestions(): readonly SqlQuestion[]
  /** Brings the answers to questions that were taken, in their order. Findings are up to date when this returns. */
  answer(questions: readonly SqlQuestion[], answers: readonly SqlAnswer[]): void
  /** Has all open questions answered by `answerNow`, with those that the answers raise; what it cannot answer stays open. */
  settle(): void
  /** What `ask` gives once no question is open that it raises: `answerNow` is asked until then. */
  settled<T>(ask: () => T): T
}

/** A scaffold that a finding leads to. */
export interface Replacement {
  readonly title: string
  /** The id of a `Scaffold`. */
  readonly id: string
  readonly answers: NonNullable<Fix['scaffold']>['answers']
}

/** An analyzer that knows no file yet. */
export function createAnalyzer(options: AnalyzerOptions): Analyzer {
  const facts = createFactsStore()
  const texts = new Map<string, Text>()
  const packages = options.engines.flatMap(engine => engine.packages)
  const questions = createQuestions(options.answerNow)
  const scope = createScope(
    facts,
    specifier => packages.some(p => specifier === p || specifier.startsWith(`${p}/`)),
    questions,
  )
  const found = createFindingStore()
  const evidence = new WeakMap<Finding, Found>()
  const rules = rulesByKind(options.rules)
  const severity = signal<(rule: AnyRule, file: string) => Severity>(rule => rule.severity)

  const judge = (rule: AnyRule, subject: object): Found[] => {
    try {
      return [...(rule as Rule<object>).check(subject)].map(one => ({ rule, evidence: one, subject }))
    } catch (error) {
      options.onRuleError?.(rule.id, error)
      return []
    }
  }

  const waiting: (() => void)[] = []
  let isPatient = false
  const begin = (start: () => void) => void (isPatient ? waiting.push(start) : start())

  const links = options.engines.map(engine => {
    const link = engine.link(scope)
    watchSubjects(
      link,
      subject => {
        const kind = rules.get(`${engine.id}:${subject.kind}`) ?? []
        return subject.isWide ? kind.map(rule => [rule]) : kind.length > 0 ? [kind] : []
      },
      (subject, some) => some.flatMap(rule => judge(rule, subject.of)),
      found,
      begin,
    )
    return link
  })

  const change = (file: string, next: FileFacts | undefined) => {
    found.touch(file)
    batch(() => {
      facts.put(file, next)
      if (depth === 0) facts.publish()
    })
  }
  let depth = 0

  const together = (make: () => void) =>
    batch(() => {
      depth++
      try {
        make()
      } finally {
        depth--
        if (depth === 0) facts.publish()
      }
    })

  const read = (file: string, text: Text): FileFacts => {
    const before = facts.facts(file)
    const oldText = texts.get(file)
    if (before && oldText !== undefined) return updateFacts(file, { text: oldText, facts: before }, text)
    const next = readFacts(file, text.toString())
    return before ? reconcile(before, next) : next
  }

  const listed = (file: string, isForeign: boolean): readonly Finding[] => {
    const severityOf = severity.peek()
    const visible: Finding[] = []
    const seen = new Set<string>()
    for (const one of applySilences(file, facts.facts(file), found.of(file), options.rules)) {
      if ((one.evidence.saidBy !== undefined) !== isForeign) continue
      const level = severityOf(one.rule, file)
      const { span } = one.evidence.at
      const key = `${one.rule.id} ${span.start} ${span.end} ${one.evidence.message}`
      if (level === 'off' || seen.has(key)) continue
      seen.add(key)
      const finding: Finding = {
        rule: one.rule.id,
        severity: level,
        message: one.evidence.message,
        file,
        span,
        related: one.evidence.related ?? [],
        fixable: one.rule.fix !== undefined,
        ...(one.evidence.saidBy && { saidBy: one.evidence.saidBy }),
      }
      evidence.set(finding, one)
      visible.push(finding)
    }
    return visible.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end || (a.rule < b.rule ? -1 : 1))
  }

  const findings = (file: string) => listed(file, false)

  const engineOf = (store: Store) => options.engines.find(engine => engine.id === store.engine)
  const linkOf = (store: Store) => links.find(link => link.stores().includes(store))

  return {
    concerns: text => options.engines.some(engine => engine.mentions(text)),
    set(file, text) {
      if (texts.get(file) === text && facts.facts(file)) return
      const next = read(file, text)
      texts.set(file, text)
      change(file, next)
    },
    restore: (file, kept) => change(file, kept),
    adopt: (file, text) => void texts.set(file, text),
    drop(file) {
      texts.delete(file)
      change(file, undefined)
    },
    batch: make => together(make),
    batchPatiently(make) {
      isPatient = true
      try {
        together(make)
      } finally {
        isPatient = false
      }
    },
    catchUp() {
      untracked(() => waiting.pop()?.())
      return waiting.length > 0
    },
    setWorkspace: workspace => facts.setWorkspace(workspace),
    setBaselines: baselines => facts.setBaselines(baselines),
    setSeverity(severityOf) {
      severity.value = severityOf
      for (const file of found.files()) found.touch(file)
    },
    wanted: () => facts.wanted(),
    has: file => facts.facts(file) !== undefined,
    facts: file => facts.facts(file),
    findings,
    foreignFindings: file => listed(file, true),
    filesWithFindings: () => untracked(() => facts.files().filter(file => findings(file).length > 0)),
    takeChanged: () => found.takeTouched(),
    fixes(finding, context) {
      const one = evidence.get(finding)
      const rule = one?.rule as Rule<object, unknown> | undefined
      // A rule leaves the data out where it has found something and knows no way to mend it.
      if (!rule?.fix || one?.evidence.data === undefined) return []
      try {
        const mend = () => rule.fix?.(one.evidence as Evidence & { data: unknown }, context)
        const fixes = untracked(() => questions.settled(mend))
        return fixes === undefined ? [] : Array.isArray(fixes) ? (fixes as readonly Fix[]) : [fixes as Fix]
      } catch (error) {
        options.onRuleError?.(rule.id, error)
        return []
      }
    },
    instead(finding) {
      const one = evidence.get(finding)
      const instead = (one?.rule as Rule<object> | undefined)?.instead
      const subject = one?.subject
      if (!subject || !instead) return []
      return untracked(() =>
        [instead].flat().map(({ title, scaffold: id, answers }) => ({ title, id, answers: answers(subject) })),
      )
    },
    stores: () => untracked(() => links.flatMap(link => link.stores())),
    snapshot: store => untracked(() => linkOf(store)?.snapshot(store)),
    engine: engineOf,
    generators: store => untracked(() => linkOf(store)?.generators ?? {}),
    hasModel: (store, entity) => untracked(() => linkOf(store)?.hasModel?.(store, entity) ?? false),
    duties: store =>
      untracked(() => linkOf(store)?.duties?.(store) ?? { isVersioned: store.version !== undefined, isSynced: false }),
    renames: store => untracked(() => linkOf(store)?.renames ?? {}),
    scaffolds: () => links.flatMap(link => link.scaffolds ?? []),
    project: file => untracked(() => facts.workspace().project(file)),
    queryPlan: (file, offset) =>
      untracked(() => {
        const question = links.map(link => link.query?.(file, offset)).find(one => one !== undefined)
        const plan = question && questions.settled(() => questions.ask(question))
        return plan && { sql: question.sql, plan }
      }),
    catalog: text => ({
      files: () => untracked(() => facts.files()),
      text: file => texts.get(file)?.toString() ?? text(file),
      stores: () => untracked(() => links.flatMap(link => link.stores())),
      engineTitle: store => engineOf(store)?.title ?? store.engine,
      terms: store => engineOf(store)?.terms ?? plainTerms,
      mentions: file => untracked(() => joined(links.map(link => link.mentions?.(file) ?? []))),
      blanks: file => untracked(() => links.flatMap(link => link.blanks?.(file) ?? [])),
      relations: store => untracked(() => linkOf(store)?.relations?.(store) ?? []),
      valueNote: (store, field) => untracked(() => linkOf(store)?.valueNote?.(store, field)),
      plainType: (store, field) => untracked(() => linkOf(store)?.plainType?.(store, field) ?? 'unknown'),
      hasModel: (store, entity) => untracked(() => linkOf(store)?.hasModel?.(store, entity) ?? false),
      snapshot: store => untracked(() => linkOf(store)?.snapshot(store)),
      baseline: store => untracked(() => facts.baseline(store.name)),
    }),
    takeQuestions: () => questions.take(),
    answer: (asked, answers) => questions.answer(asked, answers),
    settle: () => questions.settled(() => undefined),
    settled: ask => untracked(() => questions.settled(ask)),
    asWritten(file, ask) {
      const known = facts.facts(file)
      const text = texts.get(file)
      if (!known?.error || text === undefined) return ask()
      // Effects wait for the end of the batch, and by then everything is as it was.
      return batch(() => {
        // What stands as it stood is the same object, so that what others made of it holds during the question and after it.
        facts.put(file, share(known, readFacts(file, text.toString())))
        try {
          return ask()
        } finally {
          facts.put(file, known)
        }
      })
    },
  }
}

/** The lists as one; where one of them holds all, that list itself, so that what was made of it can be remembered. */
function joined<T>(lists: readonly (readonly T[])[]): readonly T[] {
  const filled = lists.filter(list => list.length > 0)
  return filled.length > 1 ? filled.flat() : (filled[0] ?? [])
}

const rulesByKind = (rules: readonly AnyRule[]): Map<string, AnyRule[]> => {
  const byKind = new Map<string, AnyRule[]>()
  for (const rule of rules) {
    for (const kind of [rule.on].flat()) {
      const key = `${rule.id.slice(0, rule.id.indexOf('/'))}:${kind}`
      byKind.set(key, [...(byKind.get(key) ?? []), rule])
    }
  }
  return byKind
}

/**
 * Keeps effects alive for each subject, one for each set of its rules, so that a change re-checks only the subjects that
 * looked at what changed.
 */
function watchSubjects(
  link: EngineLink,
  ruleSets: (subject: Subject) => readonly (readonly AnyRule[])[],
  check: (subject: Subject, rules: readonly AnyRule[]) => readonly Found[],
  found: FindingStore,
  /** Starts the first asking about a subject, now or later. */
  when: (start: () => void) => void,
): void {
  const watch = (subject: Subject): (() => void) => {
    const watched = ruleSets(subject).map(set => {
      // What this set finds is kept under a key of its own, as the subject may have several sets.
      const key = {}
      const dispose = effect(() => found.replace(key, subject.isAlive?.() === false ? [] : check(subject, set)))
      return { key, dispose }
    })
    return () => {
      for (const { key, dispose } of watched) {
        dispose()
        found.replace(key, [])
      }
    }
  }

  keepAlive(
    () => link.subjectLists(),
    list => list,
    list =>
      keepAlive(
        list,
        subject => subject.of,
        subject => startedBy(when, () => watch(subject)),
      ),
  )
}

/** Begins something when `when` says so, unless it has been ended by then; gives what ends it. */
function startedBy(when: (start: () => void) => void, begin: () => () => void): () => void {
  let hasEnded = false
  let end: (() => void) | undefined
  when(() => {
    if (!hasEnded) end = begin()
  })
  return () => {
    hasEnded = true
    end?.()
  }
}

/** Begins something for each item of a reactive list and ends it when the item goes; gives what ends it all. */
function keepAlive<T>(
  items: () => readonly T[],
  keyOf: (item: T) => unknown,
  begin: (item: T) => () => void,
): () => void {
  /** How often each key is in the list, and what ends its item. */
  const alive = new Map<unknown, { count: number; end?: () => void }>()
  let last: readonly T[] = []
  const dispose = effect(() => {
    const present = items()
    untracked(() => {
      const changed = difference(last, present)
      if (!changed) return
      const gone = last.slice(changed.start, changed.oldEnd)
      const fresh = present.slice(changed.start, changed.newEnd)
      last = present
      for (const item of fresh) {
        const known = alive.get(keyOf(item))
        if (known) known.count++
        else alive.set(keyOf(item), { count: 1 })
      }
      for (const item of gone) {
        const known = alive.get(keyOf(item))!
        known.count--
        if (known.count > 0) continue
        known.end?.()
        alive.delete(keyOf(item))
      }
      for (const item of fresh) alive.get(keyOf(item))!.end ??= begin(item)
    })
  })
  return () => {
    dispose()
    for (const { end } of alive.values()) end?.()
  }
}
