// What rules found, by the subject that was asked and by the file it shows in.
import type { AnyRule, Evidence } from './rule.ts'

/** A piece of evidence and the rule that gave it. */
export interface Found {
  readonly rule: AnyRule
  readonly evidence: Evidence
  /** What the rule was asked about; absent for what the house finds by itself. */
  readonly subject?: object
}

/** Findings as they change. */
export interface FindingStore {
  /** All that is found about `subject` from now on. */
  replace(subject: object, found: readonly Found[]): void
  of(file: string): readonly Found[]
  files(): Iterable<string>
  /** Marks a file whose findings may look different now. */
  touch(file: string): void
  /** The files marked since the last call. */
  takeTouched(): ReadonlySet<string>
}

/** An empty store. */
export function createFindingStore(): FindingStore {
  const filesOf = new Map<object, ReadonlySet<string>>()
  const byFile = new Map<string, Map<object, Found[]>>()
  let touched = new Set<string>()

  return {
    replace(subject, found) {
      for (const file of filesOf.get(subject) ?? []) {
        byFile.get(file)?.delete(subject)
        touched.add(file)
      }
      const files = new Set(found.map(one => one.evidence.at.file))
      if (files.size === 0) filesOf.delete(subject)
      else filesOf.set(subject, files)
      for (const one of found) {
        const file = one.evidence.at.file
        const subjects = byFile.get(file) ?? new Map<object, Found[]>()
        byFile.set(file, subjects)
        const list = subjects.get(subject)
        if (list) list.push(one)
        else subjects.set(subject, [one])
        touched.add(file)
      }
    },
    of: file => [...(byFile.get(file)?.values() ?? [])].flat(),
    files: () => byFile.keys(),
    touch: file => {
      touched.add(file)
    },
    takeTouched() {
      const taken = touched
      touched = new Set()
      return taken
    },
  }
}
