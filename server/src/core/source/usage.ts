// What the code does: the finished facts of its calls and assignments.
import type { AssignFact, CallFact, UsageFacts } from '../facts/file-facts.ts'
import { evaluate } from './evaluate.ts'
import { functionFact } from './functions.ts'
import type { AssignDraft, CallDraft, Mutable, Reading } from './reading.ts'
import { spanOf, tightList } from './reading.ts'
import { setFact, testFact } from './tests.ts'

/** The usage facts of a finished walk. */
export function usageFacts(r: Reading): UsageFacts {
  return {
    functions: r.functions.map(draft => functionFact(r, draft)),
    calls: tightList(r.calls.flatMap(draft => callFact(r, draft) ?? [])),
    assigns: r.assigns.map(draft => assignFact(r, draft)),
    ...(r.catches.length > 0 && { catches: tightList(r.catches) }),
    ...(r.tests.length > 0 && { tests: r.tests.map(draft => testFact(r, draft)) }),
    ...(r.sets.length > 0 && { sets: r.sets.map(draft => setFact(r, draft)) }),
  }
}

function callFact(r: Reading, draft: CallDraft): CallFact | undefined {
  const value = evaluate(r, draft.node, draft.scope)
  if (value.kind !== 'call' && value.kind !== 'jsx') return undefined
  const fact: Mutable<CallFact> = { value, use: draft.use }
  if (draft.fn !== undefined) fact.fn = draft.fn
  if (draft.into) fact.into = draft.into.key
  // A part of a file that is read alone does not hold the declaration: `keyOf` knows it all the same.
  const assignedTo = draft.target && r.keyOf(draft.target.name, draft.target.scope)
  if (assignedTo !== undefined) fact.assignedTo = assignedTo
  if (draft.isDropped) fact.isDropped = true
  if (draft.isConditional) fact.isConditional = true
  if (draft.isFinal) fact.isFinal = true
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
