// What a layout is asked and what it says: boxes, links between them, and where everything stands.

/** Something with a size that is to be placed. Sizes are pixels. */
export interface Box {
  /** Unique among the boxes given; order and ties go by it. */
  readonly id: string
  /** What people call it; the beginnings of names tell what belongs together. */
  readonly name: string
  readonly width: number
  readonly height: number
  /** The file that defines it; boxes of one file or folder are kept together. */
  readonly file?: string
}

/** Two boxes that belong together; `from` is drawn on the right of `to` where that is possible. */
export interface Link {
  readonly from: string
  readonly to: string
}

/** The top left corner of something. */
export interface Point {
  readonly x: number
  readonly y: number
}

/** The extent of something. */
export interface Size {
  readonly width: number
  readonly height: number
}

/** Boxes that are drawn together in one frame. */
export interface Group extends Point, Size {
  /** Stable under small edits. */
  readonly id: string
  readonly title: string
  readonly members: readonly string[]
}

/** Where everything stands; the origin is the top left corner of the picture. */
export interface Layout extends Size {
  readonly places: ReadonlyMap<string, Point>
  readonly groups: readonly Group[]
  /** How good this picture was when it was last made anew: what has grown out of it since is measured by that. */
  readonly asNew: Quality
}

/** How good a picture is, whatever is in it and how large that is. */
export interface Quality {
  /** Width by height. */
  readonly aspect: number
  /** The mean distance between the middles of linked boxes, by the side of a square that is as large as all boxes. */
  readonly reach: number
  /** How much larger than its boxes the picture is. */
  readonly room: number
}
