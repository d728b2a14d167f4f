// All calls of a file by name, and what each function is given to.
import { createCallIndexes } from '../../../catalog/call-index.ts'

/** The index of a file's calls. */
export const callIndex = createCallIndexes()
