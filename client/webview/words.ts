// What screen readers and tooltips say.
import type { DiagramChange, DiagramEntity, DiagramField, DiagramFinding, DiagramView } from '../../shared/diagram.ts'
import type { SharedTerms, SharedWord } from '../../shared/terms.ts'

export const counted = (n: number, noun: string, many = `${noun}s`): string => `${n} ${n === 1 ? noun : many}`

/** "2 properties" */
export const countedAs = (n: number, [one, many]: SharedWord): string => counted(n, one, many)

const plain: SharedTerms = { entity: ['entity', 'entities'], field: ['field', 'fields'] }

/** What the stores of a view call their entities and fields; where they differ, words that fit all of them. */
export function termsOf({ stores }: Pick<DiagramView, 'stores'>): SharedTerms {
  const [first] = stores
  const isAlike = stores.every(
    ({ terms }) => terms.entity[0] === first?.terms.entity[0] && terms.field[0] === first.terms.field[0],
  )
  return first && isAlike ? first.terms : plain
}

/** What the store of an entity calls things. */
export const termsFor = ({ stores }: Pick<DiagramView, 'stores'>, store: string): SharedTerms =>
  stores.find(({ id }) => id === store)?.terms ?? plain

/** "posts, 6 columns, 2 relations, 1 problem". */
export function entityLabel(entity: DiagramEntity, relations: number, terms: SharedTerms): string {
  const problems = allFindings(entity).length
  return [
    entity.name,
    countedAs(entity.fields.length, terms.field),
    counted(relations, 'relation'),
    problems > 0 ? counted(problems, 'problem') : '',
    entity.change ?? '',
    entity.complete ? '' : 'not fully read',
  ]
    .filter(part => part !== '')
    .join(', ')
}

/** "author_id: string, optional, indexed, foreign key". */
export function fieldLabel(field: DiagramField): string {
  const { name, type, optional, indexed, key, change, was } = field
  const parts = [
    `${name}: ${type ?? 'type not known'}`,
    optional ? 'optional' : '',
    indexed ? 'indexed' : '',
    key ? `${key} key` : '',
    change ? `${change}${was === undefined ? '' : ` (was ${was})`}` : '',
  ]
  return parts.filter(part => part !== '').join(', ')
}

/** The findings of an entity and of its fields. */
export const allFindings = (entity: DiagramEntity): readonly DiagramFinding[] => [
  ...entity.findings,
  ...entity.fields.flatMap(field => field.findings),
]

const order: readonly DiagramFinding['severity'][] = ['error', 'warning', 'info']

/** The gravest severity among findings; undefined for none. */
export const gravest = (findings: readonly DiagramFinding[]): DiagramFinding['severity'] | undefined =>
  order.find(severity => findings.some(finding => finding.severity === severity))

/** The sign of a change, so that it is not told by colour alone. */
export const changeSign: Readonly<Record<DiagramChange, string>> = { added: '+', removed: '−', changed: '~' }

/** Two letters for an engine: "Wm" for WatermelonDB, "MK" for MMKV. */
export function engineMark(title: string): string {
  const capitals = title.replace(/[^A-Z]/g, '')
  return capitals.length >= 2 && !/DB$/.test(title) ? capitals.slice(0, 2) : title.slice(0, 1).toUpperCase()
}
