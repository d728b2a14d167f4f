// A picture as an SVG that stands alone: with its own letters, colours and explanations.
import type { DiagramRelation, DiagramStore, DiagramView } from '../../../../shared/diagram.ts'
import { aboutStore, titleGap, titleLeft } from './store-title.ts'
import { entityMarkup } from './svg/entity.ts'
import { icon, iconDefinitions } from './svg/icons.ts'
import { endMark, pathOf, tipsOf } from './svg/route.ts'
import { styleSheet } from './svg/style.ts'
import { element, escapeXml } from './svg/xml.ts'
import { fitText, textWidth } from './text-width.ts'

const margin = 32
/** Room for the name of a single store above the picture, and for the legend and the notes below it. */
const titleHeight = 44
const lineHeight = 20
const largePicture = 4000

/** Draws `view`. `light` and `dark` fix the colours; without a theme they follow the reader's. */
export function toSvg(view: DiagramView, theme?: 'light' | 'dark'): string {
  const [single] = view.stores.length === 1 ? view.stores : []
  const top = margin + (single ? titleHeight : 0)
  const words = [...view.notes, ...view.steps.map(({ version, text }) => `version ${version}: ${text}`)]
  const textRoom = Math.max(0, ...words.map(word => textWidth(word, 12)))
  const width = Math.ceil(Math.max(view.width, legendWidth, Math.min(textRoom, 1200)) + 2 * margin)
  const below = top + view.height + (view.entities.length > 0 ? lineHeight * 2.5 : 0)
  const height = Math.ceil(below + words.length * lineHeight + margin)
  const entities = new Map(view.entities.map(entity => [entity.id, entity]))
  const marks = new Map(view.stores.map(store => [store.id, engineMark(store.engineTitle)]))
  // The names of groups are what can be read of a large picture as a whole.
  const titleSize = view.width > largePicture ? 22 : 12
  const severalEngines = new Set(view.stores.map(store => store.engine)).size > 1

  return `${element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      class: 'osd',
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      role: 'graphics-document document',
      'aria-labelledby': 'osd-title osd-desc',
    },
    element('title', { id: 'osd-title' }, escapeXml(titleOf(view))),
    element('desc', { id: 'osd-desc' }, escapeXml(descriptionOf(view))),
    element('style', {}, styleSheet(theme)),
    iconDefinitions(),
    element('rect', { class: 'paper', width, height }),
    single && element('g', { transform: `translate(${margin} ${margin})` }, storeTitle(single)),
    element(
      'g',
      { transform: `translate(${margin} ${top})` },
      ...(single ? [] : view.stores.map(storeFrame)),
      ...view.groups.map(({ x, y, width, height, title }) =>
        element(
          'g',
          {},
          element('rect', { class: 'frame', x, y, width, height, rx: 10 }),
          element(
            'text',
            { class: 'frame-title', 'font-size': titleSize, x: x + 14, y: y + 12 + titleSize * 0.8 },
            escapeXml(fitText(title, width - 28, titleSize, true)),
          ),
        ),
      ),
      element(
        'g',
        { 'aria-hidden': 'true' },
        ...view.relations.map(relation => {
          const [from, to] = [entities.get(relation.from), entities.get(relation.to)]
          return from && to && relationMarkup(relation, from, to)
        }),
      ),
      ...view.entities.map(entity => entityMarkup(entity, severalEngines ? marks.get(entity.store) : undefined)),
    ),
    view.entities.length > 0 && element('g', { transform: `translate(${margin} ${below - lineHeight})` }, legend()),
    ...words.map((word, index) =>
      element(
        'text',
        { class: 'about', x: margin, y: below + (index + 1) * lineHeight + 8 },
        escapeXml(fitText(word, width - 2 * margin, 12)),
      ),
    ),
  )}\n`
}

type Entity = DiagramView['entities'][number]

function relationMarkup(relation: DiagramRelation, from: Entity, to: Entity): string {
  const tips = tipsOf(relation, from, to)
  const isFar = from.group !== to.group
  const kinds = ['relation', isFar && 'far', relation.change && `is-${relation.change}`].filter(Boolean).join(' ')
  const room = Math.abs(tips.to.x - tips.from.x) - 36
  const name = isFar || tips.from.way === tips.to.way ? '' : fitText(relation.name, Math.min(room, 120), 10)
  return element(
    'g',
    {},
    element('title', {}, escapeXml(`${from.name} to ${to.name}: ${relation.name}`)),
    element('path', {
      class: kinds,
      d: `${pathOf(tips)}${endMark(tips.from, relation.fromEnd)}${endMark(tips.to, relation.toEnd)}`,
    }),
    name.length > 1 &&
      element(
        'text',
        {
          class: 'relation-name',
          x: tips.from.x + tips.from.way * 16,
          y: tips.from.y - 5,
          'text-anchor': tips.from.way === 1 ? 'start' : 'end',
        },
        escapeXml(name),
      ),
  )
}

function storeFrame(store: DiagramStore): string {
  const { x, y, width, height } = store
  return element(
    'g',
    {},
    element('rect', { class: 'store', x, y, width, height, rx: 12 }),
    element('g', { transform: `translate(${x + 20} ${y + 12})` }, storeTitle(store)),
  )
}

/** A drum with the letters of the engine, the name of the store, and what is known about it. */
function storeTitle(store: DiagramStore): string {
  const { name, engineTitle } = store
  return [
    element('path', { class: 'engine', d: 'M0 5a13 5 0 0 1 26 0v18a13 5 0 0 1-26 0Z' }),
    element('path', { class: 'icon', style: 'color:var(--mark-ink)', d: 'M1.5 6.5a11.5 3.5 0 0 0 23 0' }),
    element(
      'text',
      { class: 'engine-text', x: 13, y: 21, 'text-anchor': 'middle' },
      escapeXml(engineMark(engineTitle)),
    ),
    element(
      'text',
      { class: 'store-title', x: titleLeft, y: 21 },
      escapeXml(name),
      element('tspan', { class: 'about', dx: titleGap }, escapeXml(aboutStore(store))),
    ),
  ].join('')
}

const legendItems = [
  ['key', 'primary', 'primary key'],
  ['link', 'foreign', 'foreign key'],
  ['index', 'indexed', 'indexed'],
] as const
const legendStep = 100
const legendWidth = 650

function legend(): string {
  const many = { x: 384, y: 8, way: 1 } as const
  const one = { x: 464, y: 8, way: 1 } as const
  const none = { x: 544, y: 8, way: 1 } as const
  const ends = [
    [many, 'many', 'many'],
    [one, 'one', 'one'],
    [none, 'zero-or-one', 'none or one'],
  ] as const
  return [
    ...legendItems.flatMap(([name, kind, text], index) => [
      icon(name, kind, index * legendStep, 1),
      element('text', { class: 'type', x: index * legendStep + 18, y: 12 }, text),
    ]),
    element(
      'text',
      { class: 'type', x: 3 * legendStep, y: 12 },
      element('tspan', { class: 'optional' }, '?'),
      ' optional',
    ),
    ...ends.flatMap(([tip, end, text]) => [
      element('path', { class: 'relation', d: `M${tip.x} ${tip.y}h22${endMark(tip, end)}` }),
      element('text', { class: 'type', x: tip.x + 28, y: 12 }, text),
    ]),
  ].join('')
}

/** Two letters for an engine: its capitals, or how its title begins. */
export function engineMark(title: string): string {
  const capitals = title.replace(/[^A-Z]/g, '')
  return capitals.length >= 2 && !title.endsWith('DB') ? capitals.slice(0, 2) : title.slice(0, 1).toUpperCase()
}

const titleOf = ({ stores }: DiagramView): string =>
  stores.length === 0 ? 'Schema diagram' : `Schema diagram of ${stores.map(({ name }) => name).join(', ')}`

function descriptionOf({ entities, relations, stores }: DiagramView): string {
  const names = new Map(entities.map(({ id, name }) => [id, name]))
  const lists = stores.map(store => {
    const own = entities.filter(entity => entity.store === store.id).map(({ name }) => name)
    return `${store.name} (${store.engineTitle}): ${own.join(', ') || 'no entities'}.`
  })
  const bonds = relations.map(({ from, to, name }) => `${names.get(from)} to ${names.get(to)} (${name})`)
  return [...lists, bonds.length > 0 ? `Relations: ${bonds.join(', ')}.` : ''].join(' ').trim()
}
