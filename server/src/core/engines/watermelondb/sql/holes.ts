// SQL of which some parts are made at run time, so that the rest of it can still be parsed.
import type { WrittenText } from '../../../catalog/written-text.ts'
import { namesInSql } from '../../../sql/names-in-sql.ts'
import { parseSql } from '../../../sql/parse-sql.ts'
import { sqlWorld } from '../../../sql/sql-world.ts'

/** Stands for what is made at run time, where that reads as a word. */
export const hole = 'qholeq'

/**
 * The text with blanks in place of the parts made at run time that no name or value can stand for: a whole clause, or
 * nothing. All else keeps its place.
 */
export function parsableText(sql: WrittenText): string {
  const holes = sql.parts.filter(part => part.isHole)
  let { text } = sql
  for (let round = 0; round < holes.length; round++) {
    const wrong = wrongPlace(text)
    const found = wrong === undefined ? undefined : holes.find(({ start, end }) => start <= wrong && wrong < end)
    if (!found || text.slice(found.start, found.end).trim() === '') break
    text = text.slice(0, found.start) + ' '.repeat(found.end - found.start) + text.slice(found.end)
  }
  return text
}

/** Where a word does not fit, or is taken for the alias of a table. */
function wrongPlace(text: string): number | undefined {
  for (const { mistake } of parseSql(text)) if (mistake) return mistake.start
  const world = sqlWorld([])
  return namesInSql(text, world).find(({ kind, role, name }) => kind === 'alias' && role === 'defines' && name === hole)
    ?.start
}
