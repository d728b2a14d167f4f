// The report as a person reads it in an editor.
import { type GatesReport, gateTitles, isRequired, type StoreGates } from '../../../../shared/gates.ts'
import { oneLine } from './one-line.ts'

/** A report, and the folder that it is of where there are several. */
export interface TitledReport {
  readonly title: string | undefined
  readonly report: GatesReport
  /** The way to that folder from the one that `/` stands for in links: VS Code's first folder. Empty for that one itself. */
  readonly folder: string
  /** What could not be read, in sentences. */
  readonly problems: readonly string[]
}

/** All reports as one text in Markdown, which also reads well as it stands. */
export function gatesMarkdown(reports: readonly TitledReport[]): string {
  const parts = reports.flatMap(({ title, report, folder, problems }) => [
    ...(title === undefined ? [] : [`# ${cell(title)}`]),
    ...report.stores.map(store => storePart(store, folder)),
    ...(problems.length > 0 ? [problems.map(problem => `- ${cell(problem)}`).join('\n')] : []),
  ])
  return `${['# Quality gates', ...parts, legend].join('\n\n')}\n`
}

function storePart(store: StoreGates, folder: string): string {
  const version = store.version === null ? '' : `, version ${store.version}`
  const rows = store.gates.filter(isRequired).map(({ gate, state, tests, message }) => {
    const files = tests.map(({ file }) => file)
    const about = withLinks(message ?? files.join(', '), [store.file, ...files], folder)
    return [gateTitles[gate], `${signs[state] ?? ''} ${state}`.trim(), about]
  })
  const head = `## ${cell(store.name)} (${store.engine}${version})\n\n${withLinks(store.file, [store.file], folder)}`
  if (rows.length === 0) return `${head}\n\nNo gate: it does not sync, and has no older version.`
  const note = store.gates.some(({ state }) => state === 'does not sync')
    ? '\n\nIt does not sync, so nothing else must be tested.'
    : ''
  return `${head}\n\n${table([['Gate', 'State', 'Tests'], ...rows])}${note}`
}

const signs: Readonly<Record<string, string>> = {
  passed: '✓',
  failed: '✗',
  missing: '✗',
  outdated: '!',
  'not run': '!',
}

/** Columns of one width, so that the text is a table without being rendered. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map(row => (row[column] ?? '').length)))
  const line = (row: readonly string[]) =>
    `| ${row.map((text, column) => text.padEnd(widths[column] ?? 0)).join(' | ')} |`
  const [head = [], ...body] = rows
  return [line(head), line(widths.map(width => '-'.repeat(width))), ...body.map(line)].join('\n')
}

/** Text of unknown origin that makes no link, no markup and no other cell. */
const cell = (text: string): string => plain(oneLine(text))

const plain = (text: string): string => text.replace(/[\\`*[\]<>|#]/g, sign => `\\${sign}`)

/** The text, in which the names of these files lead to them. */
function withLinks(text: string, files: readonly string[], folder: string): string {
  // The longer one where one name begins as another does.
  const known = [...new Set(files)].filter(file => file !== '').sort((a, b) => b.length - a.length)
  if (known.length === 0) return cell(text)
  const names = known.map(file => oneLine(file).replace(/[^\w/]/g, sign => `\\u{${sign.codePointAt(0)?.toString(16)}}`))
  return oneLine(text)
    .split(new RegExp(`(?<![\\w./-])(${names.join('|')})(?![\\w/-])`, 'u'))
    .map((part, index) => (index % 2 === 1 ? `[${plain(part)}](${linkTo(folder, part)})` : plain(part)))
    .join('')
}

/** The address of a file as VS Code reads it: from the first folder of the workspace. */
const linkTo = (folder: string, file: string): string =>
  `/${[folder, file]
    .filter(part => part !== '')
    .join('/')
    .split('/')
    .map(part => encodeURIComponent(part).replace(/[()'*!]/g, sign => `%${sign.charCodeAt(0).toString(16)}`))
    .join('/')}`

const legend =
  'A test file says which gates it is for by a comment: `// offline-storage-gate: conflicts, offline`, with `for <store>` behind it where its package has several stores. Whether they pass is read from the result file of your own test run: in `.offline-storage/test-results.json`, or where the setting `offlineStorage.gates.results` says. Nothing is run by this report.'
