// What the generated tests of all layers have in common: how they begin, and how they say what must hold.
import type { GateName } from '../../../../../shared/gates.ts'
import type { SyncPlan } from './layer.ts'

/** How each runner says that two values must be the same, and what must be imported for it. */
export const words = {
  jest: { imports: '', same: (actual: string, wanted: string) => `expect(${actual}).toEqual(${wanted})` },
  mocha: {
    imports: "import assert from 'node:assert/strict'\n",
    same: (actual: string, wanted: string) => `assert.deepEqual(${actual}, ${wanted})`,
  },
} as const

/** How a test file begins. The mark tells which quality gate it is for, and of which store. */
export const testHead = (plan: SyncPlan, gate: GateName, about: string, imports: string): string =>
  `// ${about}
// offline-storage-gate: ${gate} for ${plan.store.replace(/\s+/g, ' ')}
${words[plan.tests].imports}${imports}
`
