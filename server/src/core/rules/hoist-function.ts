// Moves a function out of the component that it is written in.
import type { Located, Scope } from '../catalog/scope.ts'
import type { ModuleFacts } from '../facts/file-facts.ts'
import type { Span } from '../text/span.ts'
import { addImport } from '../write/add-import.ts'
import { lineIndent, styleOf } from '../write/style.ts'
import type { Fix, FixContext } from './rule.ts'

/** A function that may stand at the top of its file. */
export interface Hoisted {
  readonly file: string
  readonly at: Span
  /** Its name there. */
  readonly name: string
  /** The statement of the top level that it stands in. */
  readonly statement: Span
  /** Names that mean something only where the function stands now. */
  readonly localNames: readonly string[]
  /** Its type, which it had from the place it was written in; undefined in JavaScript. */
  readonly type: HoistedType | undefined
  readonly module: ModuleFacts
}

/** A type as it is written, and what it needs. */
export interface HoistedType {
  readonly text: string
  /** Not needed where `name` is known in the file already. */
  readonly needs?: {
    readonly name: string
    readonly from: string
    readonly isDefault?: boolean
    readonly isType?: boolean
  }
}

/** What can be said of a function before its text is looked at; undefined where it cannot be moved. */
export function hoistable(
  scope: Scope,
  { value, file }: Located,
  name: string,
  type: HoistedType | undefined,
): Hoisted | undefined {
  const module = scope.module(file)
  const usage = scope.usage(file)
  if (value.kind !== 'function' || !module || !usage) return undefined
  const bindings = Object.values(module.bindings)
  const isAround = (outer: Span | undefined) =>
    outer !== undefined && outer.start <= value.at.start && value.at.end <= outer.end
  const statement = bindings.find(one => one.fn === undefined && isAround(one.statementAt))?.statementAt
  if (!statement || bindings.some(one => one.name === name)) return undefined
  const own = new Set<number>()
  usage.functions.forEach((fn, id) => {
    if (fn.at.start >= value.at.start && fn.at.end <= value.at.end) own.add(id)
  })
  const outside = bindings.filter(one => {
    const home = one.fn ?? one.param?.fn
    return home !== undefined && !own.has(home)
  })
  const isTyped = /\.tsx?$/.test(file)
  return {
    file,
    at: value.at,
    name,
    statement,
    localNames: outside.map(one => one.name),
    type: isTyped ? type : undefined,
    module,
  }
}

/** Writes the function above its statement and its name in its place. */
export function hoist(
  { file, at, name, statement, localNames, type, module }: Hoisted,
  context: FixContext,
): Fix | undefined {
  const text = context.text(file)
  const source = text?.slice(at.start, at.end)
  // A method is no expression, and what is written with names of the component cannot leave it.
  if (text === undefined || source === undefined || !/^(?:async\s+)?(?:\(|function\b|\w+\s*=>)/.test(source))
    return undefined
  const words = new Set(source.match(/[\w$]+/g))
  if (words.has('this') || localNames.some(local => words.has(local))) return undefined
  const style = styleOf(text)
  const outer = lineIndent(text, at.start)
  const moved = outer ? source.replaceAll(`\n${outer}`, '\n') : source
  const declared = `const ${name}${type === undefined ? '' : `: ${type.text}`} = ${moved}${style.semicolon}`
  const wish = type?.needs
  const isMissing = wish !== undefined && module.bindings[wish.name] === undefined
  const names = wish?.isType ? [`type ${wish.name}`] : wish ? [wish.name] : []
  const needs = isMissing ? addImport(file, text, module, { ...wish, names }, style) : []
  const { newline } = style
  return {
    title: `Move "${name}" out of the component`,
    safe: false,
    edits: [
      ...needs,
      { file, start: statement.start, end: statement.start, text: `${declared}${newline}${newline}` },
      { file, start: at.start, end: at.end, text: name },
    ],
  }
}
