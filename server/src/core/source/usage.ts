// What the code does: the finished facts of its calls and assignments.
import type { AssignFact, CallFact, UsageFacts } from '../facts/file-facts.ts'
import { evaluate } from './evaluate.ts'
import { functionFact } from './functions.ts'
import type { AssignDraft, CallDraft, Mutable, Reading } from './reading.ts'
import { spanOf, tightList } from './reading.ts'
import { testFact } from './tests.ts'

/** The usage facts of a finished walk. */
export function usageFacts(r: Reading): UsageFacts {
  return {
    functions: r.functions.map(draft => functionFact(r, draft)),
    calls: tightList(r.calls.flatMap(draft => callFact(r, draft) ?? [])),
    assigns: r.assigns.map(draft => assignFact(r, draft)),
    ...(r.tests.length > 0 && { tests: r.tests.map(draft => testFact(r, draft)) }),
  }
}

function callFact(r: Reading, draft: CallDraft): CallFact | undefined {
  const value = evaluate(r, draft.node, draft.scope)
  if (value.kind !== 'call' && value.kind !== 'jsx') return undefined
  const fact: Mutable<CallFact> = { value, use: draft.use }
  if (draft.fn !== undefined) fact.fn = draft.fn
  if (draft.into) fact.into = draft.into.key
  if (draft.isDropped) fact.isDropped = true
  if (draft.isConditional) fact.isConditional = true
  return fact
}

function assignFact(r: Reading, draft: AssignDraft): AssignFact {
  const { node, op, scope } = draft
  const target = evaluate(r, node.left, scope)
  const value = evaluate(r, node.right, scope)
  const fact: Mutable<AssignFact> = { target, value, op, at: spanOf(r, node) }
  if (draft.fn !== undefined) fact.fn = draft.fn
  return fact
}
