// `openapi.json` of a layer that pulls and pushes whole sets of changes.
import type { LayerFile, SyncEntity, SyncPlan, SyncSchema } from './layer.ts'
import { type Json, jsonSchemaOf } from './wire.ts'

/** The file; it follows the schema. */
export function batchOpenApiFile(plan: SyncPlan, schema: SyncSchema): LayerFile {
  return { path: 'openapi.json', text: `${JSON.stringify(batchOpenApi(plan, schema), null, 2)}\n`, followsSchema: true }
}

/** The document. */
export function batchOpenApi(plan: SyncPlan, { entities, version }: SyncSchema): Json {
  return {
    openapi: '3.1.0',
    info: {
      title: `Sync of ${plan.store}`,
      version: String(version),
      description:
        'Two requests to one address: what is new comes, then what is new goes. Times are numbers that the server makes.',
    },
    servers: [{ url: plan.endpoint }],
    security: [{ token: [] }],
    paths: { '/sync': { get: pullOf(entities), post: pushOf(entities) } },
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      responses,
      schemas: Object.fromEntries(entities.flatMap(entity => schemasOf(entity, plan))),
    },
  }
}

const ref = (kind: string, name: string): Json => ({ $ref: `#/components/${kind}/${name}` })
const json = (schema: Json): Json => ({ 'application/json': { schema } })
const objectOf = (properties: Json, required: readonly string[] = Object.keys(properties)): Json => ({
  type: 'object',
  properties,
  required,
})

function pullOf(entities: readonly SyncEntity[]): Json {
  return {
    operationId: 'pullChanges',
    summary:
      'Everything that has changed for the user since `lastPulledAt`, the changes of this device included; all records without it.',
    parameters: [
      { name: 'lastPulledAt', in: 'query', schema: { type: 'number' } },
      { name: 'schemaVersion', in: 'query', required: true, schema: { type: 'integer' } },
      {
        name: 'migration',
        in: 'query',
        description: 'What the app has added since then: of these tables all records come, however old they are.',
        content: json(
          objectOf({
            from: { type: 'integer' },
            tables: { type: 'array', items: { type: 'string' } },
            columns: {
              type: 'array',
              items: objectOf({ table: { type: 'string' }, columns: { type: 'array', items: { type: 'string' } } }),
            },
          }),
        ),
      },
    ],
    responses: {
      200: {
        description: 'The changes, and the time of this answer: never the same or less after a change.',
        content: json(
          objectOf({
            timestamp: { type: 'number', exclusiveMinimum: 0 },
            changes: objectOf(
              tablesOf(entities, one => ref('schemas', `${one.typeName}Changes`)),
              [],
            ),
          }),
        ),
      },
      ...refused,
    },
  }
}

function pushOf(entities: readonly SyncEntity[]): Json {
  return {
    operationId: 'pushChanges',
    summary: 'Applies all changes or none.',
    description:
      'A record under `created` that exists, or that was deleted, is written as it is given. Records under `deleted` may be unknown.',
    parameters: [
      {
        name: 'Idempotency-Key',
        in: 'header',
        required: true,
        description: 'A key that was seen before gets the answer of then, and nothing is applied.',
        schema: { type: 'string' },
      },
    ],
    requestBody: {
      required: true,
      content: json(
        objectOf({
          lastPulledAt: { type: 'number' },
          changes: objectOf(
            tablesOf(entities, one => ref('schemas', `${one.typeName}Changes`)),
            [],
          ),
        }),
      ),
    },
    responses: {
      200: {
        description: 'Applied, but for the records that cannot be taken as they are.',
        content: json(
          objectOf(
            {
              rejected: objectOf(
                tablesOf(entities, one => ({ type: 'array', items: ref('schemas', `Rejected${one.typeName}`) })),
                [],
              ),
            },
            [],
          ),
        ),
      },
      409: { description: 'A record has changed or was deleted after `lastPulledAt`: pull first.' },
      422: { description: 'Not to be sent again as it is.' },
      ...refused,
    },
  }
}

const tablesOf = (entities: readonly SyncEntity[], make: (entity: SyncEntity) => Json): Json =>
  Object.fromEntries(entities.map(entity => [entity.name, make(entity)]))

function schemasOf({ typeName, fields }: SyncEntity, plan: SyncPlan): [string, Json][] {
  const record = ref('schemas', typeName)
  const properties = Object.fromEntries(fields.map(field => [field.name, jsonSchemaOf(field, plan)]))
  const records = { type: 'array', items: record }
  const id = { type: 'string', minLength: 1 }
  return [
    [typeName, objectOf({ id, ...properties })],
    [`${typeName}Changes`, objectOf({ created: records, updated: records, deleted: { type: 'array', items: id } })],
    [
      `Rejected${typeName}`,
      objectOf(
        {
          id,
          reason: { type: 'string' },
          record: { anyOf: [record, { type: 'null' }], description: 'As the server has it; null when it has none.' },
        },
        ['id', 'reason'],
      ),
    ],
  ]
}

const refused: Json = {
  401: ref('responses', 'SignedOut'),
  429: ref('responses', 'TooMany'),
  503: ref('responses', 'Unavailable'),
}

const retryAfter = { 'Retry-After': { description: 'Seconds, or a date.', schema: { type: 'string' } } }
const responses: Json = {
  SignedOut: { description: 'The token must be renewed.' },
  TooMany: { description: 'Later.', headers: retryAfter },
  Unavailable: { description: 'Later.', headers: retryAfter },
}
