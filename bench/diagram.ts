// Measures the diagram of a large schema in a headless browser, where one is set up.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { z } from 'zod'
import { atMost, type Verdict } from './verdict.ts'

const figuresSchema = z.object({
  entities: z.number(),
  relations: z.number(),
  /** Request to first picture, ms: what the server takes, and then the webview. */
  firstPicture: z.number(),
  answer: z.number(),
  webview: z.number(),
  /** The request made again, ms. */
  sameAnswer: z.number(),
  /** Frames a second while the picture is moved, at several zooms. */
  panning: z.array(z.object({ frames: z.number() })),
})

/** What was measured of the diagram. Times are milliseconds. */
export type DiagramFigures = z.infer<typeof figuresSchema>

/** Measures; undefined where no browser is set up. Throws when measuring fails. */
export function measureDiagram(): DiagramFigures | undefined {
  const script = join(import.meta.dirname, '../client/test/ui/diagram-speed.mjs')
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, '--json'], { encoding: 'utf8' })
  if (status === 3) return undefined
  if (status !== 0) throw new Error(`The diagram could not be measured: ${stderr}`)
  return figuresSchema.parse(JSON.parse(stdout))
}

/** Judges what was measured. */
export const judgeDiagram = (figures: DiagramFigures): readonly Verdict[] => [
  atMost('first picture', 3000, figures.firstPicture, 'ms'),
  atMost('a frame while panning, slowest zoom', 20, 1000 / Math.min(...figures.panning.map(one => one.frames)), 'ms'),
]
