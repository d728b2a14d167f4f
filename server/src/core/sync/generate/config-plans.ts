// The plans in offline-storage.config.json: read, and written in without touching what else stands there.
import { findNodeAtLocation, type Node, parse, parseTree } from 'jsonc-parser'
import type { ScaffoldContext } from '../../engines/contract.ts'
import { syncPlansSetting } from '../../settings.ts'
import type { Edit } from '../../text/edit.ts'
import { dirname } from '../../text/path.ts'
import { indentBlock } from '../../write/style.ts'
import type { SyncPlan } from './layer.ts'

const configName = 'offline-storage.config.json'

/** A package, and the texts around it. */
export interface PlanContext extends Pick<ScaffoldContext, 'text'> {
  readonly project: Pick<ScaffoldContext['project'], 'root'>
}

/** The config file that answers for the package, and its plans. A file that is not there yet has no text. */
export interface PlanFile {
  readonly file: string
  readonly text: string | undefined
  readonly plans: readonly SyncPlan[]
}

/** Looks in the folder of the package and in those above it. Plans that are wrong count as not there. */
export function readPlans({ project, text }: PlanContext): PlanFile {
  for (let folder = project.root; folder !== ''; folder = dirname(folder)) {
    const file = `${folder}/${configName}`
    const found = text(file)
    if (found === undefined) continue
    const read = syncPlansSetting.safeParse((parse(found) as { sync?: unknown } | undefined)?.sync ?? [])
    return { file, text: found, plans: read.success ? read.data : [] }
  }
  return { file: `${project.root}/${configName}`, text: undefined, plans: [] }
}

/** The edit that keeps a plan: in the place of the one with its folder, else behind the others. Undefined where it is kept already. */
export function keepPlan({ file, text, plans }: PlanFile, plan: SyncPlan): Edit | undefined {
  const at = plans.findIndex(one => one.folder === plan.folder)
  if (at >= 0 && isSame(plans[at]!, plan)) return undefined
  if (text === undefined) return { file, create: `${JSON.stringify({ sync: [plan] }, null, 2)}\n` }
  const root = parseTree(text)
  const list = root && findNodeAtLocation(root, ['sync'])
  const own = at >= 0 && list?.children?.[at]
  const newline = text.includes('\r\n') ? '\r\n' : '\n'
  const written = (value: unknown, depth: number) =>
    indentBlock(JSON.stringify(value, null, 2), '  '.repeat(depth), newline)
  if (own) return { file, start: own.offset, end: own.offset + own.length, text: written(plan, 2) }
  if (list?.type === 'array') return addTo(file, text, list, `${newline}    ${written(plan, 2)}`, `${newline}  `)
  if (root?.type !== 'object')
    return { file, start: 0, end: text.length, text: `${JSON.stringify({ sync: [plan] }, null, 2)}\n` }
  return addTo(file, text, root, `${newline}  "sync": ${written([plan], 1)}`, newline)
}

/** Adds an entry behind the last one of an object or a list; `end` stands before the closing bracket of an empty one. */
function addTo(file: string, text: string, node: Node, entry: string, end: string): Edit {
  const last = node.children?.at(-1)
  if (last === undefined) return { file, start: node.offset + 1, end: node.offset + node.length - 1, text: entry + end }
  const at = last.offset + last.length
  const hasComma = /^\s*,/.test(text.slice(at))
  return hasComma
    ? { file, start: text.indexOf(',', at) + 1, end: text.indexOf(',', at) + 1, text: entry }
    : { file, start: at, end: at, text: `,${entry}` }
}

const isSame = (one: SyncPlan, other: SyncPlan): boolean =>
  JSON.stringify(sorted(one)) === JSON.stringify(sorted(other))

const sorted = (plan: SyncPlan): unknown => Object.entries(plan).sort(([a], [b]) => (a < b ? -1 : 1))
