// Who wins when the server's record has changed under a local edit. Pure: it only decides.
import { compareHlc } from './hlc.ts'
import { type FieldPolicies, mergeFields } from './merge.ts'
import type { ConflictContext, Resolution } from './types.ts'

export type Strategy = 'lww' | 'fieldMerge' | 'manual' | ((context: ConflictContext) => Resolution)

/** What to do when one side has deleted the record and the other has edited it. */
export type DeleteVsEdit = 'deleteWins' | 'editWins' | 'ask'

export interface ConflictPolicy {
  readonly strategy: Strategy
  readonly deleteVsEdit: DeleteVsEdit
  readonly fields?: FieldPolicies
}

/** Gives the function that decides by each entity's policy. */
export function createConflictStrategy(
  policyOf: (entity: string) => ConflictPolicy,
): (context: ConflictContext) => Resolution {
  return context => {
    const policy = policyOf(context.op.entity)
    if (typeof policy.strategy === 'function') return policy.strategy(context)
    if (context.local === null || context.remote === null) return deleteOrEdit(context, policy.deleteVsEdit)
    if (policy.strategy === 'manual') return { choice: 'ask' }
    return policy.strategy === 'lww' ? lastWriteWins(context) : fieldMerge(context, policy.fields)
  }
}

function deleteOrEdit(context: ConflictContext, option: DeleteVsEdit): Resolution {
  if (context.local === null && context.remote === null) return { choice: 'remote' }
  if (option === 'ask') return { choice: 'ask' }
  const isLocalDelete = context.local === null
  return { choice: isLocalDelete === (option === 'deleteWins') ? 'local' : 'remote' }
}

/** By the hybrid logical clock where both sides have it; else the server's version is the later one. */
function lastWriteWins(context: ConflictContext): Resolution {
  const [ours, theirs] = [context.op.stamp, context.remote?.stamp ?? null]
  if (ours === null || theirs === null) return { choice: 'remote' }
  return { choice: compareHlc(ours, theirs) > 0 ? 'local' : 'remote' }
}

function fieldMerge(context: ConflictContext, policies: FieldPolicies | undefined): Resolution {
  const remote = context.remote?.values ?? {}
  const base = context.base ?? {}
  const local = { ...base, ...context.local }
  const values = mergeFields(
    base,
    { values: local, stamp: context.op.stamp },
    { values: remote, stamp: context.remote?.stamp ?? null },
    policies,
  )
  return { choice: 'merged', values }
}
