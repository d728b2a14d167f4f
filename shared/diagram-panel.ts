// What crosses the line between the extension and the webview that shows the schema diagram.
import type { DiagramFormat, DiagramParams, DiagramPlace, DiagramView } from './diagram.ts'

/** Where a person has put entities; pixels of the picture, by the ids of entities. */
export type DiagramPositions = Readonly<Record<string, { readonly x: number; readonly y: number }>>

/** Where an export goes. */
export type DiagramTarget = 'file' | 'clipboard'

/** What the extension tells the webview. */
export type ToDiagramPanel =
  /** A picture to show instead of the present one; `params` is what was asked for. */
  | {
      readonly kind: 'view'
      readonly view: DiagramView
      readonly params: DiagramParams
      readonly positions: DiagramPositions
    }
  /** There is no picture, and why. */
  | { readonly kind: 'trouble'; readonly message: string }
  /** The entity that the cursor in the code stands in, or null. */
  | { readonly kind: 'cursor'; readonly entity: string | null }
  /** Select an entity and bring it into sight. */
  | { readonly kind: 'reveal'; readonly entity: string }
  /** Make a PNG of this SVG, and send it back as `png`. */
  | { readonly kind: 'draw'; readonly svg: string; readonly target: DiagramTarget }

/** What the webview asks of the extension. */
export type FromDiagramPanel =
  /** The webview listens, and wants a picture. */
  | { readonly kind: 'ask'; readonly params: DiagramParams }
  | { readonly kind: 'open'; readonly at: DiagramPlace }
  /** Open the code at a finding, and offer its quick fixes. */
  | { readonly kind: 'fix'; readonly at: DiagramPlace }
  | { readonly kind: 'moved'; readonly positions: DiagramPositions }
  | {
      readonly kind: 'export'
      readonly format: DiagramFormat | 'png'
      readonly target: DiagramTarget
      readonly theme: 'light' | 'dark'
      readonly params: DiagramParams
    }
  /** A picture in base64, to be saved. */
  | { readonly kind: 'png'; readonly data: string }
  /** A sentence for the person. */
  | { readonly kind: 'say'; readonly message: string; readonly isProblem: boolean }
  | { readonly kind: 'restart' }
