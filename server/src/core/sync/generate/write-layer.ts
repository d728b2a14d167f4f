// From a plan to the edits that make its files, or bring them up to date.
import type { Store } from '../../catalog/catalog.ts'
import type { Generated, ScaffoldContext } from '../../engines/contract.ts'
import type { Edit } from '../../text/edit.ts'
import { join } from '../../text/path.ts'
import { type Style, styleOf } from '../../write/style.ts'
import { keepPlan, readPlans } from './config-plans.ts'
import { isSameCode, marked, stateOf } from './fingerprint.ts'
import type { LayerFile, SyncPlan, SyncSchema } from './layer.ts'
import { packagesOf } from './packages.ts'
import { readEntities, type SyncableEntities } from './read-schema.ts'
import { targets, transports } from './registry.ts'
import { restyled } from './restyle.ts'
import { withTemplates } from './template-files.ts'

/** The files of a plan as edits: what is new is made, what is ours is brought up to date, what a person changed is kept. */
export function writeLayer(plan: SyncPlan, context: ScaffoldContext): Generated {
  const { catalog, project } = context
  const store = catalog.stores().find(one => one.name === plan.store)
  if (store === undefined)
    return { problem: `There is no store "${plan.store}" any more; mend \`sync\` in the config file.` }
  const target = targets.find(one => one.id === plan.target)
  const transport = transports.find(one => one.id === plan.transport)
  if (target === undefined || transport === undefined || !target.transports.includes(transport.id))
    return { problem: `A layer for ${plan.target} over ${plan.transport} cannot be written.` }
  if (!isTypeScript(context))
    return {
      problem:
        'A sync layer is written in TypeScript, and this package holds JavaScript only. Add a tsconfig.json with `allowJs`, and React Native takes both.',
    }
  const read = readEntities(catalog, store, target, plan.exclude)
  if (read.entities.length === 0) return { problem: nothingToSync(store, read) }
  const schema: SyncSchema = {
    store,
    version: store.version?.value ?? 1,
    entities: read.entities,
    isTypeScript: true,
    packages: packagesOf(context),
  }
  const files = [...target.files(plan, schema), ...(target.usesRemote ? transport.files(plan, schema) : [])]
  const outcome = editsOf(files, `${project.root}/${plan.folder}`, context, store)
  const kept = keepPlan(readPlans(context), plan)
  const needed = [...target.packages(plan, schema), ...(target.usesRemote ? transport.packages(plan, schema) : [])]
  const missing = [...new Set(needed)].filter(name => !schema.packages.includes(name))
  const edits = [...outcome.edits, ...(kept ? [kept] : [])]
  const message = messageOf({ plan, outcome, read, missing })
  return { edits, message, preview: edits.length > 0, show: `${project.root}/${plan.folder}/index.ts` }
}

interface Outcome {
  readonly edits: readonly Edit[]
  readonly made: number
  readonly updated: number
  /** Files that a person has changed and that the schema has outgrown, or that were never ours. */
  readonly kept: readonly string[]
}

function editsOf(files: readonly LayerFile[], folder: string, context: ScaffoldContext, store: Store): Outcome {
  const style = styleNear(context, store)
  const edits: Edit[] = []
  const kept: string[] = []
  let made = 0
  let updated = 0
  for (const { path, text, followsSchema } of withTemplates(files)) {
    const file = join(folder, `./${path}`)
    const wanted = marked(path, restyled(path, text, style), style.newline)
    const before = context.text(file)
    if (before === undefined) {
      made += 1
      edits.push({ file, create: wanted })
    } else if (!isSameCode(path, before, wanted)) {
      if (stateOf(path, before) === 'ours') {
        updated += 1
        edits.push({ file, start: 0, end: before.length, text: wanted })
      } else if (followsSchema || stateOf(path, before) === 'foreign') kept.push(path)
    }
  }
  return { edits, made, updated, kept }
}

/** The habits of the file that opens the store, and of the files around it. */
function styleNear({ catalog }: ScaffoldContext, store: Store): Style {
  const own = (file: string | undefined) => (file === undefined ? '' : (catalog.text(file) ?? ''))
  const others = catalog.files().slice(0, 12).map(own)
  return styleOf(own(store.at.file), styleOf([own(store.schemaFile), ...others].join('\n')))
}

function isTypeScript({ catalog, project }: ScaffoldContext): boolean {
  if (project.tsconfig && !project.tsconfig.file.endsWith('jsconfig.json')) return true
  return catalog.files().some(file => file.startsWith(`${project.root}/`) && /(?<!\.d)\.tsx?$/.test(file))
}

function nothingToSync(store: Store, { refused }: SyncableEntities): string {
  if (refused.length === 0) return `"${store.name}" holds nothing that could be synced.`
  return `Nothing of "${store.name}" can be synced: ${refused.map(one => `${one.entity}: ${one.reason}`).join('; ')}.`
}

function messageOf({
  plan,
  outcome,
  read,
  missing,
}: {
  readonly plan: SyncPlan
  readonly outcome: Outcome
  readonly read: SyncableEntities
  readonly missing: readonly string[]
}): string {
  const { made, updated, kept } = outcome
  const changed = [
    ...(made > 0 ? [`${made} new files`] : []),
    ...(updated > 0 ? [`${updated} brought up to date`] : []),
  ]
  const names = read.entities.map(entity => entity.name).join(', ')
  return [
    changed.length === 0
      ? `The sync layer in ${plan.folder} is up to date.`
      : `The sync layer in ${plan.folder} carries ${names}: ${changed.join(', ')}.`,
    ...(kept.length > 0 ? [`Kept as you changed them: ${kept.join(', ')}.`] : []),
    ...read.refused.map(one => `${one.entity} stays on the device: ${one.reason}.`),
    ...(missing.length > 0 ? [`Packages to install: ${missing.join(', ')}.`] : []),
  ].join(' ')
}
