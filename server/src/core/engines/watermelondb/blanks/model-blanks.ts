// Where the model classes of a file have room: in their bodies, and in their associations.

import { listBlank } from '../../../catalog/list-blank.ts'
import type { Blank, Offer } from '../../../catalog/mention.ts'
import type { Span } from '../../../text/span.ts'
import { plain, snippetStyle } from '../../../write/snippet.ts'
import type { Model, WatermelonStore } from '../types.ts'
import type { BlankSources } from './blank-sources.ts'
import { offerAssociations } from './offer-associations.ts'
import { type ModelBlank, offerMembers } from './offer-members.ts'

/** The blanks of the models of a file. */
export function* modelBlanks(sources: BlankSources, file: string): Generator<Blank> {
  const { scope, models } = sources
  for (const key of scope.classKeys(file)) {
    const model = models.model({ file, key })
    if (!model) continue
    const { bodyAt, members } = model.fact
    // Constructors are no members of a fact, but functions of the class.
    const functions = (scope.usage(file)?.functions ?? []).filter(one => one.inClass === key)
    const taken: readonly Span[] = [...members.map(one => one.at), ...functions.map(one => one.at)]
    yield {
      at: { file, span: bodyAt },
      taken: taken.map(span => ({ file, span })),
      offers: text => offerMembers(tablesOf(sources, model), text, snippetStyle(text, bodyAt)),
    }
    const unknown = unknownTable(sources, model)
    if (unknown) yield unknown
    const literal = model.associationsValue
    const isOwn = members.some(one => one.isStatic && one.name === 'associations')
    if (literal?.value.kind !== 'object' || literal.file !== file || !isOwn) continue
    const { at, props } = literal.value
    yield listBlank(
      file,
      at,
      props.map(prop => prop.at),
      text => offerAssociations(model, tablesOf(sources, model).tables, snippetStyle(text, at)),
    )
  }
}

/** The table of a model in the stores that it stands in; where it stands in none, in those of its project that have it. */
function tablesOf({ stores }: BlankSources, model: Model): ModelBlank {
  const own = stores().filter(one => one.project === model.project)
  const name = model.table?.text
  if (name === undefined) return { model, tables: [], stores: own }
  const has = own.flatMap(store => {
    const table = store.table(name)
    return table ? [{ store, table }] : []
  })
  const stands = has.filter(({ store }) =>
    store.modelsOf(name).some(one => one.file === model.file && one.key === model.key),
  )
  return { model, tables: stands.length > 0 ? stands : has, stores: own }
}

/**
 * The text of `static table`, where it names no table: a class that is just being written belongs to no store yet, so
 * nothing else would tell what may be named there.
 */
function unknownTable({ stores }: BlankSources, { table, file, project }: Model): Blank | undefined {
  const own = stores().filter(one => one.project === project)
  if (!table || table.at.file !== file || own.some(store => store.table(table.text))) return undefined
  const { span } = table.at
  const quotes = span.end - span.start - table.text.length
  if (quotes !== 1 && quotes !== 2) return undefined
  return {
    at: { file, span: { start: span.start + 1, end: span.start + 1 + table.text.length } },
    taken: [],
    offers: () => offerTableNames(own),
  }
}

/** The tables of stores, those without a model first. */
function offerTableNames(stores: readonly WatermelonStore[]): readonly Offer[] {
  const names = stores.flatMap(store =>
    store.tableNames().map(name => ({ name, isFree: store.modelsOf(name).length === 0 })),
  )
  const ordered = [...names.filter(one => one.isFree), ...names.filter(one => !one.isFree)]
  return [...new Set(ordered.map(one => one.name))].map(name => ({
    label: name,
    snippet: plain(name),
    detail: 'table',
  }))
}
