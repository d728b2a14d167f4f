// The tables of the sample as the generated file `tables.ts` has them.
import { z } from 'zod'
import type { SyncedTables } from '../../../templates/watermelondb/synced-tables.ts'
import type { WatermelonLayer } from './layer.ts'

export function sampleTables({ jsonText }: Pick<WatermelonLayer, 'jsonText'>, version: 1 | 2 = 1): SyncedTables {
  const task = z.object({
    id: z.string().min(1),
    project_id: z.string(),
    title: z.string(),
    a: z.number(),
    b: z.number(),
    done: z.boolean(),
    meta: jsonText.nullable(),
    due: z.number().nullable(),
  })
  return {
    projects: { row: z.object({ id: z.string().min(1), name: z.string() }), json: [] },
    tasks: { row: version === 1 ? task : task.extend({ note: z.string().nullable() }), json: ['meta'] },
  }
}
