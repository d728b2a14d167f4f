// The one walk over a tree: opens scopes, declares names, and notes what is worth evaluating once all names are known.
import { ts } from 'ts-morph'
import type { CatchFact } from '../facts/file-facts.ts'
import { declareNames, markAssigned, readVariables } from './bindings.ts'
import { collectClass } from './classes.ts'
import { enumValue, isFreeze, isValueOperator, isWrapper, unwrap } from './evaluate.ts'
import { collectFunction, notePromiseCatch, noteReturn, noteThrow, noteTry } from './functions.ts'
import { collectDynamicImport, collectExport, collectImport, collectTopAssignment } from './modules.ts'
import { type Draft, declare, inScope, type Mutable, type Reading, spanOf, type Use } from './reading.ts'
import { isStatement } from './steps.ts'
import { noteChoice, noteIf, noteSet, noteSwitch } from './tests.ts'

/**
 * Visits `node`. `use` says how the value of an expression is used and `into` which binding it initializes.
 * `covered` is true where the value around it already shows this expression, so that its calls are no entries of
 * their own; what `evaluate` looks into and what is covered here must be the same syntax.
 */
export function walk(r: Reading, node: ts.Node, use: Use = 'other', into?: Draft, covered = false): void {
  visitors ??= makeVisitors()
  const visitor = visitors[node.kind]
  if (visitor === null || r.depth > deepest) return
  if (r.keepsSteps && isStatement(node.kind)) r.scopes.set(node, r.scope)
  r.depth++
  if (visitor) visitor(r, node as never, use, into, covered)
  else walkChildren(r, node)
  r.depth--
}

/** Visits every child of `node` as something on its own. */
export function walkChildren(r: Reading, node: ts.Node): void {
  ts.forEachChild(node, child => walk(r, child))
}

/** Deeper than this the walk stops, so that no text can exhaust the stack. */
const deepest = 600

type Visitor = (r: Reading, node: never, use: Use, into: Draft | undefined, covered: boolean) => void
/** By syntax kind; `null` where nothing inside can matter, `undefined` where only the children do. */
let visitors: readonly (Visitor | null | undefined)[] | undefined

function makeVisitors(): readonly (Visitor | null | undefined)[] {
  const K = ts.SyntaxKind
  const table: (Visitor | null | undefined)[] = new Array(K.Count).fill(undefined)
  table.fill(null, 0, K.FirstNode + 1)
  table.fill(null, K.FirstTypeNode, K.LastTypeNode + 1)
  for (const kind of [K.InterfaceDeclaration, K.TypeAliasDeclaration, K.TypeParameter, K.OmittedExpression])
    table[kind] = null
  table[K.ImportDeclaration] = (r, node: ts.ImportDeclaration) => collectImport(r, node)
  table[K.ImportEqualsDeclaration] = (r, node: ts.ImportEqualsDeclaration) => collectImport(r, node)
  table[K.ExportDeclaration] = (r, node: ts.ExportDeclaration) => collectExport(r, node)
  table[K.ExportAssignment] = (r, node: ts.ExportAssignment) => {
    collectExport(r, node)
    walk(r, node.expression)
  }
  table[K.VariableStatement] = (r, node: ts.VariableStatement) => readVariables(r, node.declarationList, node)
  table[K.FunctionDeclaration] = (r, node: ts.FunctionDeclaration) => visitFunction(r, node)
  for (const kind of [K.FunctionExpression, K.ArrowFunction])
    table[kind] = (r, node: ts.FunctionExpression | ts.ArrowFunction) => collectFunction(r, node)
  for (const kind of [K.MethodDeclaration, K.GetAccessor, K.SetAccessor])
    table[kind] = (r, node: ts.MethodDeclaration | ts.AccessorDeclaration) => {
      walk(r, node.name)
      collectFunction(r, node)
    }
  for (const kind of [K.ClassDeclaration, K.ClassExpression])
    table[kind] = (r, node: ts.ClassLikeDeclaration, _use, into) => collectClass(r, node, into?.name)
  table[K.EnumDeclaration] = (r, node: ts.EnumDeclaration) => visitEnum(r, node)
  table[K.ModuleDeclaration] = (r, node: ts.ModuleDeclaration) => visitNamespace(r, node)
  for (const kind of [K.Block, K.CaseBlock])
    table[kind] = (r, node: ts.Node) => inScope(r, false, () => walkChildren(r, node))
  for (const kind of [K.ForStatement, K.ForOfStatement, K.ForInStatement])
    table[kind] = (r, node: ts.ForStatement | ts.ForInOrOfStatement) => inScope(r, false, () => visitLoop(r, node))
  table[K.IfStatement] = (r, node: ts.IfStatement) => {
    noteIf(r, node)
    walk(r, node.expression)
    inBranch(r, () => {
      walk(r, node.thenStatement)
      if (node.elseStatement) walk(r, node.elseStatement)
    })
  }
  table[K.SwitchStatement] = (r, node: ts.SwitchStatement) => {
    noteSwitch(r, node)
    walk(r, node.expression)
    inBranch(r, () => walk(r, node.caseBlock))
  }
  for (const kind of [K.WhileStatement, K.DoStatement])
    table[kind] = (r, node: ts.Node) => inBranch(r, () => walkChildren(r, node))
  table[K.TryStatement] = (r, node: ts.TryStatement) => visitTry(r, node)
  table[K.ReturnStatement] = (r, node: ts.ReturnStatement) => {
    noteReturn(r, node)
    if (node.expression) walk(r, node.expression, 'returned')
  }
  table[K.ThrowStatement] = (r, node: ts.ThrowStatement) => {
    noteThrow(r)
    walk(r, node.expression)
  }
  table[K.ExpressionStatement] = (r, node: ts.ExpressionStatement) => {
    if (r.scope === r.top) collectTopAssignment(r, node.expression)
    walk(r, node.expression, 'statement')
  }
  addExpressions(table)
  return table
}

function addExpressions(table: (Visitor | null | undefined)[]): void {
  const K = ts.SyntaxKind
  /** Syntax that `evaluate` looks into: what is covered stays covered. */
  const through: Visitor = (r, node: ts.Node, _use, _into, covered) => {
    ts.forEachChild(node, child => walk(r, child, 'other', undefined, covered))
  }
  for (const kind of [
    K.ArrayLiteralExpression,
    K.ObjectLiteralExpression,
    K.PropertyAssignment,
    K.SpreadAssignment,
    K.ComputedPropertyName,
    K.SpreadElement,
    K.PropertyAccessExpression,
    K.ElementAccessExpression,
    K.TemplateExpression,
    K.TemplateSpan,
    K.JsxAttributes,
    K.JsxAttribute,
    K.JsxSpreadAttribute,
    K.JsxExpression,
  ])
    table[kind] = through
  for (let kind = 0; kind < table.length; kind++)
    if (isWrapper({ kind } as ts.Node))
      table[kind] = (r, node: ts.ParenthesizedExpression, use, into, covered) =>
        walk(r, node.expression, use, into, covered)
  table[K.AwaitExpression] = (r, node: ts.AwaitExpression, use, into, covered) => {
    const before = r.calls.length
    walk(r, node.expression, 'awaited', into, covered)
    const call = r.calls[before]
    if (use === 'statement' && call?.use === 'awaited') call.isDropped = true
  }
  table[K.VoidExpression] = (r, node: ts.VoidExpression) => walk(r, node.expression, 'void')
  table[K.ConditionalExpression] = (r, node: ts.ConditionalExpression, use, _into, covered) => {
    noteChoice(r, node.condition, node.whenTrue, node.whenFalse)
    walk(r, node.condition, 'other', undefined, covered)
    inBranch(r, () => {
      walk(r, node.whenTrue, use, undefined, covered)
      walk(r, node.whenFalse, use, undefined, covered)
    })
  }
  table[K.BinaryExpression] = visitBinary
  for (const kind of [K.PrefixUnaryExpression, K.PostfixUnaryExpression])
    table[kind] = (r, node: ts.PrefixUnaryExpression | ts.PostfixUnaryExpression) => {
      if (node.operator === K.PlusPlusToken || node.operator === K.MinusMinusToken) {
        markAssigned(r, node.operand)
        noteSet(r, node.operand, node, node.operator === K.PlusPlusToken ? '++' : '--')
      }
      walk(r, node.operand)
    }
  for (const kind of [K.CallExpression, K.NewExpression, K.TaggedTemplateExpression]) table[kind] = visitCall
  for (const kind of [K.JsxElement, K.JsxSelfClosingElement]) table[kind] = visitJsx
}

function visitFunction(r: Reading, node: ts.FunctionDeclaration): void {
  const { name } = node
  if (name) {
    const draft = declare(r, r.scope, name.text, 'function', spanOf(r, name))
    // The last body is the function: overloads before it have none.
    if (node.body || !draft.value) draft.value = () => valueOfDeclared(r, node)
    if (r.scope === r.top) draft.statementAt = spanOf(r, node)
  }
  if (r.scope === r.top) collectExport(r, node)
  collectFunction(r, node)
}

function valueOfDeclared(r: Reading, node: ts.FunctionDeclaration) {
  const id = r.functionIds.get(node)
  return id === undefined ? undefined : ({ kind: 'function', id, at: spanOf(r, node) } as const)
}

function visitEnum(r: Reading, node: ts.EnumDeclaration): void {
  const draft = declare(r, r.scope, node.name.text, 'enum', spanOf(r, node.name))
  if (r.scope === r.top) {
    draft.statementAt = spanOf(r, node)
    collectExport(r, node)
  }
  const before = draft.value
  inScope(r, false, () => {
    const scope = r.scope
    scope.names = new Map(
      node.members.map(member => [ts.isComputedPropertyName(member.name) ? '' : member.name.text, null]),
    )
    // An enum may be written in several parts.
    draft.value = () => {
      const value = enumValue(r, node, scope)
      const earlier = before?.()
      return earlier?.kind === 'object' ? { ...value, props: [...earlier.props, ...value.props] } : value
    }
    for (const member of node.members) if (member.initializer) walk(r, member.initializer, 'other', undefined, true)
  })
}

function visitNamespace(r: Reading, node: ts.ModuleDeclaration): void {
  if (ts.isIdentifier(node.name) && !node.body) return
  if (ts.isIdentifier(node.name) && !r.scope.names?.has(node.name.text)) {
    const draft = declare(r, r.scope, node.name.text, 'const', spanOf(r, node.name))
    if (r.scope === r.top) {
      draft.statementAt = spanOf(r, node)
      collectExport(r, node)
    }
  }
  if (node.body)
    inScope(r, true, () => {
      if (ts.isModuleBlock(node.body!)) walkChildren(r, node.body)
      else walk(r, node.body!)
    })
}

function visitLoop(r: Reading, node: ts.ForStatement | ts.ForInOrOfStatement): void {
  const { initializer } = node
  if (initializer && ts.isVariableDeclarationList(initializer))
    readVariables(r, initializer, undefined, ts.isForOfStatement(node) ? node.expression : undefined)
  else if (initializer) {
    if (!ts.isForStatement(node)) markAssigned(r, initializer)
    walk(r, initializer, 'statement')
  }
  if (!ts.isForStatement(node)) walk(r, node.expression)
  else {
    if (node.condition) walk(r, node.condition)
    if (node.incrementor) walk(r, node.incrementor, 'statement')
  }
  inBranch(r, () => walk(r, node.statement))
}

/** Visits what may be left out when the present function runs. */
function inBranch(r: Reading, inside: () => void): void {
  r.branches++
  inside()
  r.branches--
}

function visitTry(r: Reading, node: ts.TryStatement): void {
  walk(r, node.tryBlock)
  const { catchClause, finallyBlock } = node
  if (catchClause) {
    const fact: Mutable<CatchFact> = {
      at: spanOf(r, catchClause),
      tryAt: spanOf(r, node.tryBlock),
      rethrows: false,
      returns: false,
    }
    noteTry(r, fact, () =>
      inScope(r, false, () => {
        if (catchClause.variableDeclaration) declareNames(r, r.scope, catchClause.variableDeclaration.name, 'catch')
        inBranch(r, () => walkChildren(r, catchClause.block))
      }),
    )
  }
  if (!finallyBlock) return
  r.finallies++
  walk(r, finallyBlock)
  r.finallies--
}

const visitBinary: Visitor = (r, node: ts.BinaryExpression, use, _into, covered) => {
  const K = ts.SyntaxKind
  const { left, right } = node
  const op = node.operatorToken.kind
  if (op >= K.FirstAssignment && op <= K.LastAssignment) return visitAssignment(r, node)
  if (op === K.CommaToken) {
    walk(r, left, 'statement')
    walk(r, right, use)
    return
  }
  const inner = isValueOperator(op) && covered
  const isChoice = op === K.BarBarToken || op === K.AmpersandAmpersandToken || op === K.QuestionQuestionToken
  // Within a condition it decides nothing by itself.
  if (op === K.AmpersandAmpersandToken && use !== 'other') noteChoice(r, left, right)
  walk(r, left, 'other', undefined, inner)
  const visitRight = () => walk(r, right, isChoice ? use : 'other', undefined, inner)
  if (isChoice) inBranch(r, visitRight)
  else visitRight()
}

function visitAssignment(r: Reading, node: ts.BinaryExpression): void {
  const { left, right } = node
  if (ts.isPropertyAccessExpression(left) || ts.isElementAccessExpression(left))
    r.assigns.push({ node, op: ts.tokenToString(node.operatorToken.kind) ?? '=', scope: r.scope, fn: r.fn?.id })
  else {
    markAssigned(r, left)
    noteSet(r, left, node, ts.tokenToString(node.operatorToken.kind) ?? '=', right)
  }
  walk(r, left)
  const before = r.calls.length
  walk(r, right, 'assigned')
  const call = r.calls[before]
  const target = unwrap(left)
  if (call && ts.isIdentifier(target) && call.node === withoutAwait(right))
    call.target = { name: target.text, scope: r.scope }
}

function withoutAwait(node: ts.Expression): ts.Expression {
  const inner = unwrap(node)
  return ts.isAwaitExpression(inner) ? unwrap(inner.expression) : inner
}

const visitCall: Visitor = (
  r,
  node: ts.CallExpression | ts.NewExpression | ts.TaggedTemplateExpression,
  use,
  into,
  covered,
) => {
  if (isFreeze(node)) return walk(r, node.arguments[0]!, 'other', undefined, covered)
  if (!covered)
    r.calls.push({
      node,
      scope: r.scope,
      fn: r.fn?.id,
      use,
      into,
      isConditional: r.branches > 0 || r.fn?.mayLeave,
      isFinal: r.finallies > 0,
    })
  if (ts.isTaggedTemplateExpression(node)) {
    walk(r, node.tag, 'other', undefined, true)
    walk(r, node.template, 'other', undefined, true)
    return
  }
  walk(r, node.expression, 'other', undefined, true)
  for (const argument of node.arguments ?? []) walk(r, argument, 'other', undefined, true)
  if (!ts.isCallExpression(node)) return
  collectDynamicImport(r, node)
  notePromiseCatch(r, node)
}

const visitJsx: Visitor = (r, node: ts.JsxElement | ts.JsxSelfClosingElement, use, into, covered) => {
  if (!covered) r.calls.push({ node, scope: r.scope, fn: r.fn?.id, use, into })
  const opening = ts.isJsxElement(node) ? node.openingElement : node
  walk(r, opening.tagName, 'other', undefined, true)
  walk(r, opening.attributes, 'other', undefined, true)
  if (ts.isJsxElement(node)) for (const child of node.children) walk(r, child)
}
