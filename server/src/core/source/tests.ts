// Tests of versions: what code runs only for some versions of what is stored.
import { ts } from 'ts-morph'
import type { SetFact, TestFact } from '../facts/file-facts.ts'
import { leaves } from './ends.ts'
import { evaluate } from './evaluate.ts'
import {
  type Mutable,
  makeSpan,
  type Reading,
  type SetDraft,
  spanOf,
  startOf,
  type TestDraft,
  textOf,
} from './reading.ts'

/** Notes an `if` that asks for a version. */
export function noteIf(r: Reading, node: ts.IfStatement): void {
  const { expression, thenStatement, elseStatement } = node
  if (!asksForVersion(r, expression)) return
  const rest = elseStatement ? spanOf(r, elseStatement) : leaves(thenStatement) ? restOfBody(r, node) : undefined
  r.tests.push({
    node: expression,
    scope: r.scope,
    whenTrue: spanOf(r, thenStatement),
    ...(r.fn && { fn: r.fn.id }),
    ...(rest && { whenFalse: rest }),
  })
}

/** Notes `version < 3 && migrate()` and `version < 3 ? migrate() : nothing`. */
export function noteChoice(r: Reading, test: ts.Expression, whenTrue: ts.Expression, whenFalse?: ts.Expression): void {
  if (!asksForVersion(r, test)) return
  r.tests.push({
    node: test,
    scope: r.scope,
    whenTrue: spanOf(r, whenTrue),
    ...(r.fn && { fn: r.fn.id }),
    ...(whenFalse && { whenFalse: spanOf(r, whenFalse) }),
  })
}

/** Notes the cases of a `switch` over a version. */
export function noteSwitch(r: Reading, node: ts.SwitchStatement): void {
  if (!asksForVersion(r, node.expression)) return
  for (const clause of node.caseBlock.clauses)
    if (ts.isCaseClause(clause))
      r.tests.push({
        node: node.expression,
        value: clause.expression,
        scope: r.scope,
        whenTrue: spanOf(r, clause),
        ...(r.fn && { fn: r.fn.id }),
        ...(!clause.statements.some(leaves) && { fallsThrough: true }),
      })
}

/** Notes that `target`, a variable, gets another value by `node`. */
export function noteSet(r: Reading, target: ts.Expression, node: ts.Expression, op: string, value?: ts.Expression) {
  if (!ts.isIdentifier(target) || !versionName.test(target.text)) return
  r.sets.push({ node, target, op, scope: r.scope, ...(r.fn && { fn: r.fn.id }), ...(value && { value }) })
}

/** The finished fact of a new value. */
export function setFact(r: Reading, { node, target, value, op, scope, fn }: SetDraft): SetFact {
  return {
    target: evaluate(r, target, scope),
    ...(value && { value: evaluate(r, value, scope) }),
    op,
    ...(fn !== undefined && { fn }),
    at: spanOf(r, node),
  }
}

/** The finished fact of a test. */
export function testFact(r: Reading, draft: TestDraft): TestFact {
  const left = evaluate(r, draft.node, draft.scope)
  const { value, whenTrue, whenFalse, fallsThrough, fn } = draft
  const test = value
    ? ({ kind: 'binary', op: '===', left, right: evaluate(r, value, draft.scope), at: left.at } as const)
    : left
  const fact: Mutable<TestFact> = { test, whenTrue }
  if (whenFalse) fact.whenFalse = whenFalse
  if (fallsThrough) fact.fallsThrough = true
  if (fn !== undefined) fact.fn = fn
  return fact
}

/** A condition longer than this is none that asks for a version. */
const longest = 300

/** What people call a variable that holds a version. */
const versionName = /version|^v(?:er)?$/i

const asksForVersion = (r: Reading, node: ts.Expression): boolean =>
  node.end - node.pos < longest && /version|(?<![\w$.])v(?:er)?(?![\w$(.])/i.test(textOf(r, node))

/** From behind `node`, a statement of the present function's own body, to the end of that body. */
function restOfBody(r: Reading, node: ts.IfStatement) {
  const body = (r.fn?.node as Partial<ts.FunctionDeclaration> | undefined)?.body
  if (!body || !ts.isBlock(body)) return undefined
  const at = body.statements.indexOf(node)
  const [next, last] = [body.statements[at + 1], body.statements.at(-1)]
  return at >= 0 && next && last ? makeSpan(r, startOf(r, next), last.end) : undefined
}
