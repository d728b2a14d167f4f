// Compares what is answered at a place with what a plain search of the app's text says.
import { completionsAt } from '../server/src/core/answers/completion.ts'
import type { Completions } from '../server/src/core/answers/completions.ts'
import { definitionAt, typeDefinitionAt } from '../server/src/core/answers/definition.ts'
import { highlightsAt } from '../server/src/core/answers/highlight.ts'
import { hoverAt } from '../server/src/core/answers/hover.ts'
import { namesAt, thingsOf } from '../server/src/core/answers/names-at.ts'
import { toMarkdown } from '../server/src/core/answers/prose.ts'
import { referencesAt } from '../server/src/core/answers/references.ts'
import { prepareRename } from '../server/src/core/answers/rename.ts'
import type { Thing } from '../server/src/core/answers/thing.ts'
import type { Catalog } from '../server/src/core/catalog/catalog.ts'
import type { Place, Span } from '../server/src/core/text/span.ts'
import { type Claim, isAside, type Scan } from './real-apps-scan-names.ts'
import { opening } from './real-apps-scan-text.ts'

/** Something that is not as it should be. */
export interface Complaint {
  readonly kind: 'wrong' | 'missing'
  readonly about: string
}

/** What was asked about at a place and what is to be said of the answers. */
export interface Verdict {
  readonly complaints: readonly Complaint[]
  /** True where some answer was given. */
  readonly isAnswered: boolean
  /** Spans that were judged by a claim of the search, and those of which only the letters were compared. */
  readonly byClaim: number
  readonly byLetters: number
}

/** The app as a search sees it, made ready for questions. */
export interface Judge {
  /** Judges all answers at a place of the unchanged text. */
  judge(file: string, offset: number): Verdict
  /** Judges the answers at the end of a line that was cut off. */
  judgeCut(file: string, offset: number, completions: () => Completions | undefined): Verdict
}

/** A judge of the answers that `catalog` leads to. */
export function createJudge(catalog: Catalog, scan: Scan): Judge {
  const byFile = groupBy(scan.claims, claim => claim.file)
  const byName = groupBy(scan.claims, claim => nameOf(claim))
  const known = new Set(catalog.stores().flatMap(store => store.entities.map(entity => entity.name.text)))
  const twins = new Set(
    [...known].filter(
      name => catalog.stores().filter(store => store.entities.some(one => one.name.text === name)).length > 1,
    ),
  )
  const meant = scan.tables.filter(table => known.has(table.name) && !isAside(table.file))
  const sqlTables = new Set(meant.filter(table => table.isSql).map(table => table.name))
  const plain = meant.filter(table => !table.isSql)
  /** What may be offered in SQL and as a key: all fields of an entity, and all entities of a store. */
  const listed = catalog
    .stores()
    .filter(({ engine }) => engine !== 'realm')
    .flatMap(({ entities }) => [
      ...entities.map(({ fields }) => fields.map(({ name }) => name.text)),
      entities.map(({ name }) => name.text),
    ])
  const isThere = (table: string, field: string): boolean =>
    catalog
      .stores()
      .some(({ entities }) =>
        entities.some(({ name, fields }) => name.text === table && fields.some(one => one.name.text === field)),
      )
  const isListed = (names: readonly string[]): boolean =>
    isSame(listed.filter(list => list.every(name => names.includes(name))).flat(), names)
  const written = ({ file, start, end }: Claim): string => scan.files.get(file)!.text.slice(start, end)
  const textOf = (place: Place): string => catalog.text(place.file)?.slice(place.span.start, place.span.end) ?? ''

  /** Claims that the analyzer is meant to know as well. */
  const counts = (claim: Claim): boolean => {
    if (!known.has(claim.table) || !known.has(claim.owner ?? claim.table) || isAside(claim.file)) return false
    // A constant's name may be given to several texts; which of them is meant is more than a search can tell.
    return claim.isLiteral || claim.form === 'class' || claim.form === 'property' || isSure(claim)
  }
  const isSure = (claim: Claim): boolean => scan.constants.get(written(claim))?.size === 1
  /** True where a claim is about a namesake in another database: a search cannot tell these apart. */
  const isOther = ({ file, start, table, column }: Claim, things: readonly Thing[]): boolean => {
    if (!twins.has(table)) return false
    const found = thingsOf(namesAt(catalog, file, start)?.mentions ?? []).filter(
      one => one.entity === table && one.field === column,
    )
    return found.length > 0 && !found.some(one => things.some(thing => thing.store === one.store))
  }
  const claimsOn = (file: string, offset: number): readonly Claim[] =>
    (byFile.get(file) ?? []).filter(one => one.start <= offset && offset <= one.end)
  const claimsAs = ({ file, span }: Place): readonly Claim[] =>
    (byFile.get(file) ?? []).filter(one => one.start === span.start && one.end === span.end)

  const asking = (changed?: { readonly file: string; readonly line: number; readonly from: number }) => {
    const complaints: Complaint[] = []
    let byClaim = 0
    let byLetters = 0
    const complain = (kind: Complaint['kind'], about: string) => void complaints.push({ kind, about })

    /** Looks whether a place names one of the things. */
    const check = (what: string, place: Place, things: readonly Thing[]): void => {
      const text = textOf(place)
      const names = things.map(nameOf)
      const where = `${place.file}:${place.span.start}`
      const isChanged = changed?.file === place.file
      // On the line itself stands what was there before, or what is left of it.
      if (isChanged && place.span.end >= changed.line && place.span.start <= changed.from) return
      const claims = isChanged
        ? []
        : claimsAs(place).filter(one => things.some(thing => isColumn(thing) === isColumn(one)))
      if (claims.length > 0) {
        byClaim++
        if (!claims.some(one => names.includes(nameOf(one))))
          complain('wrong', `${what} ${names.join(' or ')} at ${where}, which is ${claims.map(nameOf).join(' or ')}`)
        return
      }
      byLetters++
      if (!things.some(thing => leadsTo(text, thing)))
        complain('wrong', `${what} ${names.join(' or ')} at ${where}, which says ${JSON.stringify(text)}`)
    }
    const leadsTo = (text: string, thing: Thing): boolean => {
      const name = thing.field ?? thing.entity
      if (text === name || scan.constants.get(text)?.has(name)) return true
      return (byName.get(nameOf(thing)) ?? []).some(
        one => (one.form === 'property' || one.form === 'class') && written(one) === text,
      )
    }
    return { complain, check, result: () => ({ complaints, byClaim, byLetters }) }
  }

  const judgeNames = (
    file: string,
    offset: number,
    { complain, check }: ReturnType<typeof asking>,
    claims: readonly Claim[],
    isChanged: boolean,
  ): boolean => {
    const here = namesAt(catalog, file, offset)
    const things = here ? thingsOf(here.mentions) : []
    const names = things.map(nameOf)
    if (here) check('origin', { file, span: here.span }, things)
    if (!here && claims.length > 0 && !isChanged)
      complain('missing', `names at ${at(file, offset)}: ${nameOf(claims[0]!)}`)
    const same = isChanged
      ? []
      : names.flatMap(name => byName.get(name) ?? []).filter(one => counts(one) && !isOther(one, things))

    const definition = definitionAt(catalog, file, offset)
    // A column that a step of SQL adds has no other definition.
    const schema = same.filter(one => one.form === 'schema' || (one.form === 'migration' && sqlTables.has(one.table)))
    const isOnSchema = schema.some(one => one.file === file && one.start <= offset && offset <= one.end)
    for (const { at: place, whole } of definition?.targets ?? []) {
      check('definition', place, things)
      if (!covers(whole.span, place.span) || whole.file !== place.file)
        complain('wrong', `whole of ${at(file, offset)}`)
      const isSchema = schema.some(one => isAt(one, place))
      if (!isOnSchema && schema.length > 0 && !isSchema) {
        const leads = scan.constants.get(textOf(place))
        if (!leads)
          complain('wrong', `definition of ${names.join()} outside of the schema: ${place.file}:${place.span.start}`)
      }
    }
    if (schema.length > 0 && !definition) complain('missing', `definition of ${names.join()} at ${at(file, offset)}`)

    const stands = same.filter(one => one.form === 'class' || one.form === 'property')
    const type = typeDefinitionAt(catalog, file, offset)
    for (const { at: place } of type?.targets ?? []) check('type definition', place, things)
    for (const one of stands)
      if (!type?.targets.some(target => isAt(one, target.at))) complain('missing', `type definition ${shown(one)}`)

    const references = referencesAt(catalog, file, offset, true)
    for (const place of references) check('reference to', place, things)
    for (const one of same)
      if (!references.some(place => isAt(one, place))) complain('missing', `reference ${one.form} ${shown(one)}`)
    if (here && !references.some(place => place.file === file && place.span.start === here.span.start))
      complain('missing', `reference to ${names.join()} at itself: ${at(file, offset)}`)
    const plain = referencesAt(catalog, file, offset, false)
    if (plain.some(place => !references.some(one => one.file === place.file && one.span.start === place.span.start)))
      complain('wrong', `references without the definition at ${at(file, offset)}`)

    const highlights = highlightsAt(catalog, file, offset)
    for (const { span } of highlights) {
      check('highlight', { file, span }, things)
      if (!references.some(place => place.file === file && place.span.start === span.start))
        complain('wrong', `highlight that is no reference at ${file}:${span.start}`)
    }

    const hover = hoverAt(catalog, file, offset)
    const shownText = hover ? toMarkdown(hover.blocks, () => 'place') : ''
    if (things.length > 0 && hover && !things.some(thing => shownText.includes(thing.field ?? thing.entity)))
      complain('wrong', `hover at ${at(file, offset)} does not name ${names.join()}`)
    if (schema.length > 0 && !hover) complain('missing', `hover of ${names.join()} at ${at(file, offset)}`)
    if (hover && (hover.span.start > offset || offset > hover.span.end))
      complain('wrong', `hover beside ${at(file, offset)}`)
    const rename = prepareRename(catalog, file, offset)
    if (rename && 'span' in rename) {
      check('rename of', { file, span: rename.span }, things)
      if (!isChanged && textOf({ file, span: rename.span }) !== rename.name)
        complain('wrong', `rename at ${at(file, offset)} of ${rename.name}`)
    }
    return here !== undefined || definition !== undefined || hover !== undefined || highlights.length > 0
  }

  const judgeCompletions = (
    file: string,
    offset: number,
    found: Completions | undefined,
    claims: readonly Claim[],
    { complain }: ReturnType<typeof asking>,
  ): void => {
    const where = at(file, offset)
    // What is being typed may be a name of its own already.
    const typed = found && catalog.text(file)?.slice(found.typed.start, offset)
    const names = (found?.items ?? [])
      .filter(item => item.thing && (item.label !== typed || listed.some(list => list.includes(item.label))))
      .map(item => item.label)
    const entries = (found?.items ?? []).filter(item => item.kind === 'entry').map(item => item.label)
    if (found && (found.typed.end !== offset || !covers(found.replaced, found.typed) || found.typed.start > offset))
      complain('wrong', `completion at ${where} replaces what is not there`)
    const asked = claims.filter(one => one.isLiteral && !['schema', 'class', 'property'].includes(one.form))
    if (asked.length > 0) {
      // A name that is all there is of an entry is offered as an entry, among those that are still free.
      if (names.length === 0 && asked.some(one => entries.includes(one.column ?? one.table))) return
      if (names.length === 0) complain('missing', `completion of ${nameOf(asked[0]!)} ${asked[0]!.form} at ${where}`)
      else if (asked.every(({ form, table }) => form === 'sql' || form === 'key' || sqlTables.has(table))) {
        // What is not there is named all the same, and nobody offers it.
        const exists = ({ table, column }: Claim): boolean => column === undefined || isThere(table, column)
        // Where a step is cut off, it and what stands right behind it make nothing.
        const isStep = asked.some(({ form }) => form === 'migration')
        const isWhole =
          (isStep && listed.some(list => names.every(name => list.includes(name)))) ||
          isListed(names) ||
          asked.some(({ column }) => column !== undefined && isListed([...names, column]))
        if (
          !isWhole ||
          !asked.some(
            one =>
              !exists(one) ||
              (sqlTables.has(one.table) && one.form === 'migration') ||
              names.includes(one.column ?? one.table),
          )
        )
          complain(
            'wrong',
            `completion of ${nameOf(asked[0]!)} at ${where} offers ${names.length}: ${names.slice(0, 5)}`,
          )
      } else if (
        !asked.some(one => expected(one).some(list => isSame(list, names))) &&
        !isSame(
          asked.flatMap(one => expected(one).flat()),
          names,
        )
      )
        complain('wrong', `completion of ${nameOf(asked[0]!)} at ${where} offers ${names.length}: ${names.slice(0, 5)}`)
      return
    }
    // A clause that serves several queries has the columns of all their tables.
    const whole = meant.filter(table => [...table.columns].every(column => names.includes(column)))
    const columns = whole.flatMap(table => [...table.columns])
    if (
      names.length > 0 &&
      !isListed(names) &&
      !isSame(columns, names) &&
      !tableLists().some(list => isSame(list, names))
    )
      complain('wrong', `completion at ${where} offers ${names.slice(0, 5)}, the columns of no table`)
    if (entries.some(entry => !known.has(entry)) && !isRoom(file, offset))
      complain('wrong', `completion at ${where} offers entries: ${entries.slice(0, 3)}`)
  }

  /** What a name may be completed to: the columns of its table, or the tables of one database or of all. */
  const expected = (claim: Claim): readonly (readonly string[])[] => {
    if (!isColumn(claim)) return tableLists()
    const lists = meant.filter(table => !table.isSql && table.name === claim.table).map(table => [...table.columns])
    return [...lists, lists.flat()]
  }
  const tableLists = (): readonly (readonly string[])[] => [
    ...[...groupBy(plain, table => table.file).values()].map(tables => tables.map(table => table.name)),
    plain.map(table => table.name),
  ]

  /** True in a class body, and in brackets of schemas, migrations and models that hold a list. */
  const isRoom = (file: string, offset: number): boolean => {
    const bones = scan.files.get(file)?.bones ?? ''
    const open = opening(bones, offset)
    const before = bones.slice(Math.max(0, open - 300), open)
    return /(?:\b(?:columns|tables|migrations|steps|modelClasses|associations)\b[^;{}[\]]*[:=]\s*(?:associations\()?|class\b[^{}]*extends[^{}]*|=\s*)$/.test(
      before,
    )
  }

  return {
    judge(file, offset) {
      const asked = asking()
      const claims = claimsOn(file, offset).filter(counts)
      const isAnswered = judgeNames(file, offset, asked, claims, false)
      const found = completionsAt(catalog, file, offset)
      judgeCompletions(file, offset, found, claims, asked)
      return { ...asked.result(), isAnswered: isAnswered || found !== undefined }
    },
    judgeCut(file, offset, completions) {
      const asked = asking({ file, line: catalog.text(file)!.lastIndexOf('\n', offset - 1) + 1, from: offset })
      const isAnswered = judgeNames(file, offset, asked, [], true)
      const found = completions()
      const claims = claimsOn(file, offset).filter(counts)
      judgeCompletions(file, offset, found, claims, asked)
      return { ...asked.result(), isAnswered: isAnswered || found !== undefined }
    },
  }

  function shown(claim: Claim): string {
    return `${nameOf(claim)} at ${claim.file}:${claim.start}`
  }
}

interface Named {
  readonly table?: string
  readonly column?: string | undefined
  readonly entity?: string
  readonly field?: string | undefined
}

const isColumn = (one: Named): boolean => (one.column ?? one.field) !== undefined

function nameOf(one: Named): string {
  const column = one.column ?? one.field
  return `${one.table ?? one.entity}${column === undefined ? '' : `.${column}`}`
}

const isAt = ({ file, start, end }: Claim, place: Place): boolean =>
  place.file === file && place.span.start === start && place.span.end === end

const covers = (outer: Span, inner: Span): boolean => outer.start <= inner.start && inner.end <= outer.end

const at = (file: string, offset: number): string => `${file}:${offset}`

function isSame(a: readonly string[], b: readonly string[]): boolean {
  const set = new Set(b)
  return new Set(a).size === set.size && a.every(one => set.has(one))
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group) group.push(item)
    else groups.set(key, [item])
  }
  return groups
}
