// The panel at the side: the chosen entity with its fields, relations and findings; or the whole, and how to read it.
import type { DiagramEntity, DiagramFinding, DiagramPlace, DiagramView } from '../../shared/diagram.ts'
import type { SharedTerms } from '../../shared/terms.ts'
import { changeMark, findingMarks } from './card.ts'
import { button, h } from './dom.ts'
import { type IconName, icon } from './icons.ts'
import { allFindings, changeSign, counted, countedAs, termsFor, termsOf } from './words.ts'

export interface DetailTasks {
  open(at: DiagramPlace): void
  fix(at: DiagramPlace): void
  /** Goes to an entity, and a field of it. */
  choose(entity: string, field?: string): void
  close(): void
}

/** What the panel shows. */
export interface DetailState {
  readonly view: DiagramView
  readonly selected: string | undefined
  readonly field: string | undefined
}

/** The content of the panel. */
export function detailsOf({ view, selected, field }: DetailState, tasks: DetailTasks): HTMLElement[] {
  const entity = view.entities.find(({ id }) => id === selected)
  const close = button({ icon: icon('close'), label: 'Close details', kind: 'quiet' }, tasks.close)
  if (!entity) return [title(overviewTitle(view), close), ...overview(view, tasks)]
  return [title(entity.name, close, entity), ...about(entity, view, field, tasks)]
}

const overviewTitle = (view: DiagramView): string =>
  view.stores.length === 1 ? (view.stores[0]?.name ?? '') : counted(view.stores.length, 'store')

function title(text: string, close: HTMLElement, entity?: DiagramEntity): HTMLElement {
  return h('header', {}, entity?.change && changeMark(entity.change), h('h2', {}, text), close)
}

function about(entity: DiagramEntity, view: DiagramView, field: string | undefined, tasks: DetailTasks): HTMLElement[] {
  const store = view.stores.find(({ id }) => id === entity.store)
  const { at } = entity
  const findings = allFindings(entity)
  const relations = view.relations.filter(({ from, to }) => from === entity.id || to === entity.id)
  const terms = termsFor(view, entity.store)
  const nameOf = (id: string) => view.entities.find(other => other.id === id)?.name ?? id
  return [
    h('p', { class: 'sub' }, store ? `${store.engineTitle} · ${store.name}` : ''),
    entity.complete ? '' : h('p', { class: 'sub' }, `Some ${terms.field[1]} could not be read from the code.`),
    at &&
      h(
        'div',
        { class: 'buttons' },
        button({ icon: icon('code'), text: 'Go to code' }, () => tasks.open(at)),
      ),
    findings.length > 0 && section(counted(findings.length, 'problem'), ...findings.map(one => findingOf(one, tasks))),
    section(
      countedAs(entity.fields.length, terms.field),
      h(
        'ul',
        { class: 'list' },
        ...entity.fields.map(one => {
          const { name, type, optional, indexed, key, change, was } = one
          const facts = [key && `${key} key`, indexed && 'indexed', was !== undefined && `was ${was}`].filter(Boolean)
          const line = button({ kind: `line ${name === field ? 'chosen' : ''}` }, () =>
            one.at ? tasks.open(one.at) : tasks.choose(entity.id, name),
          )
          line.title = one.at ? 'Go to code' : ''
          line.append(
            ...(change ? [changeMark(change)] : []),
            h('span', { class: 'name' }, name),
            ...findingMarks(one.findings),
            h('span', { class: 'type' }, `${type ?? 'type not known'}${optional ? '?' : ''}`),
          )
          return h('li', {}, line, facts.length > 0 && h('span', { class: 'facts' }, facts.join(' · ')))
        }),
      ),
    ),
    relations.length > 0 &&
      section(
        counted(relations.length, 'relation'),
        h(
          'ul',
          { class: 'list' },
          ...relations.map(({ from, to, fromField, name, change, fromEnd, toEnd }) => {
            const isOut = from === entity.id
            const other = isOut ? to : from
            const line = button({ kind: 'line' }, () => tasks.choose(other, isOut ? undefined : fromField))
            const [own, far] = isOut ? [fromEnd, toEnd] : [toEnd, fromEnd]
            line.title = `${name}: ${endWords[own]} to ${endWords[far]}`
            line.append(
              ...(change ? [changeMark(change)] : []),
              h('span', { class: 'way', 'aria-hidden': 'true' }, isOut ? '→' : '←'),
              h('span', { class: 'name' }, nameOf(other)),
              h('span', { class: 'type' }, name),
              h('span', { class: 'ends', 'aria-hidden': 'true' }, `${endSigns[own]} : ${endSigns[far]}`),
              h('span', { class: 'unseen' }, `${endWords[own]} to ${endWords[far]}`),
            )
            return h('li', {}, line)
          }),
        ),
      ),
  ].filter(part => part instanceof HTMLElement)
}

const endSigns = { one: '1', many: 'n', 'zero-or-one': '0–1' } as const
const endWords = { one: 'one', many: 'many', 'zero-or-one': 'none or one' } as const

function findingOf({ severity, message, rule, at }: DiagramFinding, tasks: DetailTasks): HTMLElement {
  return h(
    'div',
    { class: `finding ${severity}` },
    icon(severity, severity),
    h(
      'div',
      {},
      h('p', {}, h('span', { class: 'unseen' }, `${severity}: `), message),
      h('p', { class: 'facts' }, rule),
      h(
        'div',
        { class: 'buttons' },
        button({ icon: icon('code'), text: 'Go to code' }, () => tasks.open(at)),
        button({ icon: icon('bulb'), text: 'Quick Fix…' }, () => tasks.fix(at)),
      ),
    ),
  )
}

function overview(view: DiagramView, tasks: DetailTasks): HTMLElement[] {
  const terms = termsOf(view)
  const problems = view.entities.filter(entity => allFindings(entity).length > 0)
  const changes = view.entities.filter(entity => entity.change)
  const isCompared = changes.length > 0 || view.steps.length > 0
  return [
    ...view.stores.map(({ engineTitle, version, name, complete }) =>
      h(
        'p',
        { class: 'sub' },
        [
          view.stores.length > 1 ? name : '',
          engineTitle,
          version === undefined ? '' : `version ${version}`,
          complete ? '' : 'not fully read',
        ]
          .filter(part => part !== '')
          .join(' · '),
      ),
    ),
    h(
      'p',
      { class: 'sub' },
      `${countedAs(view.entities.length, terms.entity)}, ${counted(view.relations.length, 'relation')}`,
    ),
    view.notes.length > 0 &&
      section('Notes', ...view.notes.map(note => h('p', { class: 'note' }, icon('info', 'info'), note))),
    isCompared &&
      section(
        'Migration steps',
        view.steps.length === 0
          ? h('p', { class: 'note' }, 'No migration leads from the one to the other.')
          : h(
              'ol',
              { class: 'steps' },
              ...view.steps.map(({ version, text }) =>
                h('li', {}, h('span', { class: 'version' }, `v${version}`), text),
              ),
            ),
      ),
    isCompared && section('Changes', listOf(changes, tasks)),
    problems.length > 0 && section('Problems', listOf(problems, tasks)),
    legend(isCompared, terms),
    keys(terms),
  ].filter(part => part instanceof HTMLElement)
}

function listOf(entities: readonly DiagramEntity[], tasks: DetailTasks): HTMLElement {
  return h(
    'ul',
    { class: 'list' },
    ...entities.map(entity => {
      const line = button({ kind: 'line' }, () => tasks.choose(entity.id))
      line.append(
        ...(entity.change ? [changeMark(entity.change)] : []),
        h('span', { class: 'name' }, entity.name),
        ...findingMarks(allFindings(entity)),
      )
      return h('li', {}, line)
    }),
  )
}

function legend(isCompared: boolean, terms: SharedTerms): HTMLElement {
  const marks: readonly (readonly [IconName, string, string])[] = [
    ['key', 'primary', 'Primary key'],
    ['link', 'foreign', `Leads to another ${terms.entity[0]}`],
    ['index', 'indexed', 'Indexed'],
  ]
  const entry = (mark: Node, text: string) => h('li', {}, h('span', { class: 'mark' }, mark), text)
  return section(
    'Marks',
    h(
      'ul',
      { class: 'legend' },
      ...marks.map(([name, kind, text]) => entry(icon(name, kind), text)),
      entry(h('span', { class: 'optional' }, '?'), 'Optional: may be null'),
      ...(isCompared
        ? (['added', 'removed', 'changed'] as const).map(change =>
            entry(
              h('span', { class: `sign ${change}` }, changeSign[change]),
              `${change[0]!.toUpperCase()}${change.slice(1)}`,
            ),
          )
        : []),
    ),
  )
}

function keys(terms: SharedTerms): HTMLElement {
  const shortcuts: readonly (readonly [string, string])[] = [
    ['↑ ↓ ← →', `to the next ${terms.entity[0]}`],
    ['Enter', 'to its code'],
    ['Space', `fold its ${terms.field[1]}`],
    ['F', 'focus on it'],
    ['Alt + arrows', 'move it'],
    ['/', 'search'],
    ['+ − 0', 'zoom, fit'],
    ['Ctrl + wheel', 'zoom'],
  ]
  return section(
    'Keys',
    h('dl', { class: 'keys' }, ...shortcuts.flatMap(([key, text]) => [h('dt', {}, key), h('dd', {}, text)])),
  )
}

const section = (name: string, ...children: readonly (Node | false)[]): HTMLElement =>
  h('section', {}, h('h3', {}, name), ...children)
