// Which realms a class belongs to, or is likely to.
import type { RealmClass, RealmStore } from '../types.ts'
import type { BlankSources } from './blank-sources.ts'

/** The realms that have a class; where none has, those of its project. */
export function homesOf({ scope, stores }: BlankSources, one: RealmClass): readonly RealmStore[] {
  const all = stores()
  const has = all.filter(store => store.classes.includes(one))
  if (has.length > 0) return has
  const project = scope.workspace().project(one.at.file)
  return all.filter(store => store.project === project)
}
