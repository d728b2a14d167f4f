// Reads what a JavaScript config file exports, from its text alone: the file is parsed, never run.
import { ts } from 'ts-morph'
import { dirname, join } from '../core/text/path.ts'

/** Stands for what only running the config would tell. */
export const unknown: unique symbol = Symbol('unknown')

/** Plain JavaScript data, with `unknown` in the places that are not static. */
export type StaticData =
  | string
  | number
  | boolean
  | null
  | undefined
  | typeof unknown
  | readonly StaticData[]
  | { readonly [key: string]: StaticData }

/**
 * What the config `file` exports: `module.exports =`, `export default`, an object or a function that returns one.
 * `path.join`, `path.resolve`, `__dirname` and `require.resolve('x')` (as `x`) are understood. Never throws.
 */
export function staticConfig(file: string, text: string): StaticData {
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS)
  const reader: Reader = { folder: dirname(file), names: new Map(), busy: new Set() }
  collectNames(tree, reader)
  const exported = exportedExpression(tree)
  return exported ? dataOf(exported, reader) : unknown
}

interface Reader {
  readonly folder: string
  /** What a const name stands for; undefined when it is declared twice or may be changed later. */
  readonly names: Map<string, ts.Expression | undefined>
  /** Names being looked up, so that a circle ends. */
  readonly busy: Set<string>
}

/** Notes every variable with a single, never changed initializer. */
function collectNames(tree: ts.SourceFile, reader: Reader): void {
  const { names } = reader
  const changed = new Set<string>()
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name))
      names.set(node.name.text, names.has(node.name.text) ? undefined : node.initializer)
    if (ts.isFunctionDeclaration(node) && node.name) names.set(node.name.text, undefined)
    // `plugins.push(x)` and `config.plugins = x` change what the name stands for.
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression))
      changed.add(rootName(node.expression))
    if (ts.isBinaryExpression(node) && /^[^=!<>]{0,3}=$/.test(node.operatorToken.getText()))
      changed.add(rootName(node.left))
    ts.forEachChild(node, visit)
  }
  visit(tree)
  for (const name of changed) if (names.has(name)) names.set(name, undefined)
}

function rootName(node: ts.Expression): string {
  while (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) node = node.expression
  return ts.isIdentifier(node) ? node.text : ''
}

function exportedExpression(tree: ts.SourceFile): ts.Expression | ts.FunctionDeclaration | undefined {
  for (const statement of tree.statements) {
    if (ts.isExportAssignment(statement)) return statement.expression
    if (ts.isFunctionDeclaration(statement) && statement.modifiers?.some(m => m.kind === ts.SyntaxKind.DefaultKeyword))
      return statement
    if (!ts.isExpressionStatement(statement) || !ts.isBinaryExpression(statement.expression)) continue
    const { left, right, operatorToken } = statement.expression
    if (operatorToken.kind !== ts.SyntaxKind.EqualsToken) continue
    if (['module.exports', 'exports.default', 'module.exports.default'].includes(left.getText(tree))) return right
  }
  return undefined
}

function dataOf(node: ts.Expression | ts.FunctionDeclaration, reader: Reader): StaticData {
  if (ts.isFunctionDeclaration(node) || ts.isFunctionExpression(node) || ts.isArrowFunction(node))
    return returned(node, reader)
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isSatisfiesExpression(node))
    return dataOf(node.expression, reader)
  if (ts.isStringLiteralLike(node)) return node.text
  if (ts.isNumericLiteral(node)) return Number(node.text)
  if (node.kind === ts.SyntaxKind.TrueKeyword) return true
  if (node.kind === ts.SyntaxKind.FalseKeyword) return false
  if (node.kind === ts.SyntaxKind.NullKeyword) return null
  if (ts.isTemplateExpression(node)) return templateText(node, reader)
  if (ts.isArrayLiteralExpression(node)) return listOf(node, reader)
  if (ts.isObjectLiteralExpression(node)) return objectOf(node, reader)
  if (ts.isIdentifier(node)) return namedValue(node.text, reader)
  if (ts.isCallExpression(node)) return callValue(node, reader)
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    const [left, right] = [dataOf(node.left, reader), dataOf(node.right, reader)]
    return typeof left === 'string' && typeof right === 'string' ? left + right : unknown
  }
  return unknown
}

/** What a function gives when it has one `return`, at the end of its own body. */
function returned(fn: ts.FunctionDeclaration | ts.FunctionExpression | ts.ArrowFunction, reader: Reader): StaticData {
  if (!fn.body) return unknown
  if (!ts.isBlock(fn.body)) return dataOf(fn.body, reader)
  const returns: ts.ReturnStatement[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isReturnStatement(node)) returns.push(node)
    if (!ts.isFunctionLike(node)) ts.forEachChild(node, visit)
  }
  ts.forEachChild(fn.body, visit)
  const [only] = returns
  return returns.length === 1 && only?.expression && only.parent === fn.body ? dataOf(only.expression, reader) : unknown
}

function namedValue(name: string, reader: Reader): StaticData {
  if (name === 'undefined') return undefined
  if (name === '__dirname') return reader.folder
  const initializer = reader.names.get(name)
  if (!initializer || reader.busy.has(name)) return unknown
  reader.busy.add(name)
  const value = dataOf(initializer, reader)
  reader.busy.delete(name)
  return value
}

function templateText(node: ts.TemplateExpression, reader: Reader): StaticData {
  let text = node.head.text
  for (const span of node.templateSpans) {
    const value = dataOf(span.expression, reader)
    if (typeof value !== 'string' && typeof value !== 'number') return unknown
    text += value + span.literal.text
  }
  return text
}

function listOf(node: ts.ArrayLiteralExpression, reader: Reader): StaticData {
  const items: StaticData[] = []
  for (const element of node.elements) {
    if (!ts.isSpreadElement(element)) items.push(dataOf(element, reader))
    else {
      const spread = dataOf(element.expression, reader)
      if (isList(spread)) items.push(...spread)
      else items.push(unknown)
    }
  }
  return items
}

function objectOf(node: ts.ObjectLiteralExpression, reader: Reader): StaticData {
  const result: Record<string, StaticData> = {}
  for (const property of node.properties) {
    if (ts.isSpreadAssignment(property)) {
      const spread = dataOf(property.expression, reader)
      // What an unknown object holds may be anything, so nothing can be said of the whole.
      if (!isObject(spread)) return unknown
      Object.assign(result, spread)
      continue
    }
    const name = property.name && propertyName(property.name, reader)
    if (name === undefined) return unknown
    // Written this way because a key may be `__proto__`.
    const value = ts.isPropertyAssignment(property)
      ? dataOf(property.initializer, reader)
      : ts.isShorthandPropertyAssignment(property)
        ? namedValue(name, reader)
        : unknown
    Object.defineProperty(result, name, { value, enumerable: true, configurable: true, writable: true })
  }
  return result
}

function propertyName(name: ts.PropertyName, reader: Reader): string | undefined {
  if (ts.isComputedPropertyName(name)) {
    const value = dataOf(name.expression, reader)
    return typeof value === 'string' ? value : undefined
  }
  return name.text
}

function callValue(node: ts.CallExpression, reader: Reader): StaticData {
  const callee = node.expression.getText()
  const args = node.arguments.map(argument => dataOf(argument, reader))
  if (callee === 'require.resolve' || callee === 'require') return typeof args[0] === 'string' ? args[0] : unknown
  if (/^(?:path\.)?(?:posix\.)?(?:join|resolve)$/.test(callee)) {
    if (args.length === 0 || !args.every(arg => typeof arg === 'string')) return unknown
    // `resolve` starts at the working directory, which is the config's folder when a bundler runs it.
    const whole = args.reduce(
      (path, arg) => (path === '' ? arg : callee.endsWith('join') ? `${path}/${arg}` : join(path, arg)),
      '',
    )
    return callee.endsWith('join') && !whole.startsWith('/') ? whole : join(reader.folder, whole)
  }
  return unknown
}

/** True for a list of static data. */
export const isList = (data: StaticData): data is readonly StaticData[] => Array.isArray(data)

/** True for an object of static data. */
export const isObject = (data: StaticData): data is { readonly [key: string]: StaticData } =>
  typeof data === 'object' && data !== null && !isList(data)
