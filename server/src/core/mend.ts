// Mends everything that can be mended safely: fixes are made one after another, and what is left is checked again.
import type { Analyzer, Finding } from './analyze.ts'
import type { Fix, FixContext } from './rules/rule.ts'
import { applyEdits, isNewFile, type TextEdit } from './text/edit.ts'

/** What to mend. */
export interface MendOptions {
  readonly context: FixContext
  /** Only findings of these files; all files where it is absent. Fixes may reach into other files all the same. */
  readonly files?: readonly string[]
  /** Only findings of these rules; all rules where it is absent. */
  readonly rules?: ReadonlySet<string>
}

/** What became of the texts. `before` is undefined for a new file. */
export interface Mended {
  readonly changes: ReadonlyMap<string, { readonly before: string | undefined; readonly after: string }>
  /** How many fixes were made. */
  readonly fixes: number
}

/** Fixes that keep calling for one another end here. */
const mostPasses = 200

/**
 * Makes the safe fixes of all findings asked for, checks again, and goes on until none is left. Fixes that touch the
 * same place wait for the next pass, so that each is computed from a text that it fits.
 * The analyzer is given the texts of every pass, and the original ones again before this returns.
 */
export function mend(analyzer: Analyzer, options: MendOptions): Mended {
  const before = new Map<string, string | undefined>()
  const working = new Map<string, string>()
  const context: FixContext = {
    text: file => working.get(file) ?? options.context.text(file),
    specifier: (from, to) => options.context.specifier(from, to),
  }
  const made = new Set<string>()
  let fixes = 0
  try {
    for (let pass = 0; pass < mostPasses; pass++) {
      const chosen = choose(analyzer, options, context, made)
      if (chosen.fixes === 0) break
      fixes += chosen.fixes
      analyzer.batch(() => {
        for (const [file, text] of chosen.texts) {
          if (!before.has(file)) before.set(file, context.text(file))
          working.set(file, text)
          analyzer.set(file, text)
        }
      })
      analyzer.settle()
    }
  } finally {
    analyzer.batch(() => {
      for (const [file, text] of before) {
        if (text === undefined) analyzer.drop(file)
        else analyzer.set(file, text)
      }
    })
    analyzer.settle()
  }
  const changes = new Map<string, { before: string | undefined; after: string }>()
  for (const [file, after] of working) {
    const text = before.get(file)
    if (text !== after) changes.set(file, { before: text, after })
  }
  return { changes, fixes }
}

/** Findings that `mend` would begin with: those that have a safe fix. Computed one by one, as they are asked for. */
export function* mendable(analyzer: Analyzer, options: MendOptions): Generator<Finding> {
  for (const file of options.files ?? analyzer.filesWithFindings())
    for (const finding of analyzer.findings(file))
      if (wanted(finding, options) && safeFix(analyzer, finding, options.context)) yield finding
}

const wanted = (finding: Finding, options: MendOptions): boolean =>
  finding.fixable && (options.rules?.has(finding.rule) ?? true)

const safeFix = (analyzer: Analyzer, finding: Finding, context: FixContext): Fix | undefined =>
  analyzer.fixes(finding, context).find(fix => fix.safe && fix.edits.length > 0)

/** The texts after as many safe fixes as go together. */
function choose(analyzer: Analyzer, options: MendOptions, context: FixContext, made: Set<string>) {
  const edits = new Map<string, TextEdit[]>()
  const texts = new Map<string, string>()
  let fixes = 0
  for (const file of options.files ?? analyzer.filesWithFindings())
    for (const finding of analyzer.findings(file)) {
      if (!wanted(finding, options)) continue
      const fix = safeFix(analyzer, finding, context)
      // A fix that was made already and did not help would be made for ever.
      const key = fix && JSON.stringify([finding.rule, finding.file, finding.message, fix.edits])
      if (!fix || !key || made.has(key) || !fits(fix, edits, texts, context)) continue
      made.add(key)
      fixes++
      for (const edit of fix.edits) {
        if (isNewFile(edit)) texts.set(edit.file, edit.create)
        else edits.set(edit.file, [...(edits.get(edit.file) ?? []), edit])
      }
    }
  for (const [file, list] of edits) texts.set(file, applyEdits(context.text(file)!, list))
  return { texts, fixes }
}

/** True when all edits of `fix` can be made beside those chosen before, in files that are as the fix takes them to be. */
function fits(
  fix: Fix,
  edits: ReadonlyMap<string, readonly TextEdit[]>,
  texts: ReadonlyMap<string, string>,
  context: FixContext,
): boolean {
  const own = new Map<string, TextEdit[]>()
  for (const edit of fix.edits) {
    if (isNewFile(edit)) {
      if (texts.has(edit.file) || context.text(edit.file) !== undefined) return false
      continue
    }
    const text = context.text(edit.file)
    if (text === undefined || texts.has(edit.file)) return false
    if (edit.start < 0 || edit.end < edit.start || edit.end > text.length) return false
    if (edits.get(edit.file)?.some(other => edit.start <= other.end && other.start <= edit.end)) return false
    const siblings = own.get(edit.file) ?? []
    if (siblings.some(other => edit.start < other.end && other.start < edit.end)) return false
    own.set(edit.file, [...siblings, edit])
  }
  return true
}
