// What stands on the table where there is no picture: why, and what to do.
import type { DiagramStore, DiagramView } from '../../shared/diagram.ts'
import { button, h } from './dom.ts'
import { icon } from './icons.ts'
import { countedAs, termsOf } from './words.ts'

/** More entities than this are not drawn unless somebody insists. */
export const mostEntities = 1500

export interface NoticeTasks {
  restart(): void
  chooseStore(id: string): void
  /** Draws the entities that a text finds. */
  filter(text: string): void
  showAll(): void
}

/** While the first picture is awaited. */
export const waitingNotice = (): HTMLElement => notice('Reading the schema…', [])

/** The server gave no picture. */
export const troubleNotice = (message: string, tasks: NoticeTasks): HTMLElement =>
  notice('The diagram cannot be drawn', [
    h('p', {}, message),
    button({ text: 'Restart the language server', kind: 'primary' }, tasks.restart),
  ])

/** A view without entities. */
export function emptyNotice({ stores, notes }: DiagramView): HTMLElement {
  const [, many] = termsOf({ stores }).entity
  const reasons = notes.map(note => h('p', {}, note))
  const advice =
    stores.length === 0
      ? 'A diagram begins with a schema: for WatermelonDB, a file that calls appSchema() with its tables; for Realm, one that opens a realm with its object schemas.'
      : `The schema has no ${many} yet, or none that can be read from the code.`
  return notice(stores.length === 0 ? 'No schema here yet' : `No ${many} here yet`, [
    ...(reasons.length > 0 ? reasons : [h('p', {}, advice)]),
  ])
}

/** A view with more entities than are pleasant to draw. */
export function crowdNotice(view: DiagramView, stores: readonly DiagramStore[], tasks: NoticeTasks): HTMLElement {
  const terms = termsOf(view)
  const input = h('input', {
    type: 'search',
    placeholder: 'Part of a name',
    'aria-label': `Show only ${terms.entity[1]} with this in their name or ${terms.field[1]}`,
  })
  const form = h(
    'form',
    {},
    input,
    button({ text: 'Show', kind: 'primary' }, () => tasks.filter(input.value)),
  )
  form.addEventListener('submit', event => {
    event.preventDefault()
    tasks.filter(input.value)
  })
  return notice(`${countedAs(view.entities.length, terms.entity)} are too many to draw well`, [
    h('p', {}, 'Show those that a search finds, with what they are related to:'),
    form,
    ...(stores.length > 1
      ? [
          h('p', {}, 'Or one store:'),
          h(
            'div',
            { class: 'buttons' },
            ...stores.map(({ id, name, entities }) =>
              button({ text: `${name} (${entities})` }, () => tasks.chooseStore(id)),
            ),
          ),
        ]
      : []),
    button({ text: 'Draw all of them', kind: 'quiet' }, tasks.showAll),
  ])
}

const notice = (title: string, children: readonly HTMLElement[]): HTMLElement =>
  h('div', { class: 'notice', role: 'status' }, icon('schema', 'large'), h('h2', {}, title), ...children)
