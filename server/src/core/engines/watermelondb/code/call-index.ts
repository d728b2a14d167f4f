// All calls of a file by name, without the big literals of schemas and migrations.
import { createCallIndexes } from '../../../catalog/call-index.ts'
import { dataCalls } from '../sites.ts'

/** The index of a file's calls. Data about tables is not walked. */
export const callIndex = createCallIndexes(name => dataCalls.has(name))
