// What is to be drawn, before it has its places.
import type { DiagramEntity, DiagramField, DiagramRelation, DiagramStore } from '../../../../shared/diagram.ts'

export type DrawnField = DiagramField

/** An entity without its place; `file` is the one that defines it. */
export interface DrawnEntity extends Omit<DiagramEntity, 'x' | 'y' | 'width' | 'height' | 'group'> {
  readonly file?: string
}

/** A store with what is in it. */
export interface DrawnStore extends Omit<DiagramStore, 'x' | 'y' | 'width' | 'height' | 'entities'> {
  readonly entities: readonly DrawnEntity[]
  readonly relations: readonly DiagramRelation[]
}
