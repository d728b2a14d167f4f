// What may be written into the list of a schema: the classes of the app that it lacks.

import type { Offer } from '../../../catalog/mention.ts'
import type { Located, Scope } from '../../../catalog/scope.ts'
import { isTestFile } from '../../../catalog/test-file.ts'
import { plain } from '../../../write/snippet.ts'
import { readSchemaList } from '../schema/read-schema-list.ts'
import type { RealmClass } from '../types.ts'
import type { BlankSources } from './blank-sources.ts'
import { classAt } from './class-at.ts'

/** Exported classes of the project, and those of the file itself, that the list does not name. */
export function offerClasses(sources: BlankSources, file: string, list: Located): readonly Offer[] {
  const { elements, listed } = elementsOf(sources, list)
  const names = new Set(listed.flatMap(one => (one.isNamed ? one.name.text : [])))
  const present = new Set(listed)
  const bySchema = elements.filter(({ value }) => value.kind === 'member' && value.name === 'schema').length
  const isBySchema = elements.length > 0 && bySchema * 2 > elements.length
  const offers = new Map<string, Offer>()
  for (const { class: one, name, home, isDefault } of candidates(sources, file)) {
    if (present.has(one) || (one.isNamed && names.has(one.name.text)) || offers.has(name)) continue
    const written = isBySchema && one.model ? `${name}.schema` : name
    offers.set(name, {
      label: name,
      snippet: plain(written),
      detail: one.embedded
        ? 'embedded'
        : one.isNamed && one.name.text !== name
          ? `the class ${one.name.text}`
          : 'a class',
      ...(home !== file && { imports: [{ from: { file: home }, names: [name], isDefault }] }),
    })
  }
  return [...offers.values()]
}

/** The elements of a list and what they stand for; a realm that is opened with the list knows them already. */
function elementsOf({ scope, classes, stores }: BlankSources, list: Located) {
  for (const { schemaValue, schemaLists } of stores()) {
    const known = schemaValue && schemaLists.find(one => one.value.value === list.value)
    if (known)
      return {
        elements: known.elements.map(one => one.element),
        listed: known.elements.flatMap(one => one.class ?? []),
      }
  }
  const { elements } = readSchemaList(scope, list)
  return { elements, listed: elements.flatMap(element => classAt(classes, element) ?? []) }
}

interface Candidate {
  readonly class: RealmClass
  readonly name: string
  readonly home: string
  readonly isDefault: boolean
}

function* candidates({ scope, classes }: BlankSources, file: string): Generator<Candidate> {
  for (const { name, value } of Object.values(scope.module(file)?.bindings ?? {})) {
    if (value?.kind !== 'class' && value?.kind !== 'object') continue
    const found = schemaOf(scope, classes, { value, file })
    if (found) yield { class: found, name, home: file, isDefault: false }
  }
  const { project } = scope.workspace()
  for (const home of scope.files()) {
    if (home === file || project(home) !== project(file) || isTestFile(scope, home)) continue
    const module = scope.module(home)
    for (const [exported, entry] of Object.entries(module?.exports ?? {})) {
      if (entry.kind !== 'binding') continue
      const value = module?.bindings[entry.key]?.value
      if (value?.kind !== 'class' && value?.kind !== 'object') continue
      const found = schemaOf(scope, classes, { value, file: home })
      const isDefault = exported === 'default'
      if (found) yield { class: found, name: isDefault ? entry.key : exported, home, isDefault }
    }
  }
}

/** The class of a schema that a value is; undefined for other objects and classes. */
function schemaOf(scope: Scope, classes: BlankSources['classes'], located: Located): RealmClass | undefined {
  const { value } = located
  if (value.kind === 'object') {
    const isSchema = ['name', 'properties'].every(key =>
      value.props.some(prop => prop.kind === 'named' && prop.name === key),
    )
    return isSchema ? classAt(classes, located) : undefined
  }
  if (value.kind !== 'class') return undefined
  const ref = { file: located.file, key: value.key }
  const fact = scope.classOf(ref.file, ref.key)
  if (!fact || fact.isAbstract) return undefined
  const found = classes.ofModel(ref)
  // A plain class may hold a schema as well, before realm 11.
  return found?.model?.extendsRealm || (found && found.form !== 'missing') ? found : undefined
}
