// A picture as DBML, which dbdiagram.io and other tools read.
import type { DiagramEntity, DiagramField, DiagramRelation, DiagramView } from '../../../../shared/diagram.ts'

/**
 * Writes tables, columns and references. A reference needs a column at both ends: a table that others refer to and that
 * tells no key of its own is given `id`.
 */
export function toDbml(view: DiagramView): string {
  const isOne = view.stores.length < 2
  const entities = new Map(view.entities.map(entity => [entity.id, entity]))
  const nameOf = (entity: DiagramEntity) => {
    const name = quoted(entity.id.slice(entity.store.length + 1) || entity.name)
    return isOne ? name : `${quoted(entity.store)}.${name}`
  }
  const references = referencesOf(view.relations, entities)
  const given = new Set(
    references.flatMap(({ to, toField, from, fromField }) => [key(to, toField), key(from, fromField)]),
  )
  const parts = [
    ...view.notes.map(note => `// ${oneLine(note)}`),
    ...view.stores.slice(0, isOne ? 1 : 0).map(projectText),
    ...view.entities.map(entity => tableText(entity, nameOf(entity), given.has(key(entity, 'id')))),
    references
      .map(
        ({ from, fromField, to, toField, sign }) =>
          `Ref: ${nameOf(from)}.${quoted(fromField)} ${sign} ${nameOf(to)}.${quoted(toField)}`,
      )
      .join('\n'),
  ]
  return `${parts.filter(part => part !== '').join('\n\n')}\n`
}

interface Reference {
  readonly from: DiagramEntity
  readonly fromField: string
  readonly to: DiagramEntity
  readonly toField: string
  readonly sign: string
}

/** Relations with a field at both ends, each pair of fields once. */
function referencesOf(
  relations: readonly DiagramRelation[],
  entities: ReadonlyMap<string, DiagramEntity>,
): readonly Reference[] {
  const references = new Map<string, Reference>()
  for (const relation of relations) {
    const [from, to] = [entities.get(relation.from), entities.get(relation.to)]
    const { fromField } = relation
    if (!from || !to || fromField === undefined) continue
    if (fromField !== 'id' && !from.fields.some(field => field.name === fromField)) continue
    const toField = to.fields.find(field => field.key === 'primary')?.name ?? 'id'
    const sign = relation.toEnd === 'many' ? '<>' : relation.fromEnd === 'many' ? '>' : '-'
    if (from !== to || fromField !== toField)
      references.set([key(from, fromField), key(to, toField)].sort().join(' '), { from, fromField, to, toField, sign })
  }
  return [...references.values()]
}

const key = (entity: DiagramEntity, field: string): string => JSON.stringify([entity.id, field])

const projectText = ({ name, engineTitle }: DiagramView['stores'][number]): string =>
  `Project ${quoted(name)} {\n  database_type: ${text(engineTitle)}\n}`

function tableText(entity: DiagramEntity, name: string, needsId: boolean): string {
  const fields = [...new Map(entity.fields.map(field => [field.name, field])).values()]
  const lines = fields.map(columnText)
  if (needsId && !fields.some(field => field.name === 'id'))
    lines.unshift(`  "id" "string" [pk, note: 'the record itself']`)
  // DBML refuses a table without columns.
  if (lines.length === 0) lines.push(`  "id" "string" [pk, note: 'the record itself']`)
  const indexed = fields.filter(field => field.indexed && field.key !== 'primary')
  const indexes =
    indexed.length > 0 ? ['', '  indexes {', ...indexed.map(field => `    ${quoted(field.name)}`), '  }'] : []
  const note = [entity.change, !entity.complete && 'not fully read'].filter(Boolean).join(', ')
  const notes = note === '' ? [] : ['', `  Note: ${text(note)}`]
  return [`Table ${name} {`, ...lines, ...indexes, ...notes, '}'].join('\n')
}

function columnText({ name, type, optional, key, change, was }: DiagramField): string {
  const note = change && (was === undefined ? change : `${change}, was ${was}`)
  const settings = [
    key === 'primary' && 'pk',
    key !== 'primary' && (optional ? 'null' : 'not null'),
    note && `note: ${text(note)}`,
  ]
  return `  ${quoted(name)} ${quoted(type ?? 'unknown')} [${settings.filter(Boolean).join(', ')}]`
}

const quoted = (name: string): string => `"${oneLine(name).replace(/[\\"]/g, '\\$&')}"`

const text = (words: string): string => `'${oneLine(words).replace(/[\\']/g, '\\$&')}'`

// biome-ignore lint/suspicious/noControlCharactersInRegex: they would end the line.
const oneLine = (words: string): string => words.replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, ' ')
