// Brings the text of a template into the style of the app: quotes, semicolons, indentation, commas, braces, newlines.
import { ts } from 'ts-morph'
import { applyEdits, type TextEdit } from '../text/edit.ts'
import type { AppLayout } from './app-layout.ts'
import { inCodeBlocks } from './code-blocks.ts'
import type { Style } from './style.ts'

/**
 * The text as the app's author would have laid it out, but for where long lines are broken: that stays as in the templates,
 * which have single quotes, no semicolons, two spaces and lines of up to 120 characters.
 */
export function restyled(path: string, text: string, style: AppLayout): string {
  if (path.endsWith('.graphql')) return indented(text, style, []).replace(/\n/g, style.newline)
  // Markdown is laid out alike everywhere; the code in it is the app's.
  if (path.endsWith('.md'))
    return inCodeBlocks(text, (name, code) => restyled(name, code, { ...style, newline: '\n' })).replace(
      /\n/g,
      style.newline,
    )
  if (path.endsWith('.json')) return shortLists(indented(text, style, []), style).replace(/\n/g, style.newline)
  const edits: TextEdit[] = []
  const put = (start: number, end: number, by: string) => edits.push({ file: path, start, end, text: by })
  const source = sourceOf(path, text)
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteral(node) && !ts.isJsxAttribute(node.parent)) requote(node, source, style, put)
    if (style.semicolon === ';' && endsWithSemicolon(node, source) && text[node.end - 1] !== ';')
      put(node.end, node.end, ';')
    if (style.arrowParens && ts.isArrowFunction(node)) wrapParameter(node, source, put)
    dropComma(node, source, style, put)
    if (!style.spacedBraces) tighten(node, source, put)
    node.forEachChild(visit)
  }
  visit(source)
  const punctuated = applyEdits(text, edits)
  return indented(punctuated, style, templateSpans(sourceOf(path, punctuated))).replace(/\n/g, style.newline)
}

type Put = (start: number, end: number, by: string) => void

const sourceOf = (path: string, text: string): ts.SourceFile =>
  ts.createSourceFile(
    path,
    text,
    ts.ScriptTarget.ESNext,
    true,
    path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
  )

/** A text that holds the other quote stays as it is: there it needs no escape. */
function requote(node: ts.StringLiteral, source: ts.SourceFile, { quote }: Style, put: Put): void {
  const start = node.getStart(source)
  const written = source.text.slice(start, node.end)
  if (quote === "'" || !written.startsWith("'") || written.includes('"')) return
  put(start, node.end, `"${written.slice(1, -1).replace(/\\'/g, "'")}"`)
}

/** True for what people who write semicolons end with one. */
function endsWithSemicolon(node: ts.Node, source: ts.SourceFile): boolean {
  if (ts.isPropertySignature(node) || ts.isMethodSignature(node) || ts.isIndexSignatureDeclaration(node)) {
    const { line } = source.getLineAndCharacterOfPosition(node.end)
    return source.getLineAndCharacterOfPosition(node.parent.end).line !== line
  }
  if (ts.isFunctionDeclaration(node)) return node.body === undefined
  return (
    ts.isVariableStatement(node) ||
    ts.isExpressionStatement(node) ||
    ts.isReturnStatement(node) ||
    ts.isThrowStatement(node) ||
    ts.isImportDeclaration(node) ||
    ts.isExportDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isBreakOrContinueStatement(node) ||
    ts.isDoStatement(node) ||
    ts.isPropertyDeclaration(node)
  )
}

/** `one => one` becomes `(one) => one`. */
function wrapParameter(node: ts.ArrowFunction, source: ts.SourceFile, put: Put): void {
  const [parameter] = node.parameters
  if (parameter === undefined || node.parameters.length > 1) return
  const [start, { end }] = [parameter.getStart(source), parameter]
  if (/[(,]\s*$/.test(source.text.slice(node.getStart(source), start)) || source.text[end] === ')') return
  put(start, start, '(')
  put(end, end, ')')
}

/** The comma behind the last entry of a list over several lines. */
function dropComma(node: ts.Node, source: ts.SourceFile, style: AppLayout, put: Put): void {
  const lists = [...(style.trailingComma ? [] : listsOf(node)), ...(style.argumentCommas ? [] : argumentsOf(node))]
  for (const list of lists) {
    if (!list.hasTrailingComma) continue
    const end = list.end
    if (source.text[end - 1] === ',') put(end - 1, end, '')
  }
}

function listsOf(node: ts.Node): readonly ts.NodeArray<ts.Node>[] {
  if (ts.isObjectLiteralExpression(node)) return [node.properties]
  if (ts.isArrayLiteralExpression(node)) return [node.elements]
  if (ts.isNamedImports(node) || ts.isNamedExports(node)) return [node.elements]
  return ts.isObjectBindingPattern(node) || ts.isArrayBindingPattern(node) ? [node.elements] : []
}

function argumentsOf(node: ts.Node): readonly ts.NodeArray<ts.Node>[] {
  if (ts.isCallExpression(node) || ts.isNewExpression(node)) return node.arguments ? [node.arguments] : []
  return ts.isFunctionLike(node) ? [node.parameters] : []
}

/** `{ a }` becomes `{a}` where the app writes it so. */
function tighten(node: ts.Node, source: ts.SourceFile, put: Put): void {
  const isBraced =
    ts.isObjectLiteralExpression(node) ||
    ts.isNamedImports(node) ||
    ts.isNamedExports(node) ||
    ts.isObjectBindingPattern(node) ||
    ts.isMappedTypeNode(node) ||
    ts.isTypeLiteralNode(node)
  if (!isBraced) return
  const start = node.getStart(source)
  const inside = source.text.slice(start + 1, node.end - 1)
  if (inside.includes('\n') || !/^ .* $/.test(inside)) return
  put(start + 1, start + 2, '')
  put(node.end - 2, node.end - 1, '')
}

/** The insides of texts over several lines, which are no indentation. */
function templateSpans(source: ts.SourceFile): readonly (readonly [number, number])[] {
  const spans: (readonly [number, number])[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isNoSubstitutionTemplateLiteral(node) || ts.isTemplateExpression(node))
      spans.push([node.getStart(source), node.end])
    node.forEachChild(visit)
  }
  visit(source)
  return spans
}

function indented(text: string, { indent }: Style, untouched: readonly (readonly [number, number])[]): string {
  if (indent === '  ') return text
  return text.replace(/^ +/gm, (lead, at: number) =>
    untouched.some(([start, end]) => at > start && at < end)
      ? lead
      : indent.repeat(Math.floor(lead.length / 2)) + ' '.repeat(lead.length % 2),
  )
}

/** A list of plain values in JSON stands on one line where it fits, as formatters have it. */
function shortLists(text: string, { width, indent }: AppLayout): string {
  return text.replace(
    /^([ \t]*)(.*\[)\n([^[\]{}]*?)\n[ \t]*(\],?)$/gm,
    (whole, lead: string, start: string, inside: string, end: string) => {
      const line = start + inside.trim().replace(/,\s+/g, ', ') + end
      const tab = indent === '\t' ? ' '.repeat(2 * lead.length) : lead
      return tab.length + line.length > width ? whole : lead + line
    },
  )
}
