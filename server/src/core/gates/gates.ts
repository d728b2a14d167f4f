// What must be tested of a store that keeps data on phones.
import { type GateName, gateTitles } from '../../../../shared/gates.ts'

export type { GateName } from '../../../../shared/gates.ts'

/** All gates, in the order in which they are shown. */
export const gateNames = Object.keys(gateTitles) as readonly GateName[]
