// Writes the plan of a migration as source text.
import { indentBlock, quoted, type Style } from '../../../write/style.ts'
import { memberText } from './copy-value.ts'
import type { ClassPlan, MigrationPlan } from './plan-migration.ts'

/** How and where the steps are written. */
export interface StepStyle {
  readonly style: Style
  /** The names of the two realms. */
  readonly oldRealm: string
  readonly newRealm: string
  /** True in TypeScript, where rows of classes that are gone have no type. */
  readonly isTyped: boolean
}

/** True when the plan needs code that runs, not only a higher version. */
export const hasSteps = ({ classes, deleted, open }: MigrationPlan): boolean =>
  classes.length + deleted.length + open.length > 0

/** `if (oldRealm.schemaVersion < 3) { … }` over several lines, the first at no indentation. */
export function writeBranch(plan: MigrationPlan, toVersion: number, how: StepStyle): string {
  const { style, oldRealm } = how
  return [
    `if (${oldRealm}.schemaVersion < ${toVersion}) {`,
    `${style.indent}${indentBlock(writeSteps(plan, how), style.indent)}`,
    '}',
  ].join('\n')
}

/** The statements of the branch, the first at no indentation. */
export function writeSteps({ classes, deleted, open }: MigrationPlan, how: StepStyle): string {
  const { style, newRealm } = how
  return [
    ...classes.map(plan => writeClass(plan, how)),
    ...deleted.map(name => `${newRealm}.deleteModel(${quoted(name, style)})${style.semicolon}`),
    ...open.map(sentence => `// ${sentence}`),
  ].join('\n')
}

/** The arrow function that is the whole migration. `types` goes behind each parameter. */
export function writeFunction(branch: string, { style, oldRealm, newRealm }: StepStyle, types = ''): string {
  return [
    `(${oldRealm}${types}, ${newRealm}${types}) => {`,
    `${style.indent}${indentBlock(branch, style.indent)}`,
    '}',
  ].join('\n')
}

function writeClass(plan: ClassPlan, how: StepStyle): string {
  const block = plan.isCreated ? createRows(plan, how) : assignRows(plan, how)
  if (plan.since === undefined) return block
  const { style, oldRealm } = how
  return [
    `if (${oldRealm}.schemaVersion >= ${plan.since}) {`,
    `${style.indent}${indentBlock(block, style.indent)}`,
    '}',
  ].join('\n')
}

const rowsOf = (realm: string, name: string, { style, isTyped }: StepStyle): string =>
  `${realm}.objects${isTyped ? '<any>' : ''}(${quoted(name, style)})`

function createRows({ from, to, assignments }: ClassPlan, how: StepStyle): string {
  const { style, oldRealm, newRealm } = how
  const comma = style.trailingComma ? ',' : ''
  const values = assignments.map(({ property, value }) => {
    const key = /^[A-Za-z_$][\w$]*$/.test(property) ? property : quoted(property, style)
    return `${style.indent}${style.indent}${key}: ${value('row')}`
  })
  return [
    `for (const row of ${rowsOf(oldRealm, from, how)}) {`,
    `${style.indent}${newRealm}.create(${quoted(to, style)}, {`,
    `${values.join(',\n')}${comma}`,
    `${style.indent}})${style.semicolon}`,
    '}',
  ].join('\n')
}

function assignRows({ from, to, assignments, target }: ClassPlan, how: StepStyle): string {
  const { style, oldRealm, newRealm } = how
  const quote = (text: string) => quoted(text, style)
  const lines = (newRow: string, oldRow: string) =>
    assignments.map(
      ({ property, value }) =>
        `${style.indent}${memberText(newRow, property, quote)} = ${value(oldRow)}${style.semicolon}`,
    )
  if (!assignments.some(one => one.readsOld))
    return [`for (const row of ${rowsOf(newRealm, to, how)}) {`, ...lines('row', 'row'), '}'].join('\n')
  const word = from.replace(/[^\w$]/g, '')
  const olds = `old${word}Rows`
  if (target)
    return [
      `for (const row of ${rowsOf(oldRealm, from, how)}) {`,
      `${style.indent}const copy${how.isTyped ? ': any' : ''} = ${target('row')}${style.semicolon}`,
      ...lines('copy', 'row'),
      '}',
    ].join('\n')
  const news = `new${word}Rows`
  return [
    `const ${olds} = ${rowsOf(oldRealm, from, how)}${style.semicolon}`,
    `const ${news} = ${rowsOf(newRealm, to, how)}${style.semicolon}`,
    `for (let i = 0; i < ${olds}.length; i++) {`,
    ...lines(`${news}[i]`, `${olds}[i]`),
    '}',
  ].join('\n')
}
