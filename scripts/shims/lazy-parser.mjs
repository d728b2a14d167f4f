// Stands for 'ts-morph' in the bundles: `ts` is a getter, so the parser is loaded by the first parse and not at start.
export { ts } from './lazy-typescript.cjs'
