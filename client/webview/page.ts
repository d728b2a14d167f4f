// Everything on the page, around the stage: controls, the small map, notices and the panel at the side.
import type { DiagramStore, DiagramView } from '../../shared/diagram.ts'
import { type DetailTasks, detailsOf } from './details.ts'
import { h } from './dom.ts'
import type { Point } from './geometry.ts'
import { createMinimap } from './minimap.ts'
import { waitingNotice } from './notice.ts'
import { createStage, type Stage } from './stage.ts'
import { createToolbar, createZoomControls, type Toolbar, type ToolbarState, type ToolbarTasks } from './toolbar.ts'

/** What stands around the stage. */
export interface PageState extends ToolbarState {
  readonly view: DiagramView | undefined
  readonly stores: readonly DiagramStore[]
  readonly selected: string | undefined
  readonly field: string | undefined
  /** A sentence above the picture. */
  readonly banner: string
}

export interface Page {
  readonly stage: Stage
  readonly toolbar: Toolbar
  update(state: PageState): void
  /** Opens or closes the panel; to be called before the size of the stage is asked. */
  setDetails(isOpen: boolean): void
  /** Draws the small map anew. */
  drawMap(): void
  /** Covers the table with a notice, or uncovers it. */
  setNotice(notice: HTMLElement | undefined): void
  /** Says something to people who do not see it. */
  say(text: string): void
}

export interface PageTasks extends ToolbarTasks, DetailTasks {
  /** A point of the picture is wanted in the middle of the screen. */
  moveTo(point: Point): void
  /** The camera has moved. */
  looked(): void
}

/** Builds the page. It waits for its first picture. */
export function createPage(tasks: PageTasks): Page {
  const stage = createStage(() => {
    minimap.look(stage.camera(), stage.size())
    zoomControls.show(stage.camera().k)
    tasks.looked()
  })
  const toolbar = createToolbar(tasks)
  const zoomControls = createZoomControls(tasks)
  const minimap = createMinimap(tasks.moveTo)
  const notice = h('div', { class: 'notices' }, waitingNotice())
  const banner = h('div', { class: 'banner', role: 'status' })
  const details = h('aside', { class: 'details', 'aria-label': 'Details' })
  const said = h('div', { class: 'unseen', 'aria-live': 'polite' })
  const table = h('div', { class: 'table' }, stage.element, banner, zoomControls.element, minimap.element, notice)
  document.body.append(
    h('header', {}, h('h1', { class: 'unseen' }, 'Schema diagram'), toolbar.element),
    h('main', {}, table, details, said),
  )
  const drawMap = () => {
    minimap.show(stage.scene())
    minimap.look(stage.camera(), stage.size())
  }
  new ResizeObserver(() => stage.look(stage.camera())).observe(stage.element)
  // The map is drawn in the colours of the theme, which is a class of the body.
  new MutationObserver(drawMap).observe(document.body, { attributeFilter: ['class'] })
  return {
    stage,
    toolbar,
    update(state) {
      toolbar.update(state)
      banner.textContent = state.banner
      if (state.view && state.hasDetails) details.replaceChildren(...detailsOf({ ...state, view: state.view }, tasks))
    },
    setDetails: isOpen => void document.body.classList.toggle('with-details', isOpen),
    drawMap,
    setNotice: one => notice.replaceChildren(...(one ? [one] : [])),
    say(text) {
      said.textContent = text
    },
  }
}
