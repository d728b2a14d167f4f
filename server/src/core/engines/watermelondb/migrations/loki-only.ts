// Which databases never see SQL.
import type { WatermelonStore } from '../types.ts'

/** True when LokiJS alone opens a store: it ignores SQL steps, and its tables take any column. */
export const isLokiOnly = ({ adapters }: WatermelonStore): boolean =>
  adapters.length > 0 && adapters.every(one => one.kind === 'loki')
