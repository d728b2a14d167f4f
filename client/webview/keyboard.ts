// Keys on the stage.
import type { Direction } from './geometry.ts'

export interface KeyTasks {
  /** To the next entity in a direction. */
  go(direction: Direction): void
  /** To the first or the last entity. */
  goToEnd(isLast: boolean): void
  /** Moves the chosen entity. */
  nudge(direction: Direction): void
  pan(direction: Direction): void
  open(): void
  fold(): void
  focus(): void
  zoom(factor: number): void
  fit(): void
  search(): void
  leave(): void
}

const directions: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
}

/** Listens on the stage; Ctrl+F and Escape are listened for everywhere. */
export function listenToKeys(stage: HTMLElement, tasks: KeyTasks): void {
  const plain: Readonly<Record<string, () => void>> = {
    Enter: tasks.open,
    Home: () => tasks.goToEnd(false),
    End: () => tasks.goToEnd(true),
    ' ': tasks.fold,
    f: tasks.focus,
    '+': () => tasks.zoom(1.25),
    '=': () => tasks.zoom(1.25),
    '-': () => tasks.zoom(0.8),
    '0': tasks.fit,
    '/': tasks.search,
  }
  stage.addEventListener('keydown', event => {
    const direction = directions[event.key]
    const hasModifier = event.ctrlKey || event.metaKey
    if (direction && !hasModifier) {
      if (event.altKey) tasks.nudge(direction)
      else if (event.shiftKey) tasks.pan(direction)
      else tasks.go(direction)
      event.preventDefault()
      return
    }
    const task = hasModifier || event.altKey ? undefined : plain[event.key]
    if (!task) return
    task()
    event.preventDefault()
  })
  document.addEventListener('keydown', event => {
    if (event.key === 'f' && (event.ctrlKey || event.metaKey)) {
      tasks.search()
      event.preventDefault()
    } else if (event.key === 'Escape' && !event.defaultPrevented) tasks.leave()
  })
}
