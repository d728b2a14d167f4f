// What a function does, statement by statement: for code whose order matters, such as that of queues.
import { ts } from 'ts-morph'
import type { Step, StepTest } from '../facts/file-facts.ts'
import { evaluate, unwrap } from './evaluate.ts'
import {
  type FunctionDraft,
  type Mutable,
  makeSpan,
  type Reading,
  type Scope,
  spanOf,
  startOf,
  tightList,
} from './reading.ts'
import type { Value } from './value.ts'

/** Words by which code is told that sends things later, or that decides between two versions of something. */
const words =
  /queue|outbox|pending|(?<!a)sync|unsent|backlog|retr(?:y|ies)|conflict|remote|offline|operation|mutation|\bops?\b|\bjobs?\b/i

/** True when the statements inside `node`, a function or class that stands in no other, are to be kept. */
export const asksForSteps = (r: Reading, node: ts.Node): boolean => words.test(r.text.slice(node.pos, node.end))

/** Statements, whose scopes the steps need. */
export const isStatement = (kind: ts.SyntaxKind): boolean =>
  kind >= ts.SyntaxKind.FirstStatement && kind <= ts.SyntaxKind.LastStatement

/** The steps of a function's body; of an arrow without braces, the one that gives back its value. */
export function stepsOf(r: Reading, draft: FunctionDraft): readonly Step[] | undefined {
  const { body } = draft.node as ts.FunctionLikeDeclaration
  if (!body) return undefined
  if (ts.isBlock(body)) return listOf(r, body.statements)
  const scope = draft.returns[0]?.scope
  return scope && [...assignedIn(r, body, scope), leave(r, 'return', body, body, scope)]
}

function listOf(r: Reading, statements: readonly ts.Statement[]): readonly Step[] {
  return tightList(statements.flatMap(statement => stepsOfStatement(r, statement)))
}

function stepsOfStatement(r: Reading, node: ts.Statement): readonly Step[] {
  if (ts.isBlock(node)) return listOf(r, node.statements)
  const scope = r.scopes.get(node)
  if (!scope) return []
  if (ts.isVariableStatement(node)) return declared(r, node.declarationList, scope)
  if (ts.isExpressionStatement(node)) return stepsOfExpression(r, node.expression, scope)
  if (ts.isIfStatement(node)) return [...countedIn(r, node.expression, scope), ifStep(r, node, scope)]
  if (ts.isReturnStatement(node))
    return [
      ...(node.expression ? assignedIn(r, node.expression, scope) : []),
      leave(r, 'return', node, node.expression, scope),
    ]
  if (ts.isThrowStatement(node)) return [leave(r, 'throw', node, node.expression, scope)]
  if (ts.isBreakStatement(node)) return [leave(r, 'break', node, undefined, scope)]
  if (ts.isContinueStatement(node)) return [leave(r, 'continue', node, undefined, scope)]
  if (ts.isLabeledStatement(node)) return stepsOfStatement(r, node.statement)
  if (ts.isTryStatement(node)) return [tryStep(r, node)]
  if (ts.isSwitchStatement(node)) return [switchStep(r, node, scope)]
  return ts.isIterationStatement(node, false) ? loopSteps(r, node, scope) : []
}

function declared(r: Reading, list: ts.VariableDeclarationList, scope: Scope): readonly Step[] {
  return list.declarations.flatMap(({ name, initializer }): readonly Step[] => {
    if (!initializer) return []
    const value = evaluate(r, initializer, scope)
    const at = makeSpan(r, startOf(r, name), initializer.end)
    if (!ts.isIdentifier(name)) return [{ kind: 'do', value, at }]
    return [{ kind: 'set', target: evaluate(r, name, scope), op: 'declare', value, at }]
  })
}

/** Expressions nested more deeply are minified code, which nobody reads. */
const deepest = 200

function stepsOfExpression(r: Reading, expression: ts.Expression, scope: Scope, depth = 0): readonly Step[] {
  if (depth > deepest) return []
  const K = ts.SyntaxKind
  const node = unwrap(expression)
  const at = spanOf(r, expression)
  if (ts.isVoidExpression(node)) return stepsOfExpression(r, node.expression, scope)
  if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) {
    const op = node.operator === K.PlusPlusToken ? '++' : node.operator === K.MinusMinusToken ? '--' : undefined
    if (op) return [{ kind: 'set', target: evaluate(r, node.operand, scope), op, at }]
  }
  if (ts.isDeleteExpression(node))
    return [{ kind: 'set', target: evaluate(r, node.expression, scope), op: 'delete', at }]
  if (ts.isConditionalExpression(node)) {
    const [whenTrue, whenFalse] = [node.whenTrue, node.whenFalse].map(part =>
      stepsOfExpression(r, part, scope, depth + 1),
    )
    return [{ kind: 'if', test: testOf(r, node.condition, scope), whenTrue: whenTrue!, whenFalse: whenFalse!, at }]
  }
  if (!ts.isBinaryExpression(node)) return [{ kind: 'do', value: evaluate(r, node, scope), at }]
  const { left, right } = node
  const token = node.operatorToken.kind
  if (isAssignment(token))
    return [
      ...assignedIn(r, right, scope),
      {
        kind: 'set',
        target: evaluate(r, left, scope),
        op: ts.tokenToString(token) ?? '=',
        value: evaluate(r, right, scope),
        at,
      },
    ]
  if (token === K.CommaToken) return [left, right].flatMap(part => stepsOfExpression(r, part, scope, depth + 1))
  const inner = () => stepsOfExpression(r, right, scope, depth + 1)
  if (token === K.AmpersandAmpersandToken)
    return [{ kind: 'if', test: testOf(r, left, scope), whenTrue: inner(), whenFalse: [], at }]
  if (token === K.BarBarToken || token === K.QuestionQuestionToken)
    return [{ kind: 'if', test: testOf(r, left, scope), whenTrue: [], whenFalse: inner(), at }]
  return [{ kind: 'do', value: evaluate(r, node, scope), at }]
}

/** `return (this.running = this.run())`: what is assigned on the way. */
function assignedIn(r: Reading, expression: ts.Expression, scope: Scope): readonly Step[] {
  const node = unwrap(expression)
  return ts.isBinaryExpression(node) && isAssignment(node.operatorToken.kind) ? stepsOfExpression(r, node, scope) : []
}

const isAssignment = (token: ts.SyntaxKind): boolean =>
  token >= ts.SyntaxKind.FirstAssignment && token <= ts.SyntaxKind.LastAssignment

function ifStep(r: Reading, node: ts.IfStatement, scope: Scope): Step {
  const { expression, thenStatement, elseStatement } = node
  return {
    kind: 'if',
    test: testOf(r, expression, scope),
    whenTrue: stepsOfStatement(r, thenStatement),
    whenFalse: elseStatement ? stepsOfStatement(r, elseStatement) : [],
    at: spanOf(r, node),
  }
}

function loopSteps(r: Reading, node: ts.IterationStatement, outer: Scope): readonly Step[] {
  const scope = r.scopes.get(node.statement) ?? outer
  const step: Mutable<Extract<Step, { kind: 'loop' }>> = {
    kind: 'loop',
    body: stepsOfStatement(r, node.statement),
    at: spanOf(r, node),
    bodyAt: spanOf(r, node.statement),
  }
  let before: readonly Step[] = []
  if (ts.isForOfStatement(node) || ts.isForInStatement(node)) step.over = evaluate(r, node.expression, scope)
  else if (ts.isForStatement(node)) {
    const { initializer, condition, incrementor } = node
    if (condition) step.test = testOf(r, condition, scope)
    if (incrementor) step.body = [...step.body, ...stepsOfExpression(r, incrementor, scope)]
    if (initializer && ts.isVariableDeclarationList(initializer)) before = declared(r, initializer, scope)
    else if (initializer) before = stepsOfExpression(r, initializer, scope)
  } else if (ts.isWhileStatement(node) || ts.isDoStatement(node)) step.test = testOf(r, node.expression, outer)
  return [...before, step]
}

function tryStep(r: Reading, node: ts.TryStatement): Step {
  const { tryBlock, catchClause, finallyBlock } = node
  const step: Mutable<Extract<Step, { kind: 'try' }>> = {
    kind: 'try',
    body: listOf(r, tryBlock.statements),
    bodyAt: spanOf(r, tryBlock),
    at: spanOf(r, node),
  }
  if (catchClause) {
    const name = catchClause.variableDeclaration?.name
    const scope = catchClause.block.statements.map(statement => r.scopes.get(statement)).find(Boolean)
    const error = name && ts.isIdentifier(name) && scope ? evaluate(r, name, scope) : undefined
    step.catch = {
      steps: listOf(r, catchClause.block.statements),
      at: spanOf(r, catchClause),
      blockAt: spanOf(r, catchClause.block),
      ...(error?.kind === 'name' && error.key !== undefined && { key: error.key }),
      ...(name && !ts.isIdentifier(name) && { isTakenApart: true as const }),
    }
  }
  if (finallyBlock) step.finally = listOf(r, finallyBlock.statements)
  return step
}

function switchStep(r: Reading, node: ts.SwitchStatement, scope: Scope): Step {
  return {
    kind: 'switch',
    subject: evaluate(r, node.expression, scope),
    cases: node.caseBlock.clauses.map(clause => ({
      ...(ts.isCaseClause(clause) && { test: evaluate(r, clause.expression, scope) }),
      steps: listOf(r, clause.statements),
      at: spanOf(r, clause),
    })),
    at: spanOf(r, node),
  }
}

function leave(
  r: Reading,
  how: 'return' | 'throw' | 'break' | 'continue',
  node: ts.Node,
  expression: ts.Expression | undefined,
  scope: Scope,
): Step {
  const at = spanOf(r, node)
  return expression ? { kind: 'leave', how, value: evaluate(r, expression, scope), at } : { kind: 'leave', how, at }
}

/** A condition with its `!`, `&&` and `||` visible, which values do not show. */
function testOf(r: Reading, expression: ts.Expression, scope: Scope, depth = 0): StepTest {
  const K = ts.SyntaxKind
  const node = unwrap(expression)
  const at = spanOf(r, expression)
  if (depth > deepest) return { kind: 'is', value: { kind: 'unknown', at }, at }
  if (ts.isPrefixUnaryExpression(node) && node.operator === K.ExclamationToken)
    return { kind: 'not', of: testOf(r, node.operand, scope, depth + 1), at }
  if (!ts.isBinaryExpression(node)) return { kind: 'is', value: evaluate(r, node, scope), at }
  const { left, right, operatorToken } = node
  if (operatorToken.kind === K.AmpersandAmpersandToken || operatorToken.kind === K.BarBarToken) {
    const kind = operatorToken.kind === K.AmpersandAmpersandToken ? 'and' : 'or'
    return { kind, left: testOf(r, left, scope, depth + 1), right: testOf(r, right, scope, depth + 1), at }
  }
  const isOwn = operatorToken.kind === K.InstanceOfKeyword || operatorToken.kind === K.InKeyword
  if (!isOwn && !updated(left) && !updated(right)) return { kind: 'is', value: evaluate(r, node, scope), at }
  const value: Value = {
    kind: 'binary',
    op: ts.tokenToString(operatorToken.kind) ?? '',
    left: evaluate(r, updated(left) ?? left, scope),
    right: evaluate(r, updated(right) ?? right, scope),
    at: spanOf(r, node),
  }
  return { kind: 'is', value, at }
}

/** What `++` or `--` changes in an expression that is compared: `++count > 3`. */
function updated(expression: ts.Expression): ts.Expression | undefined {
  const node = unwrap(expression)
  if (!ts.isPrefixUnaryExpression(node) && !ts.isPostfixUnaryExpression(node)) return undefined
  const isUpdate = node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken
  return isUpdate ? node.operand : undefined
}

/** What a condition counts up or down, as steps before it. */
function countedIn(r: Reading, expression: ts.Expression, scope: Scope, depth = 0): readonly Step[] {
  const node = unwrap(expression)
  if (depth > deepest) return []
  if (updated(node)) return stepsOfExpression(r, node, scope)
  if (!ts.isBinaryExpression(node)) return []
  return [node.left, node.right].flatMap(part => countedIn(r, part, scope, depth + 1))
}
