// Writes entries of `static associations`.
import type { FixContext } from '../../../rules/rule.ts'
import type { TextEdit } from '../../../text/edit.ts'
import { insertElement } from '../../../write/insert-element.ts'
import { insertMember } from '../../../write/insert-member.ts'
import { quoted, type Style, styleOf } from '../../../write/style.ts'
import { isJavaScript } from '../is-javascript.ts'
import type { Model, WatermelonStore } from '../types.ts'
import { keysFor } from './naming.ts'

/** One side of a relation between tables. */
export interface AssociationSpec {
  readonly table: string
  readonly type: 'belongs_to' | 'has_many'
  readonly key: string
}

/** `comments: { type: 'has_many', foreignKey: 'post_id' }` */
export function writeAssociation({ table, type, key }: AssociationSpec, style: Style): string {
  const name = /^[A-Za-z_$][\w$]*$/.test(table) ? table : quoted(table, style)
  const space = style.spacedBraces ? ' ' : ''
  const keyName = type === 'has_many' ? 'foreignKey' : 'key'
  return `${name}: {${space}type: ${quoted(type, style)}, ${keyName}: ${quoted(key, style)}${space}}`
}

/**
 * The edit that gives a model one more association: in the object it has, else in a new `static associations`. Undefined
 * where its associations are written elsewhere: a base class's serve other models too.
 */
export function addAssociation(model: Model, spec: AssociationSpec, context: FixContext): TextEdit | undefined {
  const { file, fact, associationsAt, associationsValue } = model
  const text = context.text(file)
  if (text === undefined) return undefined
  const style = styleOf(text)
  if (associationsValue) {
    const { value } = associationsValue
    const isOwn = associationsAt?.file === file && fact.members.some(one => one.isStatic && one.name === 'associations')
    if (!isOwn || value.kind !== 'object' || associationsValue.file !== file) return undefined
    const elements = value.props.map(prop => prop.at)
    return insertElement(
      { file, text, span: value.at, elements },
      elements.length,
      writeAssociation(spec, style),
      style,
    )
  }
  const comma = style.trailingComma ? ',' : ''
  const constant = isJavaScript(file) ? '' : ' as const'
  const lines = [
    'static associations = {',
    `${style.indent}${writeAssociation(spec, style)}${comma}`,
    `}${constant}${style.semicolon}`,
  ]
  const behind = fact.members.filter(one => one.isStatic && one.kind === 'property').at(-1)?.at
  return insertMember({ file, text, fact }, lines.join('\n'), behind)
}

/** The column of `other` that points at `table`: what its models say, else the one that is named after it. */
export function keyPointingAt(store: WatermelonStore, table: string, other: string): string | undefined {
  const found = store.table(other)
  if (!found) return undefined
  const relations = store.modelsOf(other).flatMap(model => model.members.filter(one => isRelationTo(one, table)))
  const said = relations.map(member => member.column?.text)
  const [key] = said
  if (key !== undefined && said.every(one => one === key)) return key
  return said.length > 0 ? undefined : keysFor(table).find(name => found.columns.get(name)?.type?.text === 'string')
}

const isRelationTo = (member: Model['members'][number], table: string): boolean =>
  member.target?.text === table && member.binding?.name !== 'children'
