// From a plan to the edits that make its files, or bring them up to date.
import type { Entity, Store } from '../../catalog/catalog.ts'
import type { Generated, ScaffoldContext, TakenIn } from '../../engines/contract.ts'
import { relative } from '../../text/path.ts'
import { packagesOf } from '../../write/packages.ts'
import { keepPlan, readPlans } from './config-plans.ts'
import { readmeFile } from './guide/readme-file.ts'
import type { SyncPlan, SyncSchema, SyncTarget } from './layer.ts'
import { readEntities, type SyncableEntities } from './read-schema.ts'
import { targets, transports } from './registry.ts'
import { withTemplates } from './template-files.ts'
import { type WrittenFiles, writeFiles } from './write-files.ts'

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
  if (!takesTypeScript(context))
    return {
      problem:
        'A sync layer is written in TypeScript, and this package holds JavaScript only and is no React Native app, which would take both. Add a tsconfig.json with `allowJs`, and a build that reads it.',
    }
  const read = readEntities(catalog, store, target, plan.exclude)
  if (read.entities.length === 0) return { problem: nothingToSync(store, read) }
  const known: SyncSchema = {
    store,
    version: store.version?.value ?? 1,
    entities: read.entities,
    packages: packagesOf(context),
  }
  const taken = takenIn(target, plan, known, context)
  const schema: SyncSchema = { ...known, ...schemaAfter(taken) }
  const files = withTemplates([
    ...target.files(plan, schema),
    ...(target.usesRemote ? transport.files(plan, schema) : []),
  ])
  const needed = [...target.packages(plan, schema), ...(target.usesRemote ? transport.packages(plan, schema) : [])]
  const packages = [...new Set(needed)]
  const folder = `${project.root}/${plan.folder}`
  const plans = readPlans(context)
  const { refused, bytes } = read
  const readme = readmeFile({ plan, schema, refused, bytes, files, packages, config: relative(folder, plans.file) })
  const outcome = writeFiles([...files, readme], folder, context, [store.at.file, store.schemaFile])
  const kept = keepPlan(plans, plan)
  const missing = packages.filter(name => !schema.packages.includes(name))
  const own = taken && 'edits' in taken ? taken.edits : []
  const isNew = !plans.plans.some(one => one.folder === plan.folder)
  const tested = isNew ? context.generators(store).createMigrationTest?.(store, context) : undefined
  const tests = tested && 'edits' in tested ? tested.edits : []
  const edits = [...outcome.edits, ...own, ...tests, ...(kept ? [kept] : [])]
  const message = messageOf({ plan, outcome, read, missing, taken, tested })
  // Who has the layer for the first time is to find out how to use it.
  const isExplained = edits.some(edit => 'create' in edit && edit.file === `${folder}/${readme.path}`)
  return { edits, message, preview: edits.length > 0, show: `${folder}/${isExplained ? readme.path : 'index.ts'}` }
}

/** What the engine of the store does for the layer; undefined where the target needs nothing of it. */
function takenIn(
  target: SyncTarget,
  plan: SyncPlan,
  schema: SyncSchema,
  context: ScaffoldContext,
): TakenIn | undefined {
  const brought = target.brings?.(plan, schema)
  if (brought === undefined) return undefined
  const file = `${context.project.root}/${plan.folder}/${brought.file}`
  const write = context.generators(schema.store).takeIn
  if (write === undefined) return { problem: 'its engine has no writer for that' }
  const taken = write(schema.store, { ...brought, file }, context)
  const other =
    'edits' in taken && taken.edits.length > 0 ? sharing(schema.store, brought.fields.of, context) : undefined
  return other === undefined ? taken : { problem: `"${other.name}" holds the same, and would change with it` }
}

/** Another store that holds one of the entities: a change of them is one of its schema as well. */
function sharing(store: Store, names: readonly string[], { catalog }: ScaffoldContext): Store | undefined {
  const places = new Set(store.entities.filter(one => names.includes(one.name.text)).map(placeKey))
  return catalog.stores().find(other => other !== store && other.entities.some(one => places.has(placeKey(one))))
}

const placeKey = ({ at: { file, span } }: Entity): string => `${file}:${span.start}`

/** What is true of the schema once the change is made. */
const schemaAfter = (taken: TakenIn | undefined): Partial<SyncSchema> =>
  taken === undefined || 'problem' in taken
    ? {}
    : { isTakenIn: true, ...(taken.version !== undefined && { version: taken.version }) }

/** True where files in TypeScript run. React Native's Babel preset takes them beside JavaScript, without a tsconfig.json. */
export function takesTypeScript(context: ScaffoldContext): boolean {
  const { catalog, project } = context
  if (packagesOf(context).some(name => name === 'react-native' || name === 'expo')) return true
  if (project.tsconfig && !project.tsconfig.file.endsWith('jsconfig.json')) return true
  return catalog.files().some(file => file.startsWith(`${project.root}/`) && /(?<!\.d)\.tsx?$/.test(file))
}

function nothingToSync(store: Store, { refused }: SyncableEntities): string {
  if (refused.length === 0) return `"${store.name}" holds nothing that could be synced.`
  return `Nothing of "${store.name}" can be synced: ${refused.map(one => `${one.entity}: ${one.reason}`).join('; ')}.`
}

const byHand = 'What it needs is written at the head of the files of the layer.'

function messageOf({
  plan,
  outcome,
  read,
  missing,
  taken,
  tested,
}: {
  readonly plan: SyncPlan
  readonly outcome: WrittenFiles
  readonly read: SyncableEntities
  readonly missing: readonly string[]
  readonly taken: TakenIn | undefined
  readonly tested: Generated | undefined
}): string {
  const { made, updated, kept } = outcome
  const changed = [
    ...(made > 0 ? [`${made} new files`] : []),
    ...(updated > 0 ? [`${updated} brought up to date`] : []),
  ]
  const names = read.entities.map(entity => entity.name).join(', ')
  const own =
    taken && ('problem' in taken ? `"${plan.store}" is left as it is: ${taken.problem}. ${byHand}` : taken.message)
  return [
    changed.length === 0
      ? `The sync layer in ${plan.folder} is up to date.`
      : `The sync layer in ${plan.folder} carries ${names}: ${changed.join(', ')}.`,
    ...(kept.length > 0 ? [`Kept as you changed them: ${kept.join(', ')}.`] : []),
    ...read.refused.map(one => `${one.entity} stays on the device: ${one.reason}.`),
    ...(own ? [own] : []),
    ...(tested ? [aboutMigrations(tested)] : []),
    ...(missing.length > 0 ? [`Packages to install: ${missing.join(', ')}.`] : []),
  ].join(' ')
}

/** The tests of a layer say nothing of the schema's migrations, which the engine of the store has a test for. */
const aboutMigrations = (tested: Generated): string =>
  'problem' in tested ? '"Generate Migration Test" writes the test of its migrations.' : tested.message
