// The words of the command line, checked.
import { parseArgs } from 'node:util'
import type { DiagramFormat } from '../../../shared/diagram.ts'
import { diagramFormats } from '../core/views/export-diagram.ts'
import { CannotRun } from './io.ts'

export const commands = ['check', 'fix', 'snapshot', 'diagram', 'gates', 'rules', 'lsp'] as const
export const formats = ['text', 'json', 'github', 'sarif'] as const

const demands = ['passed', 'exists'] as const

export type Demand = (typeof demands)[number]
export type Command = (typeof commands)[number]
export type Format = (typeof formats)[number]
export type RuleSeverity = 'error' | 'warning' | 'info' | 'off'

/** A command line that can be run. */
export interface Arguments {
  readonly command: Command | 'help' | 'version'
  /** The folder as written; undefined: the present one. */
  readonly folder: string | undefined
  readonly format: Format
  readonly severities: Readonly<Record<string, RuleSeverity>>
  /** For `fix`: the rules to mend; empty: all. */
  readonly only: readonly string[]
  readonly dryRun: boolean
  readonly maxWarnings: number | undefined
  readonly baseline: string | undefined
  /** For `diagram`: its form, the stores to draw (empty: all), and the file to write. */
  readonly diagram: DiagramFormat
  readonly stores: readonly string[]
  readonly out: string | undefined
  /** For `gates`: result files, and whether a gate must be passed or only be there. */
  readonly results: readonly string[]
  readonly require: Demand
}

/** Which options each command takes, besides `--help`. */
const allowed: Readonly<Record<Command, readonly string[]>> = {
  check: ['format', 'rule', 'max-warnings', 'baseline'],
  fix: ['rule', 'dry-run', 'baseline'],
  snapshot: [],
  diagram: ['format', 'store', 'out'],
  gates: ['format', 'results', 'require'],
  rules: ['format'],
  lsp: ['stdio', 'node-ipc', 'ipc', 'clientProcessId'],
}

/** Reads a command line (without `node` and the script). Throws CannotRun, with a message for the person, for what cannot be meant. */
export function readArguments(argv: readonly string[]): Arguments {
  const { values, positionals } = parse(argv)
  const [word, folder, ...rest] = positionals
  const common = {
    folder,
    format: 'text' as Format,
    severities: {},
    only: [],
    dryRun: values['dry-run'] ?? false,
    maxWarnings: undefined,
    baseline: values.baseline,
    diagram: 'svg' as DiagramFormat,
    stores: values.store ?? [],
    out: values.out,
    results: values.results ?? [],
    require: demands[0] as Demand,
  }
  if (values.version) return { ...common, command: 'version' }
  if (values.help || word === 'help' || word === undefined) return { ...common, command: 'help' }
  const command = commands.find(name => name === word)
  if (!command) throw new CannotRun(`There is no command "${word}". Commands: ${commands.join(', ')}.`)
  if (rest.length > 0 || (folder !== undefined && (command === 'rules' || command === 'lsp')))
    throw new CannotRun(`"${command}" takes ${command === 'rules' || command === 'lsp' ? 'no' : 'one'} folder.`)
  for (const name of Object.keys(values))
    if (!allowed[command].includes(name)) throw new CannotRun(`"${command}" does not take --${name}.`)
  const rules = values.rule ?? []
  return {
    ...common,
    command,
    format: formatOf(command, values.format),
    diagram: command === 'diagram' ? oneOf(diagramFormats, values.format) : 'svg',
    severities: command === 'check' ? severitiesOf(rules) : {},
    only: command === 'fix' ? rules : [],
    maxWarnings: numberOf(values['max-warnings']),
    baseline: baselineOf(values.baseline),
    require: demandOf(values.require),
  }
}

function formatOf(command: Command, format: string | undefined): Format {
  if (command === 'diagram') return 'text'
  return oneOf(command === 'rules' || command === 'gates' ? ['text', 'json'] : formats, format)
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean', short: 'v' },
        format: { type: 'string' },
        rule: { type: 'string', multiple: true },
        'max-warnings': { type: 'string' },
        baseline: { type: 'string' },
        'dry-run': { type: 'boolean' },
        store: { type: 'string', multiple: true },
        out: { type: 'string' },
        results: { type: 'string', multiple: true },
        require: { type: 'string' },
        stdio: { type: 'boolean' },
        ipc: { type: 'boolean' },
        'node-ipc': { type: 'boolean' },
        clientProcessId: { type: 'string' },
      },
    })
  } catch (error) {
    throw new CannotRun(error instanceof Error ? error.message : String(error))
  }
}

/** The format of that name; the first where none is named. */
function oneOf<Name extends string>(known: readonly Name[], text: string | undefined): Name {
  const format = text === undefined ? known[0] : known.find(name => name === text)
  if (!format) throw new CannotRun(`There is no format "${text}". Formats: ${known.join(', ')}.`)
  return format
}

function severitiesOf(rules: readonly string[]): Record<string, RuleSeverity> {
  const severities: Record<string, RuleSeverity> = {}
  for (const text of rules) {
    const [, id, severity] = /^([^=]+)=(error|warning|info|off)$/.exec(text) ?? []
    if (!id || !severity) throw new CannotRun(`--rule takes <id>=error, warning, info or off, not "${text}".`)
    severities[id] = severity as RuleSeverity
  }
  return severities
}

function numberOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (!/^\d+$/.test(text)) throw new CannotRun(`--max-warnings takes a number, not "${text}".`)
  return Number(text)
}

function demandOf(text: string | undefined): Demand {
  const found = demands.find(name => name === (text ?? 'passed'))
  if (!found) throw new CannotRun(`--require takes ${demands.join(' or ')}, not "${text}".`)
  return found
}

function baselineOf(text: string | undefined): string | undefined {
  if (text === undefined || /^(auto|none|snapshot|git|git:[^-\s]\S*)$/.test(text)) return text
  throw new CannotRun(`--baseline takes auto, none, snapshot, git or git:<revision>, not "${text}".`)
}
