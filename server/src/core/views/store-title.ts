// What stands above a store: its name, its engine, and what is known about it.
import type { DiagramStore } from '../../../../shared/diagram.ts'
import { textWidth } from './text-width.ts'

/** Where the name begins, behind the sign of the engine. */
export const titleLeft = 36
/** Room between the name and what is known. */
export const titleGap = 14
const nameSize = 17
const aboutSize = 12

/** "WatermelonDB · version 3 · 12 tables" */
export function aboutStore({
  engineTitle,
  terms,
  version,
  entities,
  complete,
}: Pick<DiagramStore, 'engineTitle' | 'terms' | 'version' | 'entities' | 'complete'>): string {
  const words = [
    engineTitle,
    version !== undefined && `version ${version}`,
    `${entities} ${terms.entity[entities === 1 ? 0 : 1]}`,
    !complete && 'not fully read',
  ]
  return words.filter(Boolean).join(' · ')
}

/** How much room a title needs. */
export const storeTitleWidth = (name: string, about: string): number =>
  titleLeft + textWidth(name, nameSize, true) + titleGap + textWidth(about, aboutSize)
