// A picture as a Mermaid `erDiagram`, which README files and wikis draw by themselves.
import type { DiagramEntity, DiagramField, DiagramRelation, DiagramView } from '../../../../shared/diagram.ts'
import { plainNames } from './plain-names.ts'

/** Words that the grammar of Mermaid keeps for itself. */
const reserved = new Set(
  'erdiagram direction tb bt lr rl td title acctitle accdescr style class classdef default one many only zero to optionally or more end subgraph u md'.split(
    ' ',
  ),
)

/** Marks of keys, which cannot be names or types. */
const keyWords = new Set(['pk', 'fk', 'uk'])

const leftEnd: Readonly<Record<DiagramRelation['fromEnd'], string>> = { many: '}o', one: '|o' }
const rightEnd: Readonly<Record<DiagramRelation['toEnd'], string>> = { many: 'o{', one: '||', 'zero-or-one': 'o|' }

/** Writes entities, fields and relations. Names that the grammar does not allow are changed, and said as they are beside it. */
export function toMermaid(view: DiagramView): string {
  const isOne = view.stores.length < 2
  const ids = plainNames(
    view.entities.map(({ store, name }) => (isOne ? name : `${store}_${name}`)),
    reserved,
  )
  const idOf = new Map(view.entities.map((entity, index) => [entity.id, ids[index]!]))
  const lines = ['erDiagram', ...view.notes.map(note => `  %% ${oneLine(note).replace(/[{}]/g, '')}`)]
  for (const entity of view.entities) lines.push(...entityLines(entity, idOf.get(entity.id)!))
  for (const { from, to, fromEnd, toEnd, name } of view.relations) {
    const [left, right] = [idOf.get(from), idOf.get(to)]
    if (left && right)
      lines.push(`  ${left} ${leftEnd[fromEnd]}--${rightEnd[toEnd]} ${right} : ${quoted(name || 'has')}`)
  }
  return `${lines.join('\n')}\n`
}

function entityLines(entity: DiagramEntity, id: string): readonly string[] {
  const { name, fields, change } = entity
  const head = name === id ? id : `${id}[${quoted(name)}]`
  const names = plainNames(
    fields.map(field => field.name),
    keyWords,
  )
  const body = fields.map((field, index) => `    ${fieldText(field, names[index]!)}`)
  return [...(change ? [`  %% ${change}`] : []), ...(body.length > 0 ? [`  ${head} {`, ...body, '  }'] : [`  ${head}`])]
}

function fieldText({ name, type, optional, indexed, key, change }: DiagramField, plain: string): string {
  const words = [plain !== name && name, optional && 'optional', indexed && 'indexed', change].filter(Boolean)
  return [
    ...plainNames([type ?? 'unknown'], keyWords),
    plain,
    key && { primary: 'PK', foreign: 'FK' }[key],
    words.length > 0 && quoted(words.join(', ')),
  ]
    .filter(Boolean)
    .join(' ')
}

/** Mermaid's own codes for what must not stand between quotes. */
const quoted = (text: string): string =>
  `"${oneLine(text).replace(/["%\\#;<>&]/g, char => `#${char.charCodeAt(0)};`) || ' '}"`

// biome-ignore lint/suspicious/noControlCharactersInRegex: they would end the line or the text.
const oneLine = (text: string): string => text.replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, ' ').trim()
