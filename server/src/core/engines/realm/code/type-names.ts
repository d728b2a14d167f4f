// What type annotations say: types of the library, and classes of the app.
import type { Located, Scope } from '../../../catalog/scope.ts'
import type { TypeFact } from '../../../facts/file-facts.ts'
import type { Library } from '../imports.ts'

/** A type of the library: `Realm`, `Realm.Results` with what stands between its angle brackets. */
export interface LibraryType {
  readonly name: string
  readonly argument: string | undefined
}

/** The one type that an annotation gives besides null and undefined; undefined where there are several. */
export function onlyPart(type: TypeFact | undefined): string | undefined {
  const parts = type?.parts.filter(part => part !== 'null' && part !== 'undefined') ?? []
  return parts.length === 1 ? parts[0] : undefined
}

/** The type of the library that a text names. */
export function libraryType(scope: Scope, library: Library, file: string, text: string): LibraryType | undefined {
  const [, head, rest = '', argument] = /^([\w$]+)((?:\.[\w$]+)*)(?:<(.*)>)?$/s.exec(text.trim()) ?? []
  if (head === undefined) return undefined
  const name = library.nameOf(scope, nameIn(scope, file, head))
  return name === undefined ? undefined : { name: name + rest, argument }
}

/** An identifier at the top level of a file, as an expression. */
export function nameIn(scope: Scope, file: string, name: string): Located {
  const binding = scope.binding(file, name)
  const at = binding?.at ?? { start: 0, end: 0 }
  return { file, value: binding ? { kind: 'name', name, key: name, at } : { kind: 'name', name, at } }
}
