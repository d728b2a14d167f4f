// What the real library does about each mistake that it notices itself, by rule id, with an app that proves it.
import { exampleApp } from '../../src/core/engines/watermelondb/example-app.ts'
import type { Expectation } from './expectation.ts'
import { migrationExpectations } from './expectations/migrations.ts'
import { modelExpectations } from './expectations/models.ts'
import { queryExpectations } from './expectations/queries.ts'
import { schemaExpectations } from './expectations/schema.ts'
import { writerAndSyncExpectations } from './expectations/writers-and-sync.ts'

/** By rule id. Rules about what passes unnoticed until it hurts (silent loss, wrong values) are not here. */
export const expectations: Readonly<Record<string, Expectation>> = {
  ...schemaExpectations,
  ...migrationExpectations,
  ...modelExpectations,
  ...queryExpectations,
  ...writerAndSyncExpectations,
}

/** The files of one form of an expectation's own app. */
export const ownApp = (expectation: Expectation, form: 'wrong' | 'right'): Record<string, string> =>
  exampleApp(expectation[form])
