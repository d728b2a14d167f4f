// Whether control can reach the end of a function's body.
import { ts } from 'ts-morph'

/** True when some path reaches the end of `body`. Where that is uncertain it says true; nothing is evaluated but `true` in loops. */
export function endsWithoutReturn(body: ts.Block): boolean {
  return listEnds(body.statements)
}

/** True when control certainly never gets behind `node`. */
export const leaves = (node: ts.Statement): boolean => !ends(node)

const listEnds = (statements: readonly ts.Statement[]): boolean => statements.every(ends)

function ends(node: ts.Statement): boolean {
  if (ts.isReturnStatement(node) || ts.isThrowStatement(node)) return false
  if (ts.isBreakStatement(node) || ts.isContinueStatement(node)) return false
  if (ts.isBlock(node)) return listEnds(node.statements)
  if (ts.isIfStatement(node)) return !node.elseStatement || ends(node.thenStatement) || ends(node.elseStatement)
  if (ts.isLabeledStatement(node)) return true
  if (ts.isSwitchStatement(node)) return switchEnds(node)
  if (ts.isTryStatement(node)) return tryEnds(node)
  if (ts.isWhileStatement(node)) return !isTrue(node.expression) || breaks(node.statement)
  if (ts.isForStatement(node))
    return (node.condition !== undefined && !isTrue(node.condition)) || breaks(node.statement)
  return !ts.isDoStatement(node) || ends(node.statement) || breaks(node.statement)
}

function switchEnds(node: ts.SwitchStatement): boolean {
  const { clauses } = node.caseBlock
  if (!clauses.some(ts.isDefaultClause)) return true
  if (clauses.some(clause => clause.statements.some(breaks))) return true
  const last = clauses.at(-1)
  return last === undefined || listEnds(last.statements)
}

function tryEnds(node: ts.TryStatement): boolean {
  const { tryBlock, catchClause, finallyBlock } = node
  if (finallyBlock && !ends(finallyBlock)) return false
  return ends(tryBlock) || (catchClause !== undefined && ends(catchClause.block))
}

const isTrue = (node: ts.Expression): boolean => node.kind === ts.SyntaxKind.TrueKeyword

/** True when a `break` or `continue` stands in `node`, functions inside left out. A label may lead it anywhere: it counts. */
function breaks(node: ts.Node): boolean {
  if (ts.isBreakStatement(node) || ts.isContinueStatement(node)) return true
  if (ts.isFunctionLike(node) || ts.isClassLike(node)) return false
  return ts.forEachChild(node, child => breaks(child) || undefined) ?? false
}
