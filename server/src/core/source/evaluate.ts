// What an expression says before anything runs: syntax in, static value with spans out.
import { ts } from 'ts-morph'
import { escapesIn } from './escapes.ts'
import { plainText } from './plain-text.ts'
import { isFaulty, makeSpan, type Reading, type Scope, spanOf, startOf, textOf } from './reading.ts'
import type { CallValue, ObjectValue, Prop, Value } from './value.ts'

/** Deeper than this nothing is known: the value of a generated or hostile text must not exhaust the stack of its readers. */
const deepest = 500

/**
 * The value of `node`, whose names are meant as in `scope`. Within one reading the same node gives the same object.
 * Names are left open, see `Value`; what is not static is `unknown`.
 */
export function evaluate(r: Reading, node: ts.Expression, scope: Scope): Value {
  const inner = unwrap(node)
  const known = r.memo.get(inner)
  if (known) return known
  const value = read(r, inner, scope, 0)
  r.memo.set(inner, value)
  return value
}

/** `unknown` where `node` stands. */
export const unknownAt = (r: Reading, node: ts.Node): Value => ({ kind: 'unknown', at: spanOf(r, node) })

/** The string of a literal key, `[…]` around it included; undefined for a key that only running would tell. */
export function literalName(name: ts.Node): string | undefined {
  if (ts.isIdentifier(name) || ts.isPrivateIdentifier(name)) return plainText(name.text)
  if (ts.isStringLiteralLike(name) || ts.isNumericLiteral(name)) return plainText(name.text)
  return ts.isComputedPropertyName(name) && ts.isStringLiteralLike(name.expression) ? name.expression.text : undefined
}

/** An enum seen as an object: members without initializer count on from the number before. */
export function enumValue(r: Reading, node: ts.EnumDeclaration, scope: Scope): ObjectValue {
  let next: number | undefined = 0
  const props = node.members.map((member): Prop => {
    const name = literalName(member.name) ?? textOf(r, member.name)
    const value = member.initializer ? evaluate(r, member.initializer, scope) : counted(r, member, next)
    next = value.kind === 'number' ? value.value + 1 : undefined
    return { kind: 'named', name, nameAt: spanOf(r, member.name), value, at: spanOf(r, member) }
  })
  return { kind: 'object', props: closed(r, node, props), at: spanOf(r, node) }
}

/** True for `Object.freeze(x)`, which is looked through. */
export function isFreeze(node: ts.Node): node is ts.CallExpression {
  if (!ts.isCallExpression(node) || node.arguments.length !== 1) return false
  const { expression } = node
  if (!ts.isPropertyAccessExpression(expression) || expression.name.text !== 'freeze') return false
  return ts.isIdentifier(expression.expression) && expression.expression.text === 'Object'
}

/** The expression within parentheses, type assertions and the like. */
export function unwrap(node: ts.Expression): ts.Expression {
  for (;;) {
    if (node.kind < ts.SyntaxKind.FirstNode) return node
    if (isWrapper(node)) node = node.expression
    else if (isFreeze(node) && !ts.isSpreadElement(node.arguments[0]!)) node = node.arguments[0]!
    else return node
  }
}

/**
 * What an expression is up to a string whose quote is not closed. Such a string ends with its line, and the brackets
 * behind it are gone, so the chain that seems to go on from it, or from the call that it is given to, is other code.
 */
function beginning(r: Reading, node: ts.Expression): ts.Expression {
  const fault = r.faults.find(
    ({ message, start }) => message.startsWith('Unterminated string') && node.pos < start && start <= node.end,
  )
  if (!fault) return node
  let at: ts.Expression = node
  while (isChain(at) && fault.start <= at.expression.end) at = at.expression
  return at
}

const isChain = (node: ts.Node): node is ts.CallExpression | ts.PropertyAccessExpression | ts.ElementAccessExpression =>
  ts.isCallExpression(node) || ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)

const isOpenString = (node: ts.Expression): node is ts.StringLiteral =>
  ts.isStringLiteral(node) && node.isUnterminated === true

type Reader = (r: Reading, node: never, scope: Scope, depth: number) => Value
let readers: readonly (Reader | undefined)[] | undefined

function read(r: Reading, node: ts.Expression, scope: Scope, depth: number): Value {
  if (depth > deepest) return unknownAt(r, node)
  const inner = r.faults.length > 0 ? beginning(r, unwrap(node)) : unwrap(node)
  readers ??= makeReaders()
  const reader = readers[inner.kind] as ((r: Reading, n: ts.Node, s: Scope, d: number) => Value) | undefined
  return reader ? reader(r, inner, scope, depth + 1) : unknownAt(r, inner)
}

function makeReaders(): readonly (Reader | undefined)[] {
  const K = ts.SyntaxKind
  const table: (Reader | undefined)[] = new Array(K.Count).fill(undefined)
  const string = (r: Reading, node: ts.StringLiteralLike): Value => {
    const at = spanOf(r, node)
    const text = plainText(node.text)
    if (node.isUnterminated && ts.isStringLiteral(node)) return { kind: 'string', text, isOpen: true, at }
    if (at.end - at.start === text.length + (node.isUnterminated ? 1 : 2)) return { kind: 'string', text, at }
    const escapes = escapesIn(textOf(r, node).slice(1, -1), text)
    return { kind: 'string', text, ...(escapes ? { escapes } : { isOpaque: true }), at }
  }
  const declared = (r: Reading, node: ts.Node): Value => functionOrClass(r, node)
  table[K.StringLiteral] = string
  table[K.NoSubstitutionTemplateLiteral] = string
  table[K.NumericLiteral] = (r, node: ts.NumericLiteral) => ({
    kind: 'number',
    value: Number(node.text),
    at: spanOf(r, node),
  })
  table[K.TrueKeyword] = (r, node: ts.Node) => ({ kind: 'boolean', value: true, at: spanOf(r, node) })
  table[K.FalseKeyword] = (r, node: ts.Node) => ({ kind: 'boolean', value: false, at: spanOf(r, node) })
  table[K.NullKeyword] = (r, node: ts.Node) => ({ kind: 'null', at: spanOf(r, node) })
  table[K.ThisKeyword] = (r, node: ts.Node) => ({ kind: 'this', at: spanOf(r, node) })
  table[K.SuperKeyword] = (r, node: ts.Node) => ({ kind: 'name', name: 'super', at: spanOf(r, node) })
  table[K.ImportKeyword] = (r, node: ts.Node) => ({ kind: 'name', name: 'import', at: spanOf(r, node) })
  table[K.OmittedExpression] = (r, node: ts.Node) => ({ kind: 'undefined', at: spanOf(r, node) })
  table[K.Identifier] = (r, node: ts.Identifier, scope) => readName(r, node, scope)
  table[K.TemplateExpression] = readTemplate
  table[K.ArrayLiteralExpression] = readArray
  table[K.ObjectLiteralExpression] = readObject
  table[K.PropertyAccessExpression] = readProperty
  table[K.ElementAccessExpression] = readElement
  table[K.CallExpression] = remembered(readCall)
  table[K.NewExpression] = remembered(readCall)
  table[K.TaggedTemplateExpression] = remembered(readTagged)
  table[K.JsxElement] = remembered((r, node: ts.JsxElement, scope, depth) =>
    readJsx(r, node.openingElement, node, scope, depth),
  )
  table[K.JsxSelfClosingElement] = remembered((r, node: ts.JsxSelfClosingElement, scope, depth) =>
    readJsx(r, node, node, scope, depth),
  )
  table[K.BinaryExpression] = readBinary
  table[K.ConditionalExpression] = (r, node: ts.ConditionalExpression, scope, depth) => ({
    kind: 'conditional',
    test: read(r, node.condition, scope, depth),
    whenTrue: read(r, node.whenTrue, scope, depth),
    whenFalse: read(r, node.whenFalse, scope, depth),
    at: spanOf(r, node),
  })
  table[K.SpreadElement] = (r, node: ts.SpreadElement, scope, depth) => ({
    kind: 'spread',
    value: read(r, node.expression, scope, depth),
    at: spanOf(r, node),
  })
  table[K.AwaitExpression] = (r, node: ts.AwaitExpression, scope, depth) => ({
    kind: 'await',
    value: read(r, node.expression, scope, depth),
    at: spanOf(r, node),
  })
  table[K.PrefixUnaryExpression] = readPrefix
  table[K.TypeOfExpression] = (r, node: ts.Node) => ({ kind: 'unknown', type: 'string', at: spanOf(r, node) })
  table[K.VoidExpression] = (r, node: ts.VoidExpression) =>
    ts.isNumericLiteral(node.expression) ? { kind: 'undefined', at: spanOf(r, node) } : unknownAt(r, node)
  for (const kind of [
    K.ArrowFunction,
    K.FunctionExpression,
    K.FunctionDeclaration,
    K.ClassExpression,
    K.ClassDeclaration,
  ])
    table[kind] = declared
  return table
}

/** Calls are facts of their own as well as parts of other values: both must be one object. */
function remembered<N extends ts.Node>(reader: (r: Reading, node: N, scope: Scope, depth: number) => Value) {
  return (r: Reading, node: N, scope: Scope, depth: number): Value => {
    const known = r.memo.get(node)
    if (known) return known
    const value = reader(r, node, scope, depth)
    r.memo.set(node, value)
    return value
  }
}

function functionOrClass(r: Reading, node: ts.Node): Value {
  const id = r.functionIds.get(node)
  if (id !== undefined) return { kind: 'function', id, at: spanOf(r, node) }
  const key = r.classKeys.get(node)
  return key === undefined ? unknownAt(r, node) : { kind: 'class', key, at: spanOf(r, node) }
}

function readName(r: Reading, node: ts.Identifier, scope: Scope): Value {
  const name = plainText(node.text)
  const at = spanOf(r, node)
  if (name === '') return { kind: 'unknown', at }
  const key = r.keyOf(name, scope)
  if (key !== undefined) return { kind: 'name', name, key, at }
  return name === 'undefined' ? { kind: 'undefined', at } : { kind: 'name', name, at }
}

function readTemplate(r: Reading, node: ts.TemplateExpression, scope: Scope, depth: number): Value {
  const pieces = [node.head, ...node.templateSpans.map(part => part.literal)]
  const isPlain = pieces.every(piece => rawText(r, piece) === piece.text)
  // Before each text stands a backtick or a brace.
  const starts = pieces.map(piece => startOf(r, piece) + 1 - startOf(r, node))
  return {
    kind: 'template',
    texts: pieces.map(piece => piece.text),
    values: node.templateSpans.map(part => read(r, part.expression, scope, depth)),
    ...(isPlain && { starts }),
    at: spanOf(r, node),
  }
}

function readTagged(r: Reading, node: ts.TaggedTemplateExpression, scope: Scope, depth: number): Value {
  const { tag, template } = node
  if (ts.isPropertyAccessExpression(tag) && tag.name.text === 'raw' && textOf(r, tag) === 'String.raw') {
    const at = spanOf(r, node)
    if (!ts.isTemplateExpression(template)) return { kind: 'string', text: rawText(r, template), isOpaque: true, at }
    const texts = [rawText(r, template.head), ...template.templateSpans.map(part => rawText(r, part.literal))]
    return {
      kind: 'template',
      texts,
      values: template.templateSpans.map(part => read(r, part.expression, scope, depth)),
      at,
    }
  }
  return {
    kind: 'call',
    callee: read(r, tag, scope, depth),
    args: [read(r, template, scope, depth)],
    isNew: false,
    argsAt: makeSpan(r, node.end, node.end),
    at: spanOf(r, node),
  }
}

/** The text of a piece of a template without its quotes and braces, escapes left as they are. */
const rawText = (r: Reading, node: ts.Node): string => textOf(r, node).replace(/^[`}]|(\$\{|`)$/g, '')

function readArray(r: Reading, node: ts.ArrayLiteralExpression, scope: Scope, depth: number): Value {
  const items = node.elements.map(element => read(r, element, scope, depth))
  return { kind: 'array', items: closed(r, node, items), at: spanOf(r, node) }
}

function readObject(r: Reading, node: ts.ObjectLiteralExpression, scope: Scope, depth: number): Value {
  const props = node.properties.map(property => readProp(r, property, scope, depth))
  return { kind: 'object', props: closed(r, node, props), at: spanOf(r, node) }
}

function readProp(r: Reading, node: ts.ObjectLiteralElementLike, scope: Scope, depth: number): Prop {
  const at = spanOf(r, node)
  if (ts.isSpreadAssignment(node)) return { kind: 'spread', value: read(r, node.expression, scope, depth), at }
  if (ts.isShorthandPropertyAssignment(node))
    return {
      kind: 'named',
      name: plainText(node.name.text),
      nameAt: spanOf(r, node.name),
      value: readName(r, node.name, scope),
      at,
    }
  const value = ts.isPropertyAssignment(node)
    ? read(r, node.initializer, scope, depth)
    : ts.isMethodDeclaration(node)
      ? functionOrClass(r, node)
      : unknownAt(r, node)
  const name = literalName(node.name)
  if (name !== undefined) return { kind: 'named', name, nameAt: spanOf(r, node.name), value, at }
  const key = ts.isComputedPropertyName(node.name)
    ? read(r, node.name.expression, scope, depth)
    : unknownAt(r, node.name)
  return { kind: 'computed', key, value, at }
}

function readProperty(r: Reading, node: ts.PropertyAccessExpression, scope: Scope, depth: number): Value {
  const of = read(r, node.expression, scope, depth)
  return { kind: 'member', of, name: plainText(node.name.text), nameAt: spanOf(r, node.name), at: spanOf(r, node) }
}

function readElement(r: Reading, node: ts.ElementAccessExpression, scope: Scope, depth: number): Value {
  const { argumentExpression: index } = node
  const of = read(r, node.expression, scope, depth)
  if (ts.isStringLiteralLike(index))
    return { kind: 'member', of, name: index.text, nameAt: spanOf(r, index), at: spanOf(r, node) }
  return { kind: 'member', of, index: read(r, index, scope, depth), nameAt: spanOf(r, index), at: spanOf(r, node) }
}

function readCall(r: Reading, node: ts.CallExpression | ts.NewExpression, scope: Scope, depth: number): Value {
  const { arguments: args, typeArguments: types } = node
  const argsAt = args ? makeSpan(r, args.pos - 1, node.end) : makeSpan(r, node.end, node.end)
  const value: CallValue = {
    kind: 'call',
    callee: read(r, node.expression, scope, depth),
    args: args
      ? closed(
          r,
          { pos: args.pos, end: node.end },
          givenArguments(r, args).map(arg => read(r, arg, scope, depth)),
        )
      : [],
    isNew: node.kind === ts.SyntaxKind.NewExpression,
    argsAt,
    at: spanOf(r, node),
  }
  return types ? { ...value, types: types.map(type => textOf(r, type)) } : value
}

/** The arguments without those that only seem to follow a string that is not closed. */
function givenArguments(r: Reading, args: ts.NodeArray<ts.Expression>): readonly ts.Expression[] {
  const open = r.faults.length > 0 ? args.findIndex(arg => isOpenString(beginning(r, arg))) : -1
  return open < 0 ? args : args.slice(0, open + 1)
}

type JsxOpening = ts.JsxOpeningElement | ts.JsxSelfClosingElement

function readJsx(r: Reading, opening: JsxOpening, node: ts.Node, scope: Scope, depth: number): Value {
  const props = opening.attributes.properties.map((attribute): Prop => {
    const at = spanOf(r, attribute)
    if (ts.isJsxSpreadAttribute(attribute))
      return { kind: 'spread', value: read(r, attribute.expression, scope, depth), at }
    const { name, initializer } = attribute
    return {
      kind: 'named',
      name: textOf(r, name),
      nameAt: spanOf(r, name),
      value: readAttribute(r, name, initializer, scope, depth),
      at,
    }
  })
  return {
    kind: 'jsx',
    tag: readTag(r, opening.tagName, scope, depth),
    props: closed(r, opening, props),
    at: spanOf(r, node),
  }
}

/** A tag in lower case is an element of the platform, never a name of the file. */
function readTag(r: Reading, tag: ts.JsxTagNameExpression, scope: Scope, depth: number): Value {
  const isNative = ts.isIdentifier(tag) && /^[a-z]/.test(tag.text)
  return isNative ? { kind: 'name', name: tag.text, at: spanOf(r, tag) } : read(r, tag as ts.Expression, scope, depth)
}

function readAttribute(
  r: Reading,
  name: ts.Node,
  value: ts.JsxAttributeValue | undefined,
  scope: Scope,
  depth: number,
): Value {
  if (!value) return { kind: 'boolean', value: true, at: spanOf(r, name) }
  if (!ts.isJsxExpression(value)) return read(r, value, scope, depth)
  return value.expression ? read(r, value.expression, scope, depth) : unknownAt(r, value)
}

function readBinary(r: Reading, node: ts.BinaryExpression, scope: Scope, depth: number): Value {
  const operator = node.operatorToken.kind
  if (operator === ts.SyntaxKind.InstanceOfKeyword || operator === ts.SyntaxKind.InKeyword)
    return { kind: 'unknown', type: 'boolean', at: spanOf(r, node) }
  if (!isValueOperator(operator)) return unknownAt(r, node)
  const left = read(r, node.left, scope, depth)
  const right = read(r, node.right, scope, depth)
  return { kind: 'binary', op: textOf(r, node.operatorToken), left, right, at: spanOf(r, node) }
}

function readPrefix(r: Reading, node: ts.PrefixUnaryExpression): Value {
  const { operator, operand } = node
  const at = spanOf(r, node)
  if (!ts.isNumericLiteral(operand)) {
    const isBoolean = operand.kind === ts.SyntaxKind.TrueKeyword || operand.kind === ts.SyntaxKind.FalseKeyword
    if (operator !== ts.SyntaxKind.ExclamationToken) return { kind: 'unknown', at }
    if (!isBoolean) return { kind: 'unknown', type: 'boolean', at }
    return { kind: 'boolean', value: operand.kind === ts.SyntaxKind.FalseKeyword, at }
  }
  const number = Number(operand.text)
  if (operator === ts.SyntaxKind.MinusToken) return { kind: 'number', value: -number, at }
  if (operator === ts.SyntaxKind.PlusToken) return { kind: 'number', value: number, at }
  return operator === ts.SyntaxKind.ExclamationToken ? { kind: 'boolean', value: !number, at } : { kind: 'unknown', at }
}

/** True for operators whose operands stay visible in a `BinaryValue`. */
export function isValueOperator(kind: ts.SyntaxKind): boolean {
  const K = ts.SyntaxKind
  if (kind >= K.LessThanToken && kind <= K.ExclamationEqualsEqualsToken) return kind !== K.LessThanSlashToken
  if (kind === K.PlusToken || kind === K.MinusToken || kind === K.AsteriskToken || kind === K.SlashToken) return true
  return kind === K.BarBarToken || kind === K.AmpersandAmpersandToken || kind === K.QuestionQuestionToken
}

/** What a syntax error inside may have swallowed is unknown: a spread of `unknown` keeps absence from being judged. */
function closed<T>(r: Reading, node: { readonly pos: number; readonly end: number }, parts: T[]): (T | Lost)[] {
  if (!isFaulty(r, node.pos, node.end)) return parts
  const at = makeSpan(r, node.end, node.end)
  return [...parts, { kind: 'spread', value: { kind: 'unknown', at }, at: makeSpan(r, node.end, node.end) }]
}

type Lost = Extract<Value, { kind: 'spread' }> & Extract<Prop, { kind: 'spread' }>

function counted(r: Reading, member: ts.EnumMember, value: number | undefined): Value {
  const at = makeSpan(r, startOf(r, member.name), member.name.end)
  return value === undefined ? { kind: 'unknown', at } : { kind: 'number', value, at }
}

type Wrapper =
  | ts.ParenthesizedExpression
  | ts.AsExpression
  | ts.SatisfiesExpression
  | ts.NonNullExpression
  | ts.TypeAssertion
  | ts.ExpressionWithTypeArguments

/** True for syntax that leaves the value of its one expression as it is. */
export function isWrapper(node: ts.Node): node is Wrapper {
  const K = ts.SyntaxKind
  switch (node.kind) {
    case K.ParenthesizedExpression:
    case K.AsExpression:
    case K.SatisfiesExpression:
    case K.NonNullExpression:
    case K.TypeAssertionExpression:
    case K.ExpressionWithTypeArguments:
      return true
    default:
      return false
  }
}
