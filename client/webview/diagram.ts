// The diagram at work: what is shown and chosen, and what a person does with it.
import type { DiagramParams, DiagramPlace, DiagramStore, DiagramView } from '../../shared/diagram.ts'
import type { DiagramPositions } from '../../shared/diagram-panel.ts'
import { cardId, fieldOf } from './card.ts'
import { createFlight } from './flight.ts'
import { type Direction, fitting, nextTowards, type Point, type Rect, showing, zoomedAt } from './geometry.ts'
import type { Host } from './host.ts'
import { listenToKeys } from './keyboard.ts'
import { looksOf } from './looks.ts'
import { neighboursOf } from './neighbours.ts'
import { crowdNotice, emptyNotice, mostEntities, type NoticeTasks, troubleNotice } from './notice.ts'
import { createPage, type PageTasks } from './page.ts'
import { listenToPointer } from './pointer.ts'
import { fieldRect, type Line, sceneOf, withMoved } from './scene.ts'
import { type Hit, hitsOf } from './search.ts'
import { keepingPlace, lineAt, nearestToMiddle } from './sight.ts'
import { comparableOf } from './toolbar.ts'
import { countedAs, entityLabel, termsFor, termsOf } from './words.ts'

export interface Diagram {
  /** Asks for the picture that was shown last. */
  ask(): void
  /** Shows a view that has come, and keeps what was chosen and the place that was looked at. */
  take(view: DiagramView, of: DiagramParams, places: DiagramPositions): void
  tellTrouble(message: string): void
  /** The cursor in the code stands in this entity. */
  setCursor(entity: string | undefined): void
  /** Chooses an entity and brings it into sight, as soon as there is a picture of it. */
  reveal(entity: string): void
}

/** The least zoom at which what was gone to is shown. */
const readable = 0.8
/** The panel at the side is open at first where there is room for it. */
const roomForDetails = 900
/** How far an arrow key moves an entity, and the picture. */
const nudgeStep = 16
const panStep = 80

const steps: Readonly<Record<Direction, Point>> = {
  left: { x: -1, y: 0 },
  right: { x: 1, y: 0 },
  up: { x: 0, y: -1 },
  down: { x: 0, y: 1 },
}

/** Builds the page, with what was kept from before. */
export function createDiagram(host: Host): Diagram {
  const kept = host.kept()
  let params: DiagramParams = kept?.params ?? {}
  let view: DiagramView | undefined
  /** All stores of the workspace, also while only one of them is shown. */
  let stores: readonly DiagramStore[] = []
  let positions: DiagramPositions = {}
  let folded: ReadonlySet<string> = new Set(kept?.folded ?? [])
  let focus = kept?.focus
  let only: ReadonlySet<string> | undefined
  let insistsOnAll = false
  let selected = kept?.selected
  let field: string | undefined
  let underCursor: string | undefined
  let hovered: string | undefined
  let hits: readonly Hit[] = []
  let hitAt = 0
  let isSearching = false
  let hasDetails = kept?.hasDetails ?? innerWidth > roomForDetails
  let keptCamera = kept?.camera
  let wanted: string | undefined
  let isShown = false
  /** Of which question the present picture is the answer. */
  let shown: string | undefined
  let keeping: ReturnType<typeof setTimeout> | undefined

  const entityOf = (id: string | undefined) => view?.entities.find(entity => entity.id === id)
  const chosenStore = () => (params.stores?.length === 1 ? params.stores[0] : undefined)
  const isFolded = () => folded.size > 0 && (view?.entities.every(({ id }) => folded.has(id)) ?? false)
  /** In a part of the picture, places are made for the moment and not kept. */
  const isPart = () => focus !== undefined || only !== undefined
  const openDetails = () => page.setDetails(hasDetails && (view?.entities.length ?? 0) > 0)
  const ask = (next: DiagramParams) => {
    params = next
    host.tell({ kind: 'ask', params })
  }
  const open = (at: DiagramPlace) => host.tell({ kind: 'open', at })
  const openCode = (entity: string, name: string | undefined) => {
    const found = entityOf(entity)
    const at = fieldOf(found, name)?.at ?? found?.at
    if (at) open(at)
  }
  const keep = () => {
    clearTimeout(keeping)
    keeping = setTimeout(() => {
      if (isShown) host.keep({ params, camera: stage.camera(), selected, folded: [...folded], focus, hasDetails })
    }, 200)
  }

  /** Puts everything in its place anew; `isNew` looks at the whole of it. */
  const arrange = (isNew: boolean) => {
    if (!view) return
    const isCrowd = view.entities.length > mostEntities && !insistsOnAll && !only && !focus
    const scene = sceneOf(isCrowd ? { ...view, entities: [] } : view, { positions, folded, focus, only })
    if (isCrowd) page.setNotice(crowdNotice(view, stores, noticeTasks))
    else page.setNotice(view.entities.length === 0 ? emptyNotice(view) : undefined)
    openDetails()
    const size = stage.size()
    const camera =
      isNew || !isShown
        ? (keptCamera ?? fitting(scene.bounds, size))
        : keepingPlace(stage.camera(), size, stage.scene(), scene, selected)
    if (scene.boxes.size > 0) {
      isShown = true
      keptCamera = undefined
    }
    stage.look(camera)
    stage.show(scene, looks())
    page.drawMap()
    render()
  }
  const looks = () => looksOf(view, { selected, field, underCursor, hovered, isSearching, hits })
  const paint = () => stage.show(stage.scene(), looks())
  const render = () => {
    openDetails()
    stage.setActive(selected === undefined ? undefined : cardId(selected))
    page.update({
      view,
      stores,
      selected,
      field,
      store: chosenStore(),
      compared: params.compare,
      depth: focus?.depth,
      canFocus: focus !== undefined || selected !== undefined,
      isFolded: isFolded(),
      hasDetails,
      hasMoved: Object.keys(positions).length > 0,
      banner: bannerText(),
    })
    keep()
  }
  const bannerText = () => {
    if (!view || view.entities.length === 0) return ''
    const { entity: words } = termsOf(view)
    if (focus) {
      const others = countedAs(stage.scene().boxes.size - 1, words)
      return `${entityOf(focus.entity)?.name ?? ''} and ${others} around it. Escape shows all.`
    }
    if (only) return `${countedAs(only.size, words)} of ${view.entities.length}. Escape leaves the filter.`
    return view.notes.slice(0, 2).join(' ')
  }
  const choose = (entity: string | undefined, name: string | undefined) => {
    selected = entity
    field = name
    const box = entity === undefined ? undefined : stage.scene().boxes.get(entity)
    if (box && view) page.say(entityLabel(box.entity, box.relations, termsFor(view, box.entity.store)))
    paint()
    render()
  }
  const goTo = (entity: string, name?: string) => {
    if (!stage.scene().boxes.has(entity) && entityOf(entity)) {
      focus = only = undefined
      arrange(false)
    }
    choose(entity, name)
    const box = stage.scene().boxes.get(entity)
    if (box) bringIntoSight(name === undefined ? box : fieldRect(box, name))
  }
  const bringIntoSight = (rect: Rect) => fly(showing(rect, stage.camera(), stage.size(), readable))
  const goToHit = () => {
    page.toolbar.showHits(hitAt, hits.length)
    const hit = hits[hitAt]
    if (hit) goTo(hit.entity, hit.field)
    else paint()
  }
  const put = (next: DiagramPositions) => {
    positions = next
    host.tell({ kind: 'moved', positions })
  }
  const pointAt = (line: Line | undefined) => {
    if (line?.relation.id === hovered) return
    hovered = line?.relation.id
    stage.setHint(line && lineTitle(line))
    paint()
  }
  const lineTitle = ({ relation: { name, from, to, fromField } }: Line) => {
    const key = fromField === undefined ? '' : `.${fromField}`
    return `${name}: ${entityOf(from)?.name ?? from}${key} → ${entityOf(to)?.name ?? to}`
  }

  const tasks: PageTasks = {
    search(text) {
      hits = hitsOf(
        [...stage.scene().boxes.values()].map(({ entity }) => entity),
        text,
      )
      hitAt = 0
      isSearching = text.trim() !== ''
      goToHit()
    },
    step(way) {
      if (hits.length === 0) return
      hitAt = (hitAt + way + hits.length) % hits.length
      goToHit()
    },
    leaveSearch: () => stage.element.focus(),
    chooseStore(id) {
      only = undefined
      ask(id === undefined ? {} : { stores: [id] })
    },
    compare(versions) {
      const store = comparableOf({ stores, store: chosenStore() })
      const chosen = params.stores ? { stores: params.stores } : {}
      ask(versions && store ? { ...chosen, compare: { store: store.id, ...versions } } : chosen)
    },
    focus() {
      if (!focus && selected === undefined) return
      focus = focus || selected === undefined ? undefined : { entity: selected, depth: 1 }
      arrange(true)
    },
    setDepth(depth) {
      if (!focus) return
      focus = { ...focus, depth }
      arrange(true)
    },
    foldAll() {
      folded = isFolded() ? new Set() : new Set(view?.entities.map(({ id }) => id))
      arrange(false)
    },
    fit: () => fly(fitting(stage.scene().bounds, stage.size())),
    zoom(factor) {
      const { width, height } = stage.size()
      fly(zoomedAt(stage.camera(), { x: width / 2, y: height / 2 }, factor))
    },
    reset() {
      put({})
      arrange(true)
    },
    exportAs(format, target) {
      const theme = /vscode-(high-contrast-)?light/.test(document.body.className) ? 'light' : 'dark'
      host.tell({ kind: 'export', format, target, theme, params })
    },
    toggleDetails() {
      hasDetails = !hasDetails
      render()
    },
    close: () => tasks.toggleDetails(),
    open,
    fix: at => host.tell({ kind: 'fix', at }),
    choose: goTo,
    moveTo({ x, y }) {
      const [{ width, height }, { k }] = [stage.size(), stage.camera()]
      stage.look({ x: width / 2 - x * k, y: height / 2 - y * k, k })
    },
    looked: keep,
  }
  const noticeTasks: NoticeTasks = {
    restart: () => host.tell({ kind: 'restart' }),
    chooseStore: tasks.chooseStore,
    filter(text) {
      if (!view || text.trim() === '') return
      const { entities, relations } = view
      const found = hitsOf(entities, text).slice(0, mostEntities)
      only = new Set(found.flatMap(({ entity }) => [...neighboursOf(relations, entity, 1).keys()]))
      arrange(true)
    },
    showAll() {
      insistsOnAll = true
      arrange(true)
    },
  }
  const page = createPage(tasks)
  const { stage } = page
  const fly = createFlight(stage)

  listenToPointer(stage, {
    choose,
    open: openCode,
    drag(entity, to, isDone) {
      const place = { x: Math.round(to.x), y: Math.round(to.y) }
      stage.show(withMoved(stage.scene(), entity, place), looks())
      if (!isDone || isPart()) return
      put({ ...positions, [entity]: place })
      arrange(false)
    },
    hover: at => pointAt(at && lineAt(stage.scene(), stage.camera(), at)),
    press(at) {
      const relation = lineAt(stage.scene(), stage.camera(), at)?.relation
      choose(relation?.from, relation?.fromField)
    },
  })
  listenToKeys(stage.element, {
    go(direction) {
      const scene = stage.scene()
      const from = selected === undefined ? undefined : scene.boxes.get(selected)
      const next = from
        ? nextTowards(from, scene.boxes.values(), direction)
        : nearestToMiddle(scene, stage.camera(), stage.size())
      if (next) goTo(next.id)
    },
    goToEnd(isLast) {
      const end = [...stage.scene().boxes.keys()].at(isLast ? -1 : 0)
      if (end !== undefined) goTo(end)
    },
    nudge(direction) {
      const box = selected === undefined || isPart() ? undefined : stage.scene().boxes.get(selected)
      if (!box) return
      const { x, y } = steps[direction]
      put({ ...positions, [box.id]: { x: box.x + x * nudgeStep, y: box.y + y * nudgeStep } })
      arrange(false)
    },
    pan(direction) {
      const camera = stage.camera()
      const { x, y } = steps[direction]
      stage.look({ ...camera, x: camera.x - x * panStep, y: camera.y - y * panStep })
    },
    open() {
      if (selected !== undefined) openCode(selected, field)
    },
    fold() {
      if (selected === undefined) return
      const next = new Set(folded)
      if (!next.delete(selected)) next.add(selected)
      folded = next
      arrange(false)
    },
    focus: tasks.focus,
    zoom: tasks.zoom,
    fit: tasks.fit,
    search: () => page.toolbar.focusSearch(),
    leave() {
      if (!focus && !only) {
        choose(undefined, undefined)
        return
      }
      focus = only = undefined
      arrange(true)
    },
  })

  return {
    ask: () => ask(params),
    take(next, of, places) {
      const key = JSON.stringify(of)
      const isOther = key !== shown
      shown = key
      params = of
      view = next
      positions = places
      if ((!of.stores && !of.compare) || stores.length === 0) stores = next.stores
      if (!entityOf(selected)) selected = field = undefined
      if (!fieldOf(entityOf(selected), field)) field = undefined
      if (focus && !entityOf(focus.entity)) focus = undefined
      arrange(isOther)
      if (wanted !== undefined) this.reveal(wanted)
    },
    tellTrouble(message) {
      if (isShown) page.say(message)
      else page.setNotice(troubleNotice(message, noticeTasks))
    },
    setCursor(entity) {
      underCursor = entity
      paint()
    },
    reveal(entity) {
      wanted = entityOf(entity) ? undefined : entity
      if (wanted !== undefined) return
      goTo(entity)
      stage.element.focus()
    },
  }
}
