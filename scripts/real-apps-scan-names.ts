// Names in the text of an app, and what a plain search makes of them.
import type { Layers } from './real-apps-scan-text.ts'

/** A name in the text that clearly belongs to a table or to a column of it. */
export interface Claim {
  readonly file: string
  /** Between the quotes, where there are some. */
  readonly start: number
  readonly end: number
  readonly table: string
  readonly column?: string
  /** For what a class says, the table of the class. */
  readonly owner?: string
  readonly form:
    | 'schema'
    | 'migration'
    | 'class'
    | 'property'
    | 'table'
    | 'decorator'
    | 'association'
    | 'get'
    | 'query'
    | 'sql'
    | 'key'
  /** False for identifiers that lead to the name. */
  readonly isLiteral: boolean
}

/** A table as one place defines it; `isWhole` is false where some column could not be read. */
export interface ScannedTable {
  readonly name: string
  readonly file: string
  readonly columns: ReadonlySet<string>
  readonly isWhole: boolean
  /** True for one that SQL makes. */
  readonly isSql?: boolean
}

/** What the text of an app says. */
export interface Scan {
  readonly files: ReadonlyMap<string, Layers>
  readonly claims: readonly Claim[]
  readonly tables: readonly ScannedTable[]
  /** Names that are given a text somewhere, with these texts. */
  readonly constants: ReadonlyMap<string, ReadonlySet<string>>
}

/** Files that test or show off something; their databases are not the app's. */
export const isAside = (file: string): boolean =>
  /(?:^|\/)(?:__tests__|__mocks__|tests?|e2e|\.storybook)\/|\.(?:test|spec|stories)\.|(?:^|\/)test\.[jt]sx?$/.test(file)

/** A scan that is being made. */
export interface Reader extends Scan {
  readonly constants: Map<string, Set<string>>
  readonly claims: Claim[]
  readonly tables: ScannedTable[]
  readonly sqlTables: Set<string>
}

/** A name where it stands. */
export interface Name {
  readonly start: number
  readonly end: number
  /** One, or several where a constant of that name is given different texts. */
  readonly texts: readonly string[]
  readonly isLiteral: boolean
}

/** The name that `plain` has at `at`: a literal or an identifier. */
export function nameFrom({ constants }: Reader, plain: string, at: number): Name | undefined {
  const start = at + /^\s*/.exec(plain.slice(at, at + 200))![0].length
  const literal = /^(['"`])([^'"`\n$\\]*)\1/.exec(plain.slice(start, start + 200))
  if (literal) return { start: start + 1, end: start + 1 + literal[2]!.length, texts: [literal[2]!], isLiteral: true }
  const path = /^[\w$]+(?:\.[\w$]+)*/.exec(plain.slice(start, start + 200))?.[0]
  if (path === undefined) return undefined
  const last = path.split('.').at(-1)!
  const end = start + path.length
  return { start: end - last.length, end, texts: [...(constants.get(last) ?? [])], isLiteral: false }
}

/** Notes what `name` stands for: a table, or with `table` a column of it. */
export function claim(
  reader: Reader,
  file: string,
  name: Name | undefined,
  form: Claim['form'],
  table?: string,
  owner?: string,
): void {
  if (!name) return
  for (const text of name.texts)
    reader.claims.push({
      file,
      start: name.start,
      end: name.end,
      ...(table === undefined ? { table: text } : { table, column: text }),
      ...(owner !== undefined && { owner }),
      form,
      isLiteral: name.isLiteral,
    })
}
