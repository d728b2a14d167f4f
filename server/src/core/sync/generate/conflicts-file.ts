// `conflicts.ts` of a layer: who wins, as the person chose it and may refine it.
import type { LayerFile, SyncPlan } from './layer.ts'

const strategies: Readonly<Record<Exclude<SyncPlan['conflicts'], 'custom'>, string>> = {
  lww: '/** The later edit wins, by the hybrid logical clock. */',
  fieldMerge:
    '/**\n * Fields that only one side has changed are taken from that side. For a field that both have changed the later edit\n * wins, unless `fields` says otherwise for it: `max`, `min`, `set`, or a function.\n */',
  manual: '/** A person decides; until then the record stays editable, and its later operations wait. */',
}

/** A layer that keeps no times of edits has no stamps to compare. */
const withoutStamps: typeof strategies = {
  ...strategies,
  lww: "/** The server's record wins: this layer keeps no times of edits. */",
  fieldMerge:
    '/**\n * Fields that only one side has changed are taken from that side. For a field that both have changed every device takes\n * the same value, the greater one, unless `fields` says otherwise for it: `max`, `min`, `set`, or a function.\n */',
}

const byEntity = `
/** Entities for which something else holds, by name. */
const others: Readonly<Record<string, ConflictPolicy>> = {}

export function conflictPolicy(entity: string): ConflictPolicy {
  return others[entity] ?? usual
}
`

/** The file; it is the app's own once it is written. */
export function conflictsFile({ conflicts, deletes, target }: SyncPlan): LayerFile {
  const text =
    conflicts === 'custom'
      ? `// Who wins when both sides have changed a record.
import type { ConflictPolicy } from './core/conflict-strategy'
import type { ConflictContext, Resolution } from './core/types'

/** Must only decide: it may be asked again about the same conflict. */
function decide({ remote }: ConflictContext): Resolution {
  return remote === null ? { choice: 'remote' } : { choice: 'merged', values: remote.values }
}

const usual: ConflictPolicy = { strategy: decide, deleteVsEdit: '${deletes}' }
${byEntity}`
      : `// Who wins when both sides have changed a record.
import type { ConflictPolicy } from './core/conflict-strategy'

${(target === 'mmkv' ? withoutStamps : strategies)[conflicts]}
const usual: ConflictPolicy = { strategy: '${conflicts}', deleteVsEdit: '${deletes}'${conflicts === 'fieldMerge' ? ', fields: {}' : ''} }
${byEntity}`
  return { path: 'conflicts.ts', text, followsSchema: false }
}
