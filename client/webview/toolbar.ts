// The row of controls above the table.
import type { DiagramFormat, DiagramStore, DiagramView } from '../../shared/diagram.ts'
import type { DiagramTarget } from '../../shared/diagram-panel.ts'
import { button, h, setAttributes } from './dom.ts'
import { icon } from './icons.ts'
import { menuButton } from './menu.ts'
import { counted, termsOf } from './words.ts'

export interface ToolbarTasks {
  search(text: string): void
  /** To the next hit, or the one before. */
  step(way: 1 | -1): void
  leaveSearch(): void
  /** One store by its id, or all. */
  chooseStore(id: string | undefined): void
  compare(versions: { readonly from: string; readonly to: string } | undefined): void
  focus(): void
  setDepth(depth: number): void
  foldAll(): void
  fit(): void
  zoom(factor: number): void
  reset(): void
  exportAs(format: DiagramFormat | 'png', target: DiagramTarget): void
  toggleDetails(): void
}

/** What the controls show. */
export interface ToolbarState {
  readonly view: DiagramView | undefined
  /** The stores of the workspace, also where only some of them are shown. */
  readonly stores: readonly DiagramStore[]
  readonly store: string | undefined
  readonly compared: { readonly from: string; readonly to: string } | undefined
  readonly depth: number | undefined
  readonly canFocus: boolean
  readonly isFolded: boolean
  readonly hasDetails: boolean
  readonly hasMoved: boolean
}

export interface Toolbar {
  readonly element: HTMLElement
  update(state: ToolbarState): void
  showHits(at: number, count: number): void
  focusSearch(): void
}

/** Forms of export and how they are called. */
const forms: readonly (readonly [DiagramFormat | 'png', string])[] = [
  ['svg', 'SVG'],
  ['png', 'PNG'],
  ['mermaid', 'Mermaid'],
  ['dbml', 'DBML'],
  ['json', 'JSON'],
]

/** Controls that show nothing until their first update. */
export function createToolbar(tasks: ToolbarTasks): Toolbar {
  const input = h('input', {
    type: 'search',
    spellcheck: 'false',
  })
  const hits = h('span', { class: 'hits', 'aria-live': 'polite' })
  const store = h('select', { 'aria-label': 'Store' })
  const from = h('select', { 'aria-label': 'From version' })
  const to = h('select', { 'aria-label': 'To version' })
  const versions = h('span', { class: 'versions', hidden: true }, from, h('span', { 'aria-hidden': 'true' }, '→'), to)
  const compare = button({ icon: icon('compare'), text: 'Compare', label: 'Compare two versions' }, () => {
    tasks.compare(compare.getAttribute('aria-pressed') === 'true' ? undefined : { from: from.value, to: to.value })
  })
  const focus = button({ icon: icon('focus'), text: 'Focus', label: 'Focus on what is chosen (F)' }, tasks.focus)
  const depth = h('select', { 'aria-label': 'Steps from the entity', hidden: true })
  for (const steps of [1, 2, 3, 4]) depth.append(h('option', { value: steps }, counted(steps, 'step')))
  const fold = button({ icon: icon('rows'), text: 'Names', label: 'Show names only' }, tasks.foldAll)
  const reset = button({ icon: icon('reset'), label: 'Reset layout' }, tasks.reset)
  const details = button({ icon: icon('panel'), label: 'Details' }, tasks.toggleDetails)
  const exports = menuButton(
    { icon: icon('save'), text: 'Export', label: 'Export' },
    (['file', 'clipboard'] as const).map(target => ({
      title: target === 'file' ? 'To a file' : 'To the clipboard',
      entries: forms.map(([format, text]) => ({ text, run: () => tasks.exportAs(format, target) })),
    })),
  )

  input.addEventListener('input', () => tasks.search(input.value))
  input.addEventListener('keydown', event => {
    if (event.key === 'Enter') tasks.step(event.shiftKey ? -1 : 1)
    else if (event.key === 'Escape') {
      input.value = ''
      tasks.search('')
      tasks.leaveSearch()
    } else return
    event.preventDefault()
  })
  store.addEventListener('change', () => tasks.chooseStore(store.value === '' ? undefined : store.value))
  for (const select of [from, to])
    select.addEventListener('change', () => tasks.compare({ from: from.value, to: to.value }))
  depth.addEventListener('change', () => tasks.setDepth(Number(depth.value)))

  const element = h(
    'div',
    { class: 'toolbar', role: 'toolbar', 'aria-label': 'Schema diagram' },
    h('label', { class: 'search' }, icon('search'), input, hits),
    store,
    h('span', { class: 'together' }, focus, depth),
    fold,
    h('span', { class: 'together' }, compare, versions),
    h('span', { class: 'space' }),
    reset,
    exports,
    details,
  )
  return {
    element,
    update(state) {
      const { stores, compared } = state
      store.hidden = stores.length < 2
      const terms = termsOf(state.view ?? { stores })
      const search = `Search ${terms.entity[1]} and ${terms.field[1]}`
      setAttributes(input, { placeholder: search, 'aria-label': search })
      setOptions(
        store,
        [{ id: '', title: `All stores (${stores.length})` }, ...stores.map(({ id, name }) => ({ id, title: name }))],
        state.store ?? '',
      )
      const comparable = comparableOf(state)
      compare.hidden = !comparable
      versions.hidden = !compared
      press(compare, compared !== undefined)
      if (comparable) {
        setOptions(from, comparable.versions, compared?.from ?? comparable.versions.at(-2)?.id ?? '')
        setOptions(to, comparable.versions, compared?.to ?? comparable.versions.at(-1)?.id ?? '')
      }
      const hasEntities = (state.view?.entities.length ?? 0) > 0
      focus.disabled = !state.canFocus
      press(focus, state.depth !== undefined)
      depth.hidden = state.depth === undefined
      depth.value = String(state.depth ?? 1)
      press(fold, state.isFolded)
      press(details, state.hasDetails)
      fold.disabled = !hasEntities
      details.hidden = !hasEntities
      reset.hidden = !state.hasMoved
      exports.hidden = !hasEntities
    },
    showHits(at, count) {
      hits.textContent = input.value.trim() === '' ? '' : count === 0 ? 'none' : `${at + 1} of ${count}`
    },
    focusSearch() {
      input.focus()
      input.select()
    },
  }
}

/** The store whose versions can be compared: the chosen one, or the only one. */
export function comparableOf({ stores, store }: Pick<ToolbarState, 'stores' | 'store'>): DiagramStore | undefined {
  const chosen = stores.find(({ id }) => id === store) ?? (stores.length === 1 ? stores[0] : undefined)
  return chosen && chosen.versions.length > 1 ? chosen : undefined
}

/** The controls of the camera, in the corner of the table. */
export function createZoomControls(tasks: Pick<ToolbarTasks, 'zoom' | 'fit'>): {
  readonly element: HTMLElement
  show(k: number): void
} {
  const percent = h('span', { class: 'percent', 'aria-hidden': 'true' })
  const element = h(
    'div',
    { class: 'zoom', role: 'group', 'aria-label': 'Zoom' },
    button({ icon: icon('minus'), label: 'Zoom out (-)' }, () => tasks.zoom(0.8)),
    percent,
    button({ icon: icon('plus'), label: 'Zoom in (+)' }, () => tasks.zoom(1.25)),
    button({ icon: icon('fit'), label: 'Fit everything (0)' }, tasks.fit),
  )
  return {
    element,
    show(k) {
      const text = `${Math.round(k * 100)}%`
      // Told with every frame; the same text set anew would be painted anew.
      if (percent.textContent !== text) percent.textContent = text
    },
  }
}

function press(control: HTMLButtonElement, isPressed: boolean): void {
  control.setAttribute('aria-pressed', String(isPressed))
}

function setOptions(
  select: HTMLSelectElement,
  options: readonly { readonly id: string; readonly title: string }[],
  value: string,
): void {
  const key = JSON.stringify(options)
  if (select.getAttribute('data-options') !== key) {
    select.setAttribute('data-options', key)
    select.replaceChildren(...options.map(({ id, title }) => h('option', { value: id }, title)))
  }
  select.value = value
}
