// The places of a text of SQL where a name could be written, or is being typed: what completion is offered at.
import { expectedNames } from './expected-names.ts'
import { splitStatements } from './split-statements.ts'
import type { SqlWorld } from './sql-world.ts'

/** One place. */
export interface ExpectedInSql {
  /** The letters that are there already. */
  readonly start: number
  readonly end: number
  readonly kind: 'table' | 'column'
  /** For a column: one of the tables that it may be taken from, as it is declared. */
  readonly table?: string
}

/** The places in `sql`. `known` are the offsets of names that are certain already: nothing is expected there. */
export function* expectedInSql(sql: string, known: ReadonlySet<number>, world: SqlWorld): Generator<ExpectedInSql> {
  for (const statement of splitStatements(sql)) {
    if (statement.end - statement.start > longest) continue
    const isWhole = statement.tokens.some(token => known.has(token.start))
    /** By offset, how many characters behind it are as good a place. */
    const places = new Map<number, number>()
    statement.tokens.forEach((token, index) => {
      const word = sql.slice(token.start, token.end)
      if (token.kind === 'word' && !known.has(token.start) && !keywords.has(word.toLowerCase()))
        places.set(token.end, 0)
      const next = statement.tokens[index + 1]
      const gap = (next?.start ?? statement.after) - token.end
      const isBeforeSign = !next || /^[),]$/.test(sql.slice(next.start, next.end))
      const isSign = /^[.,(=<>]$/.test(word)
      if (isSign && (!isWhole || isBeforeSign)) places.set(token.end, 0)
      // A name that begins right behind a gap is touched already.
      const last = Math.min(gap - (isBeforeSign ? 0 : 1), widest)
      if (!isWhole && last > 0) places.set(token.end + 1, last - 1)
    })
    // Its own statement is enough: a text may hold hundreds.
    const text = sql.slice(statement.start, statement.after)
    for (const [offset, more] of places) {
      const expected = expectedNames(text, offset - statement.start, world)
      const start = statement.start + expected.start
      const end = statement.start + expected.end
      for (let i = 0; i <= (start === end ? more : 0); i++) {
        const at = { start: start + i, end: end + i }
        if (expected.wants === 'tables') yield { ...at, kind: 'table' }
        if (expected.wants !== 'columns') continue
        for (const { table } of expected.sources) if (table) yield { ...at, kind: 'column', table: table.name }
      }
    }
  }
}

/** So many blanks between two words are places of their own. */
const widest = 200

/** Statements longer than this are not looked through. */
const longest = 4000

/** Words that stand where they stand, and are no names. */
const keywords = new Set(
  `select from where and or not null is in as on join left inner outer cross order by group having limit offset insert into
  values update set delete create table index view trigger if exists primary key autoincrement unique default integer text
  real blob numeric references foreign alter add column drop rename to asc desc distinct case when then else end like
  between pragma with union all except intersect begin commit rollback transaction replace ignore conflict do nothing
  returning constraint check cascade virtual using collate nocase datetime current_timestamp`.split(/\s+/),
)
