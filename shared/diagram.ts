// The schema diagram as it crosses the line: what the server draws, and what the client, the CLI and exports show.
import type { SharedTerms } from './terms.ts'

/** A place in a file as LSP counts it: lines and UTF-16 columns from 0. */
export interface DiagramPlace {
  readonly uri: string
  readonly start: { readonly line: number; readonly character: number }
  readonly end: { readonly line: number; readonly character: number }
}

/**
 * Heights and distances in pixels that everybody who draws agrees on: an entity is a head, a row for each field and a foot;
 * a frame has a title and room around its entities.
 */
export const diagramMetrics = { head: 34, row: 22, foot: 4, framePadding: 28, frameTitle: 34 } as const

/** What a comparison says of a thing. */
export type DiagramChange = 'added' | 'removed' | 'changed'

/** A problem, shown on the entity or field that it concerns. */
export interface DiagramFinding {
  readonly rule: string
  readonly severity: 'error' | 'warning' | 'info'
  readonly message: string
  readonly at: DiagramPlace
}

export interface DiagramField {
  readonly name: string
  /** The engine's word; absent where it is not known. */
  readonly type?: string
  readonly optional: boolean
  readonly indexed: boolean
  readonly key?: 'primary' | 'foreign'
  readonly at?: DiagramPlace
  readonly findings: readonly DiagramFinding[]
  readonly change?: DiagramChange
  /** For a changed field, what it was: `string, optional`. */
  readonly was?: string
}

/** An entity and where it is drawn; pixels, the origin of the picture is its top left corner. */
export interface DiagramEntity {
  /** Unique in the view: `store/entity`, with the folder in front where a workspace has several. */
  readonly id: string
  readonly store: string
  readonly name: string
  /** The group it is laid out with; groups are drawn as frames. */
  readonly group: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly fields: readonly DiagramField[]
  /** False when some fields could not be read. */
  readonly complete: boolean
  readonly at?: DiagramPlace
  readonly findings: readonly DiagramFinding[]
  readonly change?: DiagramChange
}

/** A relation between two entities of one store; `from` holds the key. */
export interface DiagramRelation {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly fromField?: string
  readonly name: string
  readonly fromEnd: 'one' | 'many'
  readonly toEnd: 'one' | 'zero-or-one' | 'many'
  readonly at?: DiagramPlace
  readonly change?: DiagramChange
}

/** A frame around entities that belong together. */
export interface DiagramGroup {
  readonly id: string
  readonly store: string
  readonly title: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** One database. */
export interface DiagramStore {
  readonly id: string
  readonly name: string
  readonly engine: string
  readonly engineTitle: string
  /** What its engine calls entities and fields. */
  readonly terms: SharedTerms
  readonly version?: number
  /** False when some entities could not be read. */
  readonly complete: boolean
  readonly entities: number
  /** The versions that can be compared, oldest first; the last is `now`. */
  readonly versions: readonly { readonly id: string; readonly title: string }[]
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** The whole picture. */
export interface DiagramView {
  readonly stores: readonly DiagramStore[]
  readonly groups: readonly DiagramGroup[]
  readonly entities: readonly DiagramEntity[]
  readonly relations: readonly DiagramRelation[]
  readonly width: number
  readonly height: number
  /** What a person should know: nothing found, broken files, parts that could not be read. */
  readonly notes: readonly string[]
  /** For a comparison: the migration steps between the two versions, in order. */
  readonly steps: readonly { readonly version: number; readonly text: string }[]
}

/** Request: the picture of the stores asked for (all where none is named). */
export const diagramRequest = 'offlineStorage/diagram'
export interface DiagramParams {
  /** Ids of stores. */
  readonly stores?: readonly string[]
  /** Compare two versions of one store instead; `from` and `to` are ids of `DiagramStore.versions`. */
  readonly compare?: { readonly store: string; readonly from: string; readonly to: string }
}

/** Request: the id of the entity that a place in the code speaks of, or null. */
export const diagramEntityRequest = 'offlineStorage/diagramEntity'
export interface DiagramEntityParams {
  readonly uri: string
  readonly position: { readonly line: number; readonly character: number }
}

/** Request: the picture as a text in one of the forms; PNG is made of the SVG by the client. */
export const diagramExportRequest = 'offlineStorage/diagramExport'
export type DiagramFormat = 'svg' | 'mermaid' | 'dbml' | 'json'
export interface DiagramExportParams extends DiagramParams {
  readonly format: DiagramFormat
  /** `light` and `dark` fix the colours of an SVG; otherwise it follows the reader's. */
  readonly theme?: 'light' | 'dark'
}

/** Notification from the server: the picture may have changed; whoever shows one asks again. */
export const diagramChangedNotification = 'offlineStorage/diagramChanged'
