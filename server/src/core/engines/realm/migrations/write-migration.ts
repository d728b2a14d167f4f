// "Create migration": raises the version, and writes what the migration has to do into `onMigration`, made where there is none.

import { findEntity } from '../../../baseline/find-entity.ts'
import type { FixContext } from '../../../rules/rule.ts'
import type { Edit } from '../../../text/edit.ts'
import { quoted } from '../../../write/style.ts'
import type { RealmStore } from '../types.ts'
import { presentClass, releasedClass } from './compare-schemas.ts'
import type { CopyWorld } from './copy-value.ts'
import { defaultText } from './default-text.ts'
import { giveMigration, type MigrationHome, migrationHome } from './migration-home.ts'
import { type MigrationPlan, type PlanWish, planMigration } from './plan-migration.ts'
import { raiseVersion } from './raise-version.ts'
import { classListDifferences, type Upgrade } from './upgrade-of.ts'
import { hasSteps } from './write-steps.ts'

/** A migration as edits and the version it leads to. */
export interface WrittenMigration {
  readonly toVersion: number
  readonly edits: readonly Edit[]
  /** True when code runs, false when the higher version alone is enough. */
  readonly hasSteps: boolean
  /** What the steps assign, as `Class.property`. */
  readonly assigned: ReadonlySet<string>
  /** What only the author can decide. */
  readonly open: readonly string[]
  /** The file with the migration, where there is one. */
  readonly show: string | undefined
}

/** The migration from the release to what is there now. Undefined where it cannot be written, or where nothing is to do. */
export function writeMigration(
  store: RealmStore,
  upgrade: Upgrade,
  wish: PlanWish,
  context: FixContext,
): WrittenMigration | undefined {
  const home = migrationHome(store, context)
  if (!home) return undefined
  const planned = planFor(store, upgrade, wish, home, context)
  // What was left to the author before is not said twice.
  const plan = { ...planned, open: planned.open.filter(sentence => !home.text.includes(sentence)) }
  if (!plan.needsBump) return undefined
  const toVersion = upgrade.isBumped ? upgrade.version : upgrade.released.version + 1
  const needsCode = hasSteps(plan)
  const isDone = upgrade.isBumped && !needsCode && !plan.resolvesEmbedded
  if (isDone) return undefined
  const raised = upgrade.isBumped ? [] : raiseVersion(store, toVersion, context)
  const given = giveMigration(store, home, plan, toVersion, !upgrade.isBumped, context)
  if (!raised || !given) return undefined
  return {
    toVersion,
    edits: [...raised, ...given],
    hasSteps: needsCode,
    assigned: new Set(plan.classes.flatMap(one => one.assignments.map(({ property }) => `${one.to}.${property}`))),
    open: plan.open,
    show: needsCode ? home.file : raised[0]?.file,
  }
}

function planFor(
  store: RealmStore,
  upgrade: Upgrade,
  wish: PlanWish,
  { names, style }: MigrationHome,
  context: FixContext,
): MigrationPlan {
  const { released } = upgrade
  const world: CopyWorld = {
    ...names,
    before(name) {
      const entity = findEntity(released, name)
      return entity && releasedClass(entity)
    },
    now(name) {
      const found = store.class(name)
      return found && presentClass(found)
    },
    renamed: new Map(
      classListDifferences(store, released).flatMap(({ kind, className, fromClass }) =>
        kind === 'class-renamed' ? [[fromClass!, className] as const] : [],
      ),
    ),
    defaultOf: (className, property) => defaultText(store, className, property, context),
    quote: text => quoted(text, style),
  }
  return planMigration(store, upgrade, wish, world)
}
