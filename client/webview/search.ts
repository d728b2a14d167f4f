// The search box: which entities and fields a text finds, the best first.
import type { DiagramEntity } from '../../shared/diagram.ts'

export interface Hit {
  readonly entity: string
  readonly field?: string
}

/**
 * Entities and fields whose names hold the text, in any case of letters; `table.column` finds a column of a table. Names
 * that begin with the text come first, entities before fields, then by the alphabet.
 */
export function hitsOf(entities: readonly DiagramEntity[], text: string): readonly Hit[] {
  const wanted = text.trim().toLowerCase()
  if (wanted === '') return []
  const dot = wanted.indexOf('.')
  const [table, column] = dot < 0 ? ['', wanted] : [wanted.slice(0, dot), wanted.slice(dot + 1)]
  const ranked: { readonly hit: Hit; readonly rank: number; readonly name: string }[] = []
  for (const { id, name, fields } of entities) {
    const rank = dot < 0 ? rankOf(name, wanted) : undefined
    if (rank !== undefined) ranked.push({ hit: { entity: id }, rank, name })
    if (table !== '' && !name.toLowerCase().includes(table)) continue
    for (const field of fields) {
      const fieldRank = rankOf(field.name, column)
      if (fieldRank === undefined) continue
      ranked.push({ hit: { entity: id, field: field.name }, rank: fieldRank + 0.5, name: `${field.name} ${name}` })
    }
  }
  return ranked.sort((a, b) => a.rank - b.rank || (a.name < b.name ? -1 : 1)).map(({ hit }) => hit)
}

/** 0 for the name itself, 1 for its beginning, 2 for the beginning of a word in it, 3 for anywhere. */
function rankOf(name: string, wanted: string): number | undefined {
  const lower = name.toLowerCase()
  const at = lower.indexOf(wanted)
  if (at < 0) return undefined
  if (lower === wanted) return 0
  if (at === 0) return 1
  return lower.includes(`_${wanted}`) ? 2 : 3
}
