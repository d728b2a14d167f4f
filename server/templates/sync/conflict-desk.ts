// Carries out what was decided about a conflict, and writes each decision to the audit log.
import { overrides } from './merge.ts'
import type { Outbox } from './outbox.ts'
import type { AuditEntry, ConflictContext, JsonObject, LocalData, OutboxOp, RemoteRecord, Resolution } from './types.ts'

export interface ConflictDeskOptions {
  readonly outbox: Outbox<unknown>
  readonly now: () => number
  readonly actor: string
  readonly decide: (context: ConflictContext) => Resolution
  readonly local: LocalData
  readonly keepsAudit: boolean
}

export interface ConflictDesk {
  /** Lets the strategy decide about an inflight operation that the server has refused; `nextAt` is for its next attempt. */
  settle(op: OutboxOp, remote: RemoteRecord | null, reason: string, nextAt: number): Promise<void>
  /** Carries out a person's decision about an operation in conflict. False when there is none with this id. */
  resolve(id: string, resolution: Resolution): Promise<boolean>
}

export function createConflictDesk(options: ConflictDeskOptions): ConflictDesk {
  const { outbox, local } = options

  async function carryOut(
    op: OutboxOp,
    remote: RemoteRecord | null,
    resolution: Resolution,
    strategy: string,
    nextAt: number,
  ) {
    const values = resolvedValues(op, remote, resolution)
    const line: AuditEntry = {
      at: options.now(),
      entity: op.entity,
      entityId: op.entityId,
      strategy,
      local: localValues(op),
      remote: remote?.values ?? null,
      base: op.base,
      resolved: values,
      actor: options.actor,
    }
    const entry = options.keepsAudit ? line : undefined
    // The app's data first: after a crash in between the operation meets the same conflict again.
    await local.settled?.(op, values, remote?.version ?? null)
    if (isSame(values, remote?.values ?? null)) return outbox.yieldTo(op, entry)
    const payload = values === null ? op.payload : overrides(remote?.values ?? {}, values)
    return outbox.rebase(op, payload, remote, nextAt, entry)
  }

  return {
    settle: async (op, remote, reason, nextAt) => {
      const context: ConflictContext = { op, base: op.base, local: localValues(op), remote }
      const resolution = options.decide(context)
      if (resolution.choice === 'ask') return outbox.park(op, remote, reason)
      return carryOut(op, remote, resolution, resolution.choice, nextAt)
    },
    resolve: async (id, resolution) => {
      const op = await outbox.find(id)
      if (op?.state !== 'conflict' || resolution.choice === 'ask') return false
      await carryOut(op, op.remote, resolution, `manual: ${resolution.choice}`, 0)
      return true
    },
  }
}

function localValues(op: OutboxOp): JsonObject | null {
  return op.kind === 'delete' ? null : op.payload
}

/** What the record is to hold after the decision; null when it is to be deleted. */
function resolvedValues(op: OutboxOp, remote: RemoteRecord | null, resolution: Resolution): JsonObject | null {
  if (resolution.choice === 'merged') return resolution.values
  if (resolution.choice !== 'local') return remote?.values ?? null
  if (op.kind === 'delete') return null
  return { ...(remote?.values ?? op.base), ...op.payload }
}

function isSame(values: JsonObject | null, remote: JsonObject | null): boolean {
  if (values === null || remote === null) return values === remote
  return Object.keys(overrides(remote, values)).length === 0
}
