// Searches the text of an app for SQL in strings: tables, their columns, and where they are named.
import { claim, type Name, type Reader } from './real-apps-scan-names.ts'
import { closing, partsOf } from './real-apps-scan-text.ts'

const quote = '["`\'[]?'
const table = `${quote}(\\w+)["\`'\\]]?`
const create = new RegExp(`\\bCREATE\\s+TABLE\\s+(?:IF\\s+NOT\\s+EXISTS\\s+)?${table}\\s*\\(`, 'g')
const use = new RegExp(
  `\\b(?:FROM|JOIN|INTO|UPDATE(?:\\s+OR\\s+\\w+)?|ALTER\\s+TABLE|DROP\\s+TABLE(?:\\s+IF\\s+EXISTS)?)\\s+${table}(?=[\\s;,)('"\`]|$)`,
  'g',
)
const insert = new RegExp(`\\bINTO\\s+${table}\\s*\\(`, 'g')
const add = new RegExp(`\\bALTER\\s+TABLE\\s+${table}\\s+ADD\\s+(?:COLUMN\\s+)?(?!COLUMN\\b)${table}`, 'g')
const constraint = /^(?:PRIMARY|FOREIGN|UNIQUE|CHECK|CONSTRAINT)$/i

/** Tables that are made in capitals, which is how nearly everybody writes SQL. */
export function readSqlTables(reader: Reader, file: string): void {
  for (const { index, 0: found, 1: name } of textOf(reader, file).matchAll(create)) {
    const text = textOf(reader, file)
    claim(reader, file, nameIn(found, name!, index), 'schema')
    const columns = new Set<string>()
    let isWhole = true
    for (const part of partsOf(text, index + found.length - 1)) {
      const column = /^\s*["`'[]?(\w+)/.exec(text.slice(part.start, part.end))
      if (column && constraint.test(column[1]!)) continue
      if (!column) isWhole = false
      else {
        columns.add(column[1]!)
        claim(reader, file, nameIn(column[0], column[1]!, part.start), 'schema', name!)
      }
    }
    reader.sqlTables.add(name!)
    reader.tables.push({ name: name!, file, columns, isWhole, isSql: true })
  }
}

/** Where tables that were found are named, and columns that stand right behind them. */
export function readSqlUses(reader: Reader, file: string): void {
  const text = textOf(reader, file)
  const { sqlTables } = reader
  for (const { index, 0: found, 1: name } of text.matchAll(use))
    if (sqlTables.has(name!)) claim(reader, file, nameIn(found, name!, index), 'sql')
  for (const { index, 0: found, 1: name, 2: column } of text.matchAll(add))
    if (sqlTables.has(name!)) claim(reader, file, nameIn(found, column!, index), 'migration', name!)
  for (const { index, 0: found, 1: name } of text.matchAll(insert)) {
    if (!sqlTables.has(name!)) continue
    const open = index + found.length - 1
    if (closing(text, open) - open > 2000) continue
    for (const part of partsOf(text, open)) {
      const column = /^\s*["`[]?(\w+)["`\]]?\s*$/.exec(text.slice(part.start, part.end))
      if (column) claim(reader, file, nameIn(column[0], column[1]!, part.start), 'sql', name!)
    }
  }
}

/** The text without the comments of the code and of SQL. */
function textOf({ files }: Reader, file: string): string {
  return files.get(file)!.plain.replace(/--[^\n]*/g, comment => ' '.repeat(comment.length))
}

function nameIn(found: string, name: string, at: number): Name {
  const start = at + found.lastIndexOf(name)
  return { start, end: start + name.length, texts: [name], isLiteral: true }
}
