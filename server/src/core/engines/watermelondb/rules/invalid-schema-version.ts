// The schema's version is not a number above 0.
import type { Rule } from '../../../rules/rule.ts'
import type { Place } from '../../../text/span.ts'
import { exampleApp } from '../example-app.ts'
import { isJavaScript } from '../is-javascript.ts'
import { setVersion } from '../migrations/write-migration.ts'
import type { WatermelonStore } from '../types.ts'

export const invalidSchemaVersion: Rule<WatermelonStore, { readonly at: Place | undefined }> = {
  id: 'watermelondb/invalid-schema-version',
  severity: 'error',
  on: 'store',
  docs: {
    what: 'The `version` of `appSchema` is not above 0. A version that is not given at all is reported in JavaScript only.',
    why: 'Development builds throw `Schema version must be greater than 0`. A release build takes an empty file of version 0 for a finished database and creates no table: every query fails with `no such table`.',
    fix: 'Sets the version to 1, the first one there is.',
  },
  *check({ schema }) {
    if (!schema) return
    const { version, versionEntry, call } = schema
    if (version && !(version.value > 0))
      yield {
        at: version.at,
        message: `Version ${version.value} is not above 0: a release build never creates the tables and every query fails with "no such table". Versions begin at 1.`,
        data: { at: version.at },
      }
    if (versionEntry || !schema.complete || !isJavaScript(call.file) || call.value.args.length === 0) return
    yield {
      at: { file: call.file, span: call.value.callee.at },
      message:
        'This schema has no version: the app throws "Schema version must be greater than 0" when it starts. Add "version: 1".',
      data: { at: undefined },
    }
  },
  fix({ data }) {
    return data.at && { title: 'Set the version to 1', safe: true, edits: [setVersion(data.at, 1)] }
  },
  examples: [
    {
      name: 'version 0',
      files: {
        'src/db/schema.ts': `import { appSchema } from '@nozbe/watermelondb'
export const schema = appSchema({
  version: 0,
  //       ^ is not above 0
  tables: [],
})
`,
      },
      fixed: {
        'src/db/schema.ts': `import { appSchema } from '@nozbe/watermelondb'
export const schema = appSchema({
  version: 1,
  tables: [],
})
`,
      },
    },
    {
      name: 'a constant of another file',
      files: {
        'src/db/version.ts': `export const version = -1
//                     ^^ is not above 0
`,
        'src/db/schema.ts': `import { appSchema } from '@nozbe/watermelondb'
import { version } from './version'
export const schema = appSchema({ version, tables: [] })
`,
      },
    },
    {
      name: 'no version in JavaScript',
      files: {
        'src/db/schema.js': `const { appSchema } = require('@nozbe/watermelondb')
const schema = appSchema({ tables: [] })
//             ^^^^^^^^^ has no version
module.exports = { schema }
`,
      },
    },
    { name: 'version 1', files: exampleApp({ version: 1 }) },
    {
      name: 'a version that is not known, and one that the compiler misses',
      files: {
        'src/db/schema.ts': `import { appSchema } from '@nozbe/watermelondb'
export const a = appSchema({ version: next(), tables: [] })
export const b = appSchema({ tables: [] })
`,
        'src/db/spread.js': `import { appSchema } from '@nozbe/watermelondb'
export const c = appSchema({ ...common(), tables: [] })
`,
      },
    },
  ],
}
