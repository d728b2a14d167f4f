// Reads tables, models and queries of an app by searching its text, in another way than the analyzer does, to compare with.
import { readKeys } from './real-apps-scan-keys.ts'
import { claim, type Name, nameFrom, type Reader, type Scan } from './real-apps-scan-names.ts'
import { readQueries } from './real-apps-scan-queries.ts'
import { readSqlTables, readSqlUses } from './real-apps-scan-sql.ts'
import { closing, layersOf, opening, partsOf } from './real-apps-scan-text.ts'

/** Reads all files. `instances` tells which instances of MMKV have a key. */
export function scan(texts: ReadonlyMap<string, string>, instances: ReadonlyMap<string, readonly string[]>): Scan {
  const files = new Map([...texts].map(([file, text]) => [file, layersOf(text)]))
  const constants = new Map<string, Set<string>>()
  for (const { plain } of files.values())
    for (const [, name, , text] of plain.matchAll(
      /([\w$]+)['"]?\]?\s*(?::\s*[\w.<>]+\s*)?[:=]\s*(?:\w+(?:<[\w.]+>)?\(\s*)?(['"`])([\w$.:@/-]*)\2/g,
    )) {
      const known = constants.get(name!) ?? new Set()
      constants.set(name!, known.add(text!))
    }
  const reader: Reader = { files, constants, claims: [], tables: [], sqlTables: new Set() }
  for (const file of files.keys()) {
    readTables(reader, file)
    readSqlTables(reader, file)
  }
  readClasses(reader)
  for (const file of files.keys()) {
    readQueries(reader, file)
    readSqlUses(reader, file)
    readKeys(reader, file, instances)
  }
  return reader
}

/** `{ name: …, columns: […] }` and `{ table: …, columns: […] }`, wherever they are. */
function readTables(reader: Reader, file: string): void {
  const { plain, bones } = reader.files.get(file)!
  for (const { index } of bones.matchAll(/\bcolumns\s*:\s*\[/g)) {
    const open = opening(bones, index)
    if (open < 0 || bones[open] !== '{') continue
    const before = bones.slice(Math.max(0, open - 30), open)
    const isAdding = /addColumns\(\s*$/.test(before)
    const property = partsOf(bones, open).find(part =>
      new RegExp(`^\\s*${isAdding ? 'table' : 'name'}\\s*:`).test(bones.slice(part.start, part.end)),
    )
    const name = property && nameFrom(reader, plain, plain.indexOf(':', property.start) + 1)
    if (!name) continue
    const form = isAdding || /createTable\(\s*$/.test(before) ? 'migration' : 'schema'
    claim(reader, file, name, form)
    const list = bones.indexOf('[', index)
    for (const table of name.texts) {
      const { columns, isWhole } = readColumns(reader, file, list, table, form)
      if (form === 'schema') reader.tables.push({ name: table, file, columns, isWhole })
    }
  }
}

function readColumns(
  reader: Reader,
  file: string,
  open: number,
  table: string,
  form: 'schema' | 'migration',
): { columns: Set<string>; isWhole: boolean } {
  const { plain, bones } = reader.files.get(file)!
  const columns = new Set<string>()
  let isWhole = true
  for (const part of partsOf(bones, open)) {
    const text = bones.slice(part.start, part.end)
    const spread = /^\s*\.\.\.([\w$]+)\s*$/.exec(text)
    const found = spread && listNamed(reader, file, spread[1]!)
    const at = /^\s*\{/.test(text) ? /\bname\s*:/.exec(text) : null
    const name = at && nameFrom(reader, plain, part.start + at.index + at[0].length)
    if (found) {
      const inner = readColumns(reader, found.file, found.open, table, form)
      for (const column of inner.columns) columns.add(column)
      isWhole &&= inner.isWhole
    } else if (name?.texts.length === 1) {
      columns.add(name.texts[0]!)
      claim(reader, file, name, form, table)
    } else isWhole = false
  }
  return { columns, isWhole }
}

function listNamed(reader: Reader, file: string, name: string): { file: string; open: number } | undefined {
  for (const one of [file, ...reader.files.keys()]) {
    const found = new RegExp(`\\b${name}\\b[^=\\n]*=\\s*\\[`).exec(reader.files.get(one)!.bones)
    if (found) return { file: one, open: found.index + found[0].length - 1 }
  }
  return undefined
}

interface ScannedClass {
  readonly file: string
  readonly name: string
  readonly base: string
  readonly nameStart: number
  readonly open: number
  readonly end: number
  readonly table: Name | undefined
}

/** Classes with `static table`: their names, decorators and associations. What a base class has belongs to all that extend it. */
function readClasses(reader: Reader): void {
  const classes = [...reader.files.keys()].flatMap(file => classesIn(reader, file))
  const byBase = new Map<string, ScannedClass[]>()
  for (const one of classes) byBase.set(one.base, [...(byBase.get(one.base) ?? []), one])
  const tablesOf = (one: ScannedClass, depth = 0): readonly string[] => {
    if (one.table) return one.table.texts
    return depth > 5 ? [] : (byBase.get(one.name) ?? []).flatMap(child => tablesOf(child, depth + 1))
  }
  for (const one of classes) {
    const { file, name, nameStart: start, open, end } = one
    if (one.table && one.table.texts.length !== 1) continue
    if (one.table) {
      claim(reader, file, one.table, 'table')
      claim(reader, file, { start, end: start + name.length, texts: one.table.texts, isLiteral: false }, 'class')
    }
    for (const table of tablesOf(one)) {
      readDecorators(reader, file, open, end, table)
      readAssociations(reader, file, open, end, table)
    }
  }
}

function classesIn(reader: Reader, file: string): readonly ScannedClass[] {
  const { plain, bones } = reader.files.get(file)!
  return [...bones.matchAll(/\bclass\s+([\w$]+)[^{;]*?\bextends\b\s*([\w$.]+)[^{;]*\{/g)].map(found => {
    const open = found.index + found[0].length - 1
    const end = closing(bones, open)
    const at = /\bstatic\s+(?:override\s+|readonly\s+)?table\b[^=;\n]*=/.exec(plain.slice(open, end))
    return {
      file,
      name: found[1]!,
      base: found[2]!,
      nameStart: found.index + found[0].indexOf(found[1]!, 5),
      open,
      end,
      table: at ? nameFrom(reader, plain, open + at.index + at[0].length) : undefined,
    }
  })
}

function readDecorators(reader: Reader, file: string, open: number, end: number, table: string): void {
  const { plain, bones } = reader.files.get(file)!
  const form = 'decorator'
  for (const found of bones
    .slice(0, end)
    .matchAll(/@(?:nochange\s+@)?(field|text|date|json|relation|immutableRelation|children)\s*\(/g)) {
    if (found.index < open) continue
    const bracket = found.index + found[0].length - 1
    const [first, second] = partsOf(bones, bracket).map(part => nameFrom(reader, plain, part.start))
    const isRelation = /elation/.test(found[1]!)
    if (isRelation || found[1] === 'children') claim(reader, file, first, form, undefined, table)
    const column = isRelation ? second : found[1] === 'children' ? undefined : first
    claim(reader, file, column, form, table, table)
    const behind =
      /^\)(?:\s*@[\w$]+(?:\([^)]*\))?)*\s+(?:(?:declare|readonly|public|private|protected|override)\s+)*([\w$]+)/.exec(
        plain.slice(closing(bones, bracket), end),
      )
    if (!behind || column?.texts.length !== 1) continue
    const start = closing(bones, bracket) + behind[0].length - behind[1]!.length
    claim(
      reader,
      file,
      { start, end: start + behind[1]!.length, texts: column.texts, isLiteral: false },
      'property',
      table,
    )
  }
}

function readAssociations(reader: Reader, file: string, open: number, end: number, table: string): void {
  const { plain, bones } = reader.files.get(file)!
  const at = /\bstatic\s+(?:override\s+|readonly\s+)?associations\b[^=;]*=\s*\{/.exec(bones.slice(open, end))
  if (!at) return
  for (const part of partsOf(bones, open + at.index + at[0].length - 1)) {
    const key = nameOfKey(reader, plain, part.start)
    const brace = bones.indexOf('{', part.start)
    if (key?.texts.length !== 1 || brace < 0 || brace > part.end) continue
    claim(reader, file, key, 'association', undefined, table)
    const inner = /\b(foreignKey|key)\s*:/.exec(bones.slice(brace, part.end))
    const column = inner && nameFrom(reader, plain, brace + inner.index + inner[0].length)
    if (inner && column)
      claim(reader, file, column, 'association', inner[1] === 'foreignKey' ? key.texts[0]! : table, table)
  }
}

/** The key of a property: an identifier that means itself, a literal, or an expression in brackets. */
function nameOfKey(reader: Reader, plain: string, at: number): Name | undefined {
  const start = at + /^\s*/.exec(plain.slice(at, at + 500))![0].length
  if (plain[start] === '[') return nameFrom(reader, plain, start + 1)
  const word = /^[\w$]+/.exec(plain.slice(start, start + 100))?.[0]
  if (word === undefined) return nameFrom(reader, plain, start)
  return { start, end: start + word.length, texts: [word], isLiteral: true }
}
