// The frame of a group as the packing of the picture sees it.
import type { Size } from './layout.ts'

/** A frame to be placed, and the boxes in it. */
export interface Frame extends Size {
  readonly id: string
  readonly members: readonly string[]
}

/** The room between frames, in pixels. */
export const frameGap = 48
/** Frames that grow may come so near to each other. */
export const leastFrameGap = { x: 24, y: 24 } as const

/** Numbers of links between frames, by their ids; a frame without any is missing. */
export type FrameLinks = ReadonlyMap<string, ReadonlyMap<string, number>>
