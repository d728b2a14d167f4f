// Whether something else than a class itself may give it a schema.
import type { Scope } from '../../../catalog/scope.ts'
import type { Value } from '../../../source/value.ts'
import type { ModelClass, RealmStore } from '../types.ts'
import { hasPlugin } from './babel-plugin.ts'
import { classChain } from './class-chain.ts'

/**
 * True when `@realm/babel-plugin` certainly runs in none of the builds that a file may be part of: that of its own package
 * and those of the packages that open the realms.
 */
export const isPluginOff = (scope: Scope, file: string, stores: readonly RealmStore[]): boolean =>
  [scope.workspace().project(file), ...stores.map(store => store.project)].every(
    project => hasPlugin(project) === false,
  )

/**
 * True when a class without a schema of its own may be given one: it declares one without a value, a decorator may write
 * it, or code in its file or where the realms are opened assigns one.
 */
export function mayGetSchema(scope: Scope, model: ModelClass, store: RealmStore): boolean {
  const chain = classChain(scope, model)
  const isDeclared = chain.some(
    ({ fact }) => fact.decorators.length > 0 || fact.members.some(one => one.isStatic && one.name === 'schema'),
  )
  if (isDeclared) return true
  const files = new Set([
    ...chain.map(link => link.file),
    ...store.openings.map(opening => opening.at.file),
    ...(store.schemaValue ? [store.schemaValue.file] : []),
  ])
  return [...files].some(file => {
    const usage = scope.usage(file)
    return (
      usage?.assigns.some(({ target }) => isSchemaMember(target)) === true ||
      usage?.calls.some(({ value }) => value.kind === 'call' && definesSchema(value.args)) === true
    )
  })
}

const isSchemaMember = (target: Value): boolean => target.kind === 'member' && target.name === 'schema'

/** `Object.assign(Task, { schema })`, `Object.defineProperty(Task, 'schema', …)` */
const definesSchema = (args: readonly Value[]): boolean =>
  args.some(
    (one, i) =>
      i > 0 &&
      ((one.kind === 'string' && one.text === 'schema') ||
        (one.kind === 'object' && one.props.some(prop => prop.kind === 'named' && prop.name === 'schema'))),
  )
