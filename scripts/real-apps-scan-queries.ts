// Searches the text of an app for collections and queries whose table is written beside them.
import { claim, isAside, nameFrom, type Reader } from './real-apps-scan-names.ts'
import { closing, partsOf } from './real-apps-scan-text.ts'

/** `….get('posts').query(Q.where('title', …))`, also by way of a constant that holds the collection. */
export function readQueries(reader: Reader, file: string): void {
  const { plain, bones } = reader.files.get(file)!
  const known = new Set(reader.tables.filter(one => !one.isSql && !isAside(one.file)).map(one => one.name))
  const held: { name: string; table: string; at: number }[] = []
  for (const found of bones.matchAll(
    /(?:\b(\w+)\s*(?::\s*[^=\n]+)?=\s*(?:await\s+)?)?([\w$.!?()]*(?:db|database|collections)[\w$.!?()]*)\s*\.\s*get\s*(?:<[^()]*?>)?\(/gi,
  )) {
    const open = found.index + found[0].length - 1
    const name = nameFrom(reader, plain, open + 1)
    const end = closing(bones, open)
    if (name?.texts.length !== 1 || !known.has(name.texts[0]!)) continue
    if (partsOf(bones, open).length !== 1) continue
    claim(reader, file, name, 'get')
    const table = name.texts[0]!
    const query = /^\)\s*(?:as\s+[\w<>]+\s*\))?\s*\.\s*query\s*\(/.exec(bones.slice(end, end + 100))
    if (query) readQuery(reader, file, end + query[0].length - 1, table)
    else if (found[1] !== undefined && /^\)(?:\s*as\s+[\w<>]+)?\s*[;\n]/.test(bones.slice(end, end + 100)))
      held.push({ name: found[1], table, at: found.index })
  }
  for (const { index, 0: text, 1: name } of bones.matchAll(/(?<![\w$.])([\w$]+)\s*\.\s*query\s*\(/g)) {
    const holders = held.filter(one => one.name === name && one.at < index)
    const last = holders.at(-1)
    if (last && new Set(held.filter(one => one.name === name).map(one => one.table)).size === 1)
      readQuery(reader, file, index + text.length - 1, last.table)
  }
}

function readQuery(reader: Reader, file: string, open: number, table: string): void {
  const { plain, bones } = reader.files.get(file)!
  const end = closing(bones, open)
  readClauses(reader, file, open, end, table)
  const observed = /^\)\s*\.\s*observeWithColumns\s*\(\s*\[/.exec(bones.slice(end, end + 60))
  if (!observed) return
  for (const part of partsOf(bones, end + observed[0].length - 1)) {
    const name = nameFrom(reader, plain, part.start)
    if (name?.isLiteral) claim(reader, file, name, 'query', table)
  }
}

function readClauses(reader: Reader, file: string, from: number, to: number, table: string): void {
  const { plain, bones } = reader.files.get(file)!
  const clause = /\bQ\.(where|sortBy|on)\s*\(/g
  clause.lastIndex = from
  for (let found = clause.exec(bones); found && found.index < to; found = clause.exec(bones)) {
    const open = clause.lastIndex - 1
    const [first, second] = partsOf(bones, open)
    if (!first) continue
    const name = nameFrom(reader, plain, first.start)
    if (found[1] !== 'on') {
      if (name?.isLiteral) claim(reader, file, name, 'query', table)
      continue
    }
    if (name?.texts.length !== 1) continue
    claim(reader, file, name, 'query')
    const column = second && nameFrom(reader, plain, second.start)
    if (column?.isLiteral) claim(reader, file, column, 'query', name.texts[0]!)
    const end = closing(bones, open)
    if (second) readClauses(reader, file, second.start, end, name.texts[0]!)
    clause.lastIndex = end
  }
}
