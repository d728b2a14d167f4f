// What may be written into the list of migrations, and into the steps of one.
import type { Needed, Offer } from '../../../catalog/mention.ts'
import { plain } from '../../../write/snippet.ts'
import { quoted, type Style } from '../../../write/style.ts'
import { missingSteps } from '../migrations/missing-steps.ts'
import type { NewStep } from '../migrations/new-step.ts'
import { functionsOf, writeEntry, writeStep } from '../migrations/write-steps.ts'
import type { WatermelonStore } from '../types.ts'
import { columnSnippet } from './snippet.ts'

/** The migration to the next version, with the steps that devices need to have what the schema has. */
export function offerMigrations(stores: readonly WatermelonStore[], from: string, style: Style): readonly Offer[] {
  return stores.slice(0, 1).map(store => {
    const versions = (store.migrationsRead?.list ?? []).map(one => one.toVersion ?? 1)
    const toVersion = Math.max(1, ...versions) + 1
    const steps = missingSteps(store)
    const isAhead = (store.version?.value ?? toVersion) < toVersion
    const detail = isAhead ? `raise the version of the schema to ${toVersion} as well` : 'the next migration'
    const documentation = steps.map(labelOf).join('\n')
    return {
      label: `migration to version ${toVersion}`,
      snippet: steps.length > 0 ? plain(writeEntry(toVersion, steps, style)) : emptyEntry(toVersion, style),
      detail,
      ...(documentation !== '' && { documentation }),
      ...(steps.length > 0 && { imports: importsOf(from, steps) }),
    }
  })
}

/** The steps that are missing, then empty ones of each kind. */
export function offerSteps(stores: readonly WatermelonStore[], from: string, style: Style): readonly Offer[] {
  const known = new Map<string, Offer>()
  for (const step of stores.flatMap(missingSteps))
    known.set(labelOf(step), {
      label: labelOf(step),
      snippet: plain(writeStep(step, style)),
      detail: 'in the schema and in no migration',
      imports: importsOf(from, [step]),
    })
  return [...known.values(), ...emptySteps(from, style)]
}

const labelOf = (step: NewStep): string => {
  if (step.kind === 'sql') return step.sql
  if (step.kind === 'create') return `createTable ${step.table}`
  return `addColumns ${step.table}: ${step.columns.map(column => column.name).join(', ')}`
}

const importsOf = (from: string, steps: readonly NewStep[]): readonly Needed[] => [{ from, names: functionsOf(steps) }]

function emptyEntry(toVersion: number, { indent, trailingComma }: Style): string {
  const comma = trailingComma ? ',' : ''
  return [
    '{',
    `${indent}toVersion: ${toVersion},`,
    `${indent}steps: [`,
    `${indent}${indent}$0`,
    `${indent}]${comma}`,
    '}',
  ].join('\n')
}

function emptySteps(from: string, style: Style): readonly Offer[] {
  const { indent, trailingComma } = style
  const comma = trailingComma ? ',' : ''
  const withColumns = (callee: string, key: string, detail: string): Offer => ({
    label: callee,
    snippet: [
      `${callee}({`,
      `${indent}${key}: ${quoted('$1', style)},`,
      `${indent}columns: [`,
      `${indent}${indent}${columnSnippet(style, 2)}${comma}`,
      `${indent}]${comma}`,
      '})',
    ].join('\n'),
    detail,
    imports: [{ from, names: [callee] }],
  })
  return [
    withColumns('addColumns', 'table', 'new columns of a table'),
    withColumns('createTable', 'name', 'a new table'),
    {
      label: 'unsafeExecuteSql',
      snippet: `unsafeExecuteSql(${quoted('$1;', style)})`,
      detail: 'a step in SQL',
      imports: [{ from, names: ['unsafeExecuteSql'] }],
    },
  ]
}
