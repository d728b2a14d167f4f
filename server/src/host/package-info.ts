// What a package.json says that matters here.
import { parse } from 'jsonc-parser'
import { join } from '../core/text/path.ts'

/** One package.json. */
export interface PackageInfo {
  /** Its folder. */
  readonly folder: string
  readonly name: string | undefined
  /** Relative paths that stand for the package itself, best first: `source`, `react-native`, `module`, `main`. */
  readonly mains: readonly string[]
  readonly exports: unknown
  readonly imports: unknown
  /** Patterns of its workspaces, in npm's syntax; undefined where it is no workspace root. */
  readonly workspaces: readonly string[] | undefined
  /** Version ranges by package, of all kinds of dependencies. */
  readonly ranges: Readonly<Record<string, string>>
  /** Names of its plain `dependencies`. */
  readonly dependencies: readonly string[]
  /** The `babel` key. */
  readonly babel: unknown
  /** The `op-sqlite` key. */
  readonly opSqlite: unknown
}

/** Reads the text of a package.json in `folder`. What is malformed in it counts as not said. */
export function packageInfo(folder: string, text: string): PackageInfo {
  const json = asRecord(parse(text)) ?? {}
  const ranges: Record<string, string> = {}
  for (const kind of ['peerDependencies', 'optionalDependencies', 'devDependencies', 'dependencies'])
    for (const [name, range] of Object.entries(asRecord(json[kind]) ?? {}))
      if (typeof range === 'string') ranges[name] = range
  const mains = ['source', 'react-native', 'module', 'main'].map(key => json[key])
  return {
    folder,
    name: typeof json['name'] === 'string' ? json['name'] : undefined,
    mains: mains.filter(main => typeof main === 'string'),
    exports: json['exports'],
    imports: json['imports'],
    workspaces: strings(json['workspaces']) ?? strings(asRecord(json['workspaces'])?.['packages']),
    ranges,
    dependencies: Object.keys(asRecord(json['dependencies']) ?? {}),
    babel: json['babel'],
    opSqlite: json['op-sqlite'],
  }
}

/**
 * The version that a range begins at: `^0.27.1` gives `0.27.1`, `npm:fork@~1.2.0` gives `1.2.0`. Undefined for ranges
 * that name none, such as `*`, `latest`, `workspace:*`, URLs and paths.
 */
export function versionOfRange(range: string): string | undefined {
  const bare = range.replace(/^(?:npm:(?:@?[^@]+@)?|workspace:)/, '').replace(/^[\^~>=v\s]+/, '')
  return /^\d[^\s|]*/.exec(bare)?.[0]
}

/** The workspace patterns in the text of a pnpm-workspace.yaml: the list under `packages:`, in either of YAML's forms. */
export function pnpmWorkspaces(text: string): readonly string[] {
  const lines = text.split(/\r?\n/)
  const start = lines.findIndex(line => /^packages\s*:/.test(line))
  if (start < 0) return []
  const inline = /\[(.*)\]/.exec(lines[start]!)
  if (inline) return inline[1]!.split(',').map(unquoted).filter(Boolean)
  const patterns: string[] = []
  for (const line of lines.slice(start + 1)) {
    const item = /^\s*-\s+(.*)$/.exec(line)
    if (item) patterns.push(unquoted(item[1]!))
    else if (/^\S/.test(line) && !line.startsWith('#')) break
  }
  return patterns.filter(Boolean)
}

/**
 * What `key` (`.`, `./sub`, `#name`) stands for in an `exports` or `imports` field: relative paths, best first, those
 * that lead to sources before those that lead to build output. Understands strings, arrays, conditions and one `*`.
 */
export function exportTargets(field: unknown, key: string): readonly string[] {
  const record = asRecord(field)
  const hasKeys = record !== undefined && Object.keys(record).some(name => /^[.#]/.test(name))
  if (!hasKeys) return key === '.' ? conditionTargets(field) : []
  if (key in record) return conditionTargets(record[key])
  let best: { readonly pattern: string; readonly star: string } | undefined
  for (const pattern of Object.keys(record)) {
    const star = matchStar(pattern, key)
    if (star !== undefined && (best === undefined || pattern.length > best.pattern.length)) best = { pattern, star }
  }
  if (!best) return []
  const { pattern, star } = best
  return conditionTargets(record[pattern]).map(target => target.replaceAll('*', star))
}

/** What `*` in `pattern` stands for when it matches `text`; undefined when it has none or does not match. */
export function matchStar(pattern: string, text: string): string | undefined {
  const at = pattern.indexOf('*')
  if (at < 0) return undefined
  const [before, after] = [pattern.slice(0, at), pattern.slice(at + 1)]
  if (text.length < before.length + after.length || !text.startsWith(before) || !text.endsWith(after)) return undefined
  return text.slice(before.length, text.length - after.length)
}

/** The folders among `folders` that workspace patterns of a package in `root` name. */
export function workspaceFolders(
  root: string,
  patterns: readonly string[],
  folders: readonly string[],
): readonly string[] {
  const tests = patterns.map(pattern => {
    const negated = pattern.startsWith('!')
    return { negated, test: globTest(join(root, pattern.replace(/^!/, ''))) }
  })
  return folders.filter(folder => {
    let member = false
    for (const { negated, test } of tests) if (test.test(folder)) member = !negated
    return member
  })
}

/** A glob of absolute folders: `*` within one part, `**` over any parts, `{a,b}` one of several. */
function globTest(glob: string): RegExp {
  const source = glob.replace(/\*\*\/?|[*?{},.+^$()|[\]\\]/g, sign => {
    if (sign === '**/') return '(?:[^/]+/)*'
    if (sign === '**') return '.*'
    if (sign === '*') return '[^/]*'
    if (sign === '?') return '[^/]'
    return { '{': '(?:', '}': ')', ',': '|' }[sign] ?? `\\${sign}`
  })
  try {
    return new RegExp(`^${source}$`)
  } catch {
    return /^$/
  }
}

const conditionOrder = ['source', 'react-native', 'import', 'module', 'default', 'require', 'node', 'browser']

function conditionTargets(field: unknown): readonly string[] {
  if (typeof field === 'string') return [field]
  if (Array.isArray(field)) return field.flatMap(conditionTargets)
  const record = asRecord(field)
  if (!record) return []
  const known = conditionOrder.filter(name => name in record)
  const others = Object.keys(record).filter(name => !known.includes(name) && !name.startsWith('types'))
  return [...known, ...others].flatMap(name => conditionTargets(record[name]))
}

const strings = (value: unknown): readonly string[] | undefined =>
  Array.isArray(value) ? value.filter(item => typeof item === 'string') : undefined

const unquoted = (text: string): string =>
  text
    .replace(/\s+#.*$/, '')
    .trim()
    .replace(/^(['"])(.*)\1$/, '$2')

/** `value` as an object with string keys; undefined for anything else. */
export const asRecord = (value: unknown): Readonly<Record<string, unknown>> | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined
