// The line to the extension, and what is kept while the webview is hidden or VS Code restarts.
import type { DiagramParams } from '../../shared/diagram.ts'
import type { FromDiagramPanel, ToDiagramPanel } from '../../shared/diagram-panel.ts'
import type { Camera } from './geometry.ts'

/** What comes back when the webview does. */
export interface Kept {
  readonly params: DiagramParams
  readonly camera?: Camera
  readonly selected?: string
  readonly folded: readonly string[]
  readonly focus?: { readonly entity: string; readonly depth: number }
  readonly hasDetails: boolean
}

export interface Host {
  tell(message: FromDiagramPanel): void
  kept(): Kept | undefined
  keep(state: Kept): void
}

declare function acquireVsCodeApi(): {
  postMessage(message: unknown): void
  getState(): unknown
  setState(state: unknown): void
}

/** Begins to listen; may be called once. */
export function connect(onMessage: (message: ToDiagramPanel) => void): Host {
  const api = acquireVsCodeApi()
  window.addEventListener('message', event => onMessage(event.data as ToDiagramPanel))
  return {
    tell: message => api.postMessage(message),
    kept: () => api.getState() as Kept | undefined,
    keep: state => api.setState(state),
  }
}
