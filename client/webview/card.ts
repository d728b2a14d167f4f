// One entity as it is drawn: a head with its name, and a row for each field.
import type { DiagramChange, DiagramEntity, DiagramField, DiagramFinding } from '../../shared/diagram.ts'
import type { SharedTerms } from '../../shared/terms.ts'
import { largestName } from './detail.ts'
import { h, setAttributes } from './dom.ts'
import { icon } from './icons.ts'
import type { Box } from './scene.ts'
import { allFindings, changeSign, countedAs, engineMark, entityLabel, fieldLabel, gravest } from './words.ts'

/** What a card shows besides its entity. */
export interface CardState {
  readonly isSelected: boolean
  readonly isUnderCursor: boolean
  readonly isDimmed: boolean
  /** Names of fields that the search found, and the one that it stands on. */
  readonly hits: ReadonlySet<string>
  readonly isHit: boolean
  readonly field: string | undefined
  /** The engine's title, where there are several stores. */
  readonly engine: string | undefined
  readonly terms: SharedTerms
}

export interface Card {
  readonly element: HTMLElement
  update(box: Box, state: CardState, withRows: boolean): void
}

/** The id of the element of an entity, by which the keyboard's place is told to screen readers. */
export const cardId = (entity: string): string => `entity:${entity}`

/** A card that shows nothing until its first update. */
export function createCard(): Card {
  /** What is heard is shorter than what is seen; the panel at the side has the rest. */
  const heard = h('span', { role: 'img' })
  const element = h('div', { role: 'option' }, heard)
  let drawn = ''
  let shown: Box | undefined
  let looked = ''
  let rows: HTMLElement | undefined
  let placed = ''
  return {
    element,
    update(box, state, withRows) {
      const { entity } = box
      // The same box says the same; another one may say the same of a view that has come anew.
      const content =
        box === shown
          ? drawn
          : `${box.isFolded} ${state.engine} ${state.terms.field[0]} ${JSON.stringify({ ...entity, x: 0, y: 0 })}`
      shown = box
      if (content !== drawn) {
        drawn = content
        looked = ''
        rows = undefined
        element.replaceChildren(heard, headOf(box, state))
        const { style } = element
        style.setProperty('--largest', `${largestName(entity.name, box.width, box.height).toFixed(1)}px`)
        style.width = `${box.width}px`
        style.height = `${box.height}px`
      }
      const place = `${box.x} ${box.y}`
      if (place !== placed) {
        placed = place
        element.style.left = `${box.x}px`
        element.style.top = `${box.y}px`
      }
      if (withRows && !rows && !box.isFolded) {
        rows = h(
          'div',
          { class: 'rows', 'aria-hidden': 'true' },
          ...entity.fields.map(field => rowOf(field, box.width)),
        )
        element.append(rows)
      }
      const look = `${box.relations} ${withRows} ${[...state.hits]} ${state.field} ${classes(box, state)}`
      if (look === looked) return
      looked = look
      setAttributes(element, {
        id: cardId(box.id),
        class: classes(box, state),
        'data-entity': box.id,
        'aria-selected': state.isSelected ? 'true' : 'false',
      })
      heard.setAttribute('aria-label', entityLabel(entity, box.relations, state.terms))
      for (const row of rows?.children ?? []) {
        const name = row.getAttribute('data-field') ?? ''
        row.classList.toggle('hit', state.hits.has(name))
        row.classList.toggle('chosen', state.field === name)
      }
    },
  }
}

function classes({ entity, isFolded }: Box, state: CardState): string {
  const severity = gravest(allFindings(entity))
  return [
    'card',
    isFolded && 'folded',
    entity.change,
    severity && `has-${severity}`,
    state.isSelected && 'selected',
    state.isUnderCursor && 'under-cursor',
    state.isDimmed && 'dimmed',
    state.isHit && 'hit',
  ]
    .filter(Boolean)
    .join(' ')
}

function headOf({ entity, isFolded }: Box, { engine, terms }: CardState): HTMLElement {
  return h(
    'div',
    { class: 'head', title: entity.name, 'aria-hidden': 'true' },
    entity.change && changeMark(entity.change),
    engine !== undefined && h('span', { class: 'engine', title: engine }, engineMark(engine)),
    h('span', { class: 'title' }, ...breakable(entity.name)),
    ...findingMarks(allFindings(entity)),
    isFolded && h('span', { class: 'fields' }, countedAs(entity.fields.length, terms.field)),
    !entity.complete && h('span', { class: 'partly', title: `Some ${terms.field[1]} could not be read` }, '…'),
  )
}

/** A name that may be broken between its words. */
function breakable(name: string): (Node | string)[] {
  return name.split(/(?<=_)|(?<=[a-z0-9])(?=[A-Z])/).flatMap((word, i) => (i === 0 ? [word] : [h('wbr'), word]))
}

function rowOf(field: DiagramField, width: number): HTMLElement {
  const { name, type, optional, indexed, key, change, was, findings } = field
  const severity = gravest(findings)
  const messages = findings.map(({ message }) => `\n${message}`).join('')
  return h(
    'div',
    {
      class: ['row', change, severity && `has-${severity}`].filter(Boolean).join(' '),
      'data-field': name,
      title: fieldLabel(field) + messages,
    },
    h('span', { class: 'mark' }, change ? changeMark(change) : key && icon(key === 'primary' ? 'key' : 'link', key)),
    h('span', { class: 'column' }, shortened(name, width - aroundName, type ?? '')),
    ...findingMarks(findings),
    indexed && icon('index', 'indexed'),
    was !== undefined && h('span', { class: 'was' }, was.split(',')[0]),
    h('span', { class: 'type' }, type ?? '?', optional && h('span', { class: 'optional' }, '?')),
  )
}

/** What a row has beside its name and type, and how wide a letter is, in pixels. */
const aroundName = 70
const letterWidth = 6.6

/**
 * A name that fits beside a type. Entities are laid out wide enough for nearly all names; to let the browser cut the
 * others would make it clip each row by itself, which is what moving a large picture then takes most of its time for.
 */
export function shortened(name: string, width: number, type: string): string {
  const room = Math.max(6, Math.floor(width / letterWidth) - type.length)
  return name.length <= room ? name : `${name.slice(0, room - 1)}…`
}

/** The sign of a change. */
export const changeMark = (change: DiagramChange): HTMLElement =>
  h('span', { class: `sign ${change}`, title: change }, changeSign[change])

/** An icon for the gravest of the findings, with their number where there are several. */
export function findingMarks(findings: readonly DiagramFinding[]): HTMLElement[] {
  const severity = gravest(findings)
  if (!severity) return []
  const title = findings.map(({ message }) => message).join('\n')
  return [
    h(
      'span',
      { class: `findings ${severity}`, title },
      icon(severity),
      findings.length > 1 && h('span', {}, String(findings.length)),
    ),
  ]
}

/** The field that an element of a card belongs to. */
export const fieldAt = (element: Element): string | undefined =>
  element.closest('.row')?.getAttribute('data-field') ?? undefined

/** The entity that an element belongs to. */
export const entityAt = (element: Element): string | undefined =>
  element.closest('.card')?.getAttribute('data-entity') ?? undefined

/** Fields by name, of an entity that may not be there. */
export const fieldOf = (entity: DiagramEntity | undefined, name: string | undefined): DiagramField | undefined =>
  entity?.fields.find(field => field.name === name)
