// One entity of an SVG: its head, and a row for each field.
import type { DiagramChange, DiagramEntity, DiagramField, DiagramFinding } from '../../../../../shared/diagram.ts'
import { diagramMetrics } from '../../../../../shared/diagram.ts'
import { fontSizes, rowInsets } from '../entity-size.ts'
import { fitText, textWidth } from '../text-width.ts'
import { icon } from './icons.ts'
import { element, escapeXml } from './xml.ts'

const radius = 6
const { head, row } = diagramMetrics
const signs: Readonly<Record<DiagramChange, string>> = { added: '+', removed: '−', changed: '~' }

/** Draws an entity; `mark` is the letters of its engine, where there are several engines in the picture. */
export function entityMarkup(entity: DiagramEntity, mark: string | undefined): string {
  const { x, y, width, height, name, fields, change, complete } = entity
  const findings = [...entity.findings, ...fields.flatMap(field => field.findings)]
  const size = { width, height, rx: radius }
  let right = width - 10
  const marks: string[] = []
  const severity = gravest(findings)
  if (severity) {
    const count = findings.length > 1 ? String(findings.length) : ''
    right -= 15 + textWidth(count, fontSizes.type)
    marks.push(
      element(
        'g',
        {},
        element('title', {}, escapeXml(findings.map(one => one.message).join(' · '))),
        icon(severity, severity, right, 10),
        count && element('text', { class: 'type', x: right + 15, y: 21 }, count),
      ),
    )
    right -= 6
  }
  if (!complete) {
    right -= 12
    marks.push(
      element('text', { class: 'type', x: right, y: 21 }, element('title', {}, 'Some fields could not be read.'), '…'),
    )
  }
  let left = 10
  if (change) {
    marks.push(signAt(change, left, 21))
    left += 16
  }
  if (mark) {
    const room = textWidth(mark, 10, true) + 8
    marks.push(element('rect', { class: 'engine', x: left, y: 10, width: room, height: 15, rx: 3 }))
    marks.push(element('text', { class: 'engine-text', x: left + 4, y: 21 }, escapeXml(mark)))
    left += room + 6
  }
  return element(
    'g',
    { transform: `translate(${x} ${y})`, role: 'group', 'aria-label': labelOf(entity) },
    element('rect', { class: change ? `card is-${change}` : 'card', ...size }),
    element('path', { class: 'head', d: headPath(width, fields.length === 0 ? height : head) }),
    fields.length > 0 && element('path', { class: 'rule', d: `M0 ${head}H${width}` }),
    element('title', {}, escapeXml(labelOf(entity))),
    element(
      'text',
      { class: change === 'removed' ? 'name gone' : 'name', x: left, y: 22 },
      escapeXml(fitText(name, right - left, fontSizes.head, true)),
    ),
    ...marks,
    ...fields.map((field, index) => fieldMarkup(field, width, head + index * row)),
  )
}

function fieldMarkup(field: DiagramField, width: number, top: number): string {
  const { name, type, optional, indexed, key, change, was, findings } = field
  const base = top + 15
  const parts: (string | undefined | false)[] = []
  if (change) parts.push(signAt(change, 9, base))
  else if (key) parts.push(icon(key === 'primary' ? 'key' : 'link', key, 7, top + 5))

  const optionalRoom = optional ? textWidth('?', fontSizes.type, true) : 0
  const typeText = fitText(type ?? '?', width / 2, fontSizes.type)
  let right = width - rowInsets.right
  parts.push(
    element(
      'text',
      { class: 'type', x: right, y: base, 'text-anchor': 'end' },
      escapeXml(typeText),
      optional && element('tspan', { class: 'optional' }, '?'),
    ),
  )
  right -= textWidth(typeText, fontSizes.type) + optionalRoom + 6
  const before = was?.split(',')[0]
  if (before !== undefined && before !== type) {
    parts.push(element('text', { class: 'was', x: right, y: base, 'text-anchor': 'end' }, escapeXml(before)))
    right -= textWidth(before, fontSizes.type) + 6
  }
  if (indexed) {
    right -= 11
    parts.push(icon('index', 'indexed', right, top + 6, 11))
  }
  const severity = gravest(findings)
  if (severity) {
    right -= 16
    parts.push(
      element(
        'g',
        {},
        element('title', {}, escapeXml(findings.map(one => one.message).join(' · '))),
        icon(severity, severity, right, top + 5),
      ),
    )
  }
  const room = right - rowInsets.left - 4
  const text = escapeXml(fitText(name, room, fontSizes.field))
  return element(
    'g',
    {},
    element('title', {}, escapeXml(fieldLabel(field))),
    element('text', { class: change === 'removed' ? 'field gone' : 'field', x: rowInsets.left, y: base }, text),
    ...parts,
  )
}

const signAt = (change: DiagramChange, x: number, y: number): string =>
  element('text', { class: `sign ${change}`, x, y }, element('title', {}, change), signs[change])

/** A rectangle whose upper corners are round; the lower ones too where nothing follows. */
const headPath = (width: number, height: number): string =>
  height === head
    ? `M.5 ${head}V${radius}Q.5 .5 ${radius} .5H${width - radius}Q${width - 0.5} .5 ${width - 0.5} ${radius}V${head}Z`
    : `M.5 ${head}V${radius}Q.5 .5 ${radius} .5H${width - radius}Q${width - 0.5} .5 ${width - 0.5} ${radius}V${head - 0.5}Z`

const gravest = (findings: readonly DiagramFinding[]): DiagramFinding['severity'] | undefined =>
  (['error', 'warning', 'info'] as const).find(severity => findings.some(finding => finding.severity === severity))

function labelOf({ name, fields, change, complete, findings }: DiagramEntity): string {
  const problems = findings.length + fields.reduce((sum, field) => sum + field.findings.length, 0)
  const words = [
    name,
    `${fields.length} ${fields.length === 1 ? 'field' : 'fields'}`,
    problems > 0 && `${problems} ${problems === 1 ? 'problem' : 'problems'}`,
    change,
    !complete && 'not fully read',
  ]
  return words.filter(Boolean).join(', ')
}

function fieldLabel({ name, type, optional, indexed, key, change, was }: DiagramField): string {
  const words = [
    `${name}: ${type ?? 'type not known'}`,
    optional && 'optional',
    indexed && 'indexed',
    key && `${key} key`,
    change && (was === undefined ? change : `${change}, was ${was}`),
  ]
  return words.filter(Boolean).join(', ')
}
