// The page docs/real-apps.md: how the analyzer does on apps that nobody of this project wrote.
import type { AppAnalysis } from './real-apps-analysis.ts'
import type { AppAnswers } from './real-apps-answers.ts'
import type { AppFinding, Comparison, RealApp } from './real-apps-book.ts'

/** One app after a run. */
export interface AppResult {
  readonly app: RealApp
  /** The commit that was analysed, and whether it is the one in the book. */
  readonly commit: string
  readonly exact: boolean
  readonly analysis: AppAnalysis
  readonly comparison: Comparison
  /** Undefined for apps whose engine the plain search does not know. */
  readonly answers: AppAnswers | undefined
}

/** The page; it names files and lines of the apps and shows none of their code. */
export function realAppsPage(results: readonly AppResult[]): string {
  const sum = (count: (result: AppResult) => number): number => results.reduce((all, result) => all + count(result), 0)
  return `${[
    '# On real apps',
    '',
    'Public apps that nobody of this project wrote, analysed at a fixed commit without a baseline. Their defects were first looked for',
    'by reading ("known"); everything else that the analyzer reports was then read too. `npm run real-apps` makes this page and fails',
    'on a known defect that is missed, on a false alarm and on a finding that nobody has read.',
    '',
    table(
      [
        'app',
        'commit',
        'files read / all',
        'stores: tables (classes), columns (properties), steps; instances and keys of MMKV',
        'errors, warnings, infos',
        'known found / all',
        'further',
        'false',
      ],
      [
        ...results.map(result => [
          `[${result.app.repo}](https://github.com/${result.app.repo})`,
          `${result.commit.slice(0, 10)}${result.exact ? '' : ' (newest)'}`,
          `${result.analysis.read} / ${result.analysis.files}`,
          storesOf(result.analysis.stores),
          severities(result.analysis.findings),
          `${result.comparison.found.length} / ${result.app.known.length}`,
          `${result.comparison.further.length}`,
          `${falseOnes(result)}`,
        ]),
        [
          '**all**',
          '',
          `${sum(result => result.analysis.read)} / ${sum(result => result.analysis.files)}`,
          '',
          severities(results.flatMap(result => result.analysis.findings)),
          `${sum(result => result.comparison.found.length)} / ${sum(result => result.app.known.length)}`,
          `${sum(result => result.comparison.further.length)}`,
          `${sum(falseOnes)}`,
        ],
      ],
    ),
    '',
    ...answersSection(results.flatMap(({ app, answers }) => (answers ? [{ repo: app.repo, answers }] : []))),
    ...results.flatMap(section),
  ].join('\n')}\n`
}

/** How completion, definition, references, highlights, hover and rename do, app by app. */
export function answersSection(apps: readonly { readonly repo: string; readonly answers: AppAnswers }[]): string[] {
  const cells = (answers: readonly AppAnswers[]): string[] => {
    const sum = (count: (one: AppAnswers) => number): string => `${answers.reduce((all, one) => all + count(one), 0)}`
    return [
      sum(one => one.places),
      sum(one => one.answered),
      sum(one => one.byClaim),
      sum(one => one.byLetters),
      sum(one => one.exceptions.length),
      sum(one => one.wrong.length),
      sum(one => one.missing.length),
    ]
  }
  return [
    '## Answers while typing',
    '',
    'Completion, definition, type definition, references, highlights, hover and the beginning of a rename, asked at places that a script',
    'chooses, the same in every run: in names that the catalog knows, in names that a plain search of the text finds in another way, at',
    'the ends of lines that are cut off there, and anywhere. What is answered is compared with that search: a span counts as confirmed',
    'where the search says the same of it, else its letters must be those of the name. Wrong: a target, use or candidate that the search',
    'denies. Missing: something the search finds and no answer does. The search reads WatermelonDB, SQL in capitals and keys of MMKV,',
    'wherever they stand, also SQL that reaches a database by ways nobody can follow. Apps with Realm are not asked.',
    '',
    table(
      ['app', 'places', 'answered', 'spans confirmed', 'by letters', 'exceptions', 'wrong', 'missing'],
      [
        ...apps.map(({ repo, answers }) => [repo, ...cells([answers])]),
        ['**all**', ...cells(apps.map(one => one.answers))],
      ],
    ),
  ]
}

function storesOf(stores: AppAnalysis['stores']): string {
  const instances = stores.filter(store => store.engine === 'mmkv')
  const keys = instances.reduce((count, { columns }) => count + columns, 0)
  return [
    ...stores
      .filter(store => store.engine !== 'mmkv')
      .map(store => `${store.tables}, ${store.columns}, ${store.steps}${store.engine === 'sqlite' ? ' (SQLite)' : ''}`),
    ...(instances.length > 0 ? [`MMKV: ${instances.length}, ${keys}`] : []),
  ].join('; ')
}

const falseOnes = (result: AppResult): number =>
  result.comparison.further.filter(({ read }) => read?.verdict === 'false').length

function section({ app, comparison }: AppResult): string[] {
  const known = app.known.map(entry => [
    comparison.found.includes(entry) ? 'found' : '**missed**',
    `\`${entry.rule}\``,
    `${entry.file}:${entry.line}`,
    entry.note,
  ])
  const further = comparison.further.map(({ finding, read }) => [
    read === undefined ? '**not read yet**' : read.verdict === 'true' ? 'true' : '**false**',
    `\`${finding.rule}\``,
    `${finding.file}:${finding.line}`,
    read?.note ?? '',
  ])
  const left = app.outOfScope.map(entry => ['', entry.name, `${entry.file}:${entry.line}`, entry.reason])
  if (known.length + further.length + left.length === 0)
    return ['', `## ${app.repo}`, '', 'Nothing to report, and nothing is.']
  return [
    '',
    `## ${app.repo}`,
    ...part('Known', known),
    ...part('Further findings', further),
    ...part('Seen, but no rule is meant to report it', left),
  ]
}

function part(title: string, rows: readonly (readonly string[])[]): string[] {
  return rows.length === 0 ? [] : ['', `${title}:`, '', table(['', 'rule', 'where', 'what'], rows)]
}

function severities(findings: readonly AppFinding[]): string {
  return (['error', 'warning', 'info'] as const)
    .map(severity => findings.filter(finding => finding.severity === severity).length)
    .join(', ')
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}
