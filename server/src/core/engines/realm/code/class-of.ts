// Which class of a realm an expression names: by its text, or by the JavaScript class.

import type { Named } from '../../../catalog/catalog.ts'
import { placeOf } from '../../../catalog/place-of.ts'
import type { Located } from '../../../catalog/scope.ts'
import type { CodeOfFile, RealmClass, RealmStore } from '../types.ts'

/** A class that is named. */
export interface ClassNamed {
  /** The name of its schema, where the expression stands. */
  readonly name: Named
  /** True where it is named by a text rather than by a JavaScript class. */
  readonly isText: boolean
  /** The JavaScript class, where it is named by one, as its schema says it. */
  readonly model: RealmClass | undefined
  readonly located: Located
}

/** The class that an expression names; undefined where that is not known. */
export function classOf(code: CodeOfFile, located: Located | undefined): ClassNamed | undefined {
  if (!located) return undefined
  const ref = code.classes.refOf(located)
  const model = ref && code.classes.ofModel(ref)
  if (ref) {
    const isKnown = model?.isNamed && model.form !== 'missing'
    return isKnown
      ? { name: { text: model.name.text, at: placeOf(located) }, isText: false, model, located }
      : undefined
  }
  const text = code.scope.text(located)
  return text && { name: text, isText: true, model: undefined, located }
}

/** A class in one of the realms that it may belong to. */
export interface ClassFound {
  readonly store: RealmStore
  readonly class: RealmClass
}

/** The classes that a name may mean. None where one of several realms may have another class of that name. */
export function candidates(stores: readonly RealmStore[], name: string | undefined): readonly ClassFound[] {
  if (name === undefined) return []
  const found: ClassFound[] = []
  for (const store of stores) {
    const one = store.class(name)
    if (one) found.push({ store, class: one })
    else if (!store.complete && stores.length > 1) return []
  }
  return found
}
