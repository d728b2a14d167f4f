// Rules that only tests know, so that the doors are tested by what no real rule will ever change.
import type { ModelInStore } from '../src/core/engines/watermelondb/types.ts'
import { enginesFor, rules } from '../src/core/rules/all.ts'
import type { AnyRule, Rule } from '../src/core/rules/rule.ts'
import type { Span } from '../src/core/text/span.ts'
import type { Program } from '../src/program.ts'

const common = { severity: 'warning', on: 'model', examples: [] } as const
const docs = { what: 'What it finds.', why: 'Why it hurts.', fix: 'What to do.' }

/** Finds members whose name begins with `old`, and takes that away: a safe fix. */
const oldName: Rule<ModelInStore, { readonly file: string; readonly at: Span }> = {
  ...common,
  id: 'watermelondb/test-old-name',
  docs,
  *check({ model: { file, fact } }) {
    for (const { name, nameAt: at } of fact.members)
      if (name.startsWith('old'))
        yield { at: { file, span: at }, message: `${name} is an old name.`, data: { file, at } }
  },
  fix: ({ data: { file, at } }) => ({
    title: 'Take "old" away',
    safe: true,
    edits: [{ file, start: at.start, end: at.start + 'old'.length, text: '' }],
  }),
}

/** Finds members called `wantsFile`, and makes a file for them. */
const wantsFile: Rule<ModelInStore, { readonly file: string }> = {
  ...common,
  id: 'watermelondb/test-wants-file',
  docs,
  *check({ model: { file, fact } }) {
    for (const { name, nameAt } of fact.members)
      if (name === 'wantsFile') yield { at: { file, span: nameAt }, message: 'A file is wanted.', data: { file } }
  },
  fix: ({ data: { file } }) => ({
    title: 'Make the file',
    safe: false,
    edits: [{ file: file.replace(/[^/]*$/, 'made.ts'), create: 'export const made = true\n' }],
  }),
}

/** Throws at models called `Explosive`. */
const throwing: Rule<ModelInStore> = {
  ...common,
  id: 'watermelondb/test-throwing',
  docs,
  check({ model }) {
    if (model.name === 'Explosive') throw new Error('this rule throws')
    return []
  },
}

const testRules = [oldName, wantsFile, throwing] as unknown as readonly AnyRule[]

/** Real rules that tests of the doors speak of; others would only change what those tests see. */
const spoken = ['watermelondb/unknown-column', 'watermelondb/adapter-without-migrations']

/** The program with the rules of tests and few of its own. */
export const testProgram: Program = {
  enginesFor,
  rules: [...rules.filter(rule => spoken.includes(rule.id)), ...testRules],
}
