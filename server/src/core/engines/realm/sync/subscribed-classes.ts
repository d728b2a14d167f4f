// Which classes an app asks Device Sync for by subscriptions.
import { type Value, walkValue } from '../../../source/value.ts'
import type { RealmStore } from '../types.ts'

/** The classes of `subscriptions.add(realm.objects(Task))` and `useQuery(Task).subscribe()`, anywhere in the app. */
export function subscribedClasses(store: RealmStore): ReadonlySet<string> {
  const { scope } = store
  const found = new Set<string>()
  for (const file of scope.files())
    for (const { value: call } of scope.usage(file)?.calls ?? []) {
      const asked = call.kind === 'call' ? askedFor(call.callee, call.args[0]) : undefined
      if (!asked) continue
      const followed = scope.follow({ value: asked, file })
      for (const part of walkValue(followed.value)) {
        const name = classNamed(store, part, followed.file)
        if (name !== undefined) found.add(name)
      }
    }
  return found
}

/** What `subscribe` or `add` is about. */
function askedFor(callee: Value, argument: Value | undefined): Value | undefined {
  if (callee.kind !== 'member') return undefined
  if (callee.name === 'subscribe') return callee.of
  return callee.name === 'add' ? argument : undefined
}

/** The class in `realm.objects(Task)` or `useQuery('Task')`. */
function classNamed(store: RealmStore, value: Value, file: string): string | undefined {
  if (value.kind !== 'call') return undefined
  const { callee, args } = value
  const [of] = args
  const name = callee.kind === 'member' || callee.kind === 'name' ? callee.name : undefined
  if (of === undefined || (name !== 'objects' && name !== 'useQuery')) return undefined
  const text = store.scope.text({ value: of, file })?.text
  if (text !== undefined) return store.class(text)?.name.text
  return of.kind === 'name' ? store.classes.find(one => one.model?.name === of.name)?.name.text : undefined
}
