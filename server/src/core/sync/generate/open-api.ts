// `openapi.json` of a layer: what the server must offer, in OpenAPI 3.1.
import type { LayerFile, SyncEntity, SyncPlan, SyncSchema } from './layer.ts'
import { type Json, jsonSchemaOf } from './wire.ts'

/** The file; it follows the schema. */
export function openApiFile(plan: SyncPlan, schema: SyncSchema): LayerFile {
  return { path: 'openapi.json', text: `${JSON.stringify(openApi(plan, schema), null, 2)}\n`, followsSchema: true }
}

/** The document. */
export function openApi(plan: SyncPlan, { entities, version }: SyncSchema): Json {
  return {
    openapi: '3.1.0',
    info: {
      title: `Sync of ${plan.store}`,
      version: String(version),
      description:
        'Each write carries an `Idempotency-Key`: a server applies it once, and answers a repeated one with the record as it is now. Versions are opaque texts that a write changes.',
    },
    servers: [{ url: plan.endpoint }],
    security: [{ token: [] }],
    paths: {
      ...Object.fromEntries(entities.flatMap(entity => pathsOf(entity))),
      '/changes': changes(entities),
    },
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      parameters,
      responses,
      headers: { ETag: { description: 'The version in quotes.', schema: { type: 'string' } } },
      schemas: {
        ...Object.fromEntries(entities.flatMap(entity => schemasOf(entity, plan))),
        Problem: {
          type: 'object',
          description: 'RFC 9457.',
          properties: { title: { type: 'string' }, status: { type: 'integer' }, detail: { type: 'string' } },
        },
      },
    },
  }
}

const ref = (kind: string, name: string): Json => ({ $ref: `#/components/${kind}/${name}` })
const json = (schema: Json): Json => ({ 'application/json': { schema } })

function pathsOf({ path, typeName }: SyncEntity): [string, Json][] {
  const refused = {
    401: ref('responses', 'SignedOut'),
    422: ref('responses', 'Refused'),
    429: ref('responses', 'TooMany'),
    503: ref('responses', 'Unavailable'),
  }
  const record = {
    description: 'The record as it is now.',
    headers: { ETag: ref('headers', 'ETag') },
    content: json(ref('schemas', `${typeName}Record`)),
  }
  return [
    [
      `/${path}`,
      {
        post: {
          operationId: `create${typeName}`,
          summary: `Makes a record with the id that the client has made.`,
          parameters: [ref('parameters', 'IdempotencyKey')],
          requestBody: { required: true, content: json(ref('schemas', `${typeName}Create`)) },
          responses: { 201: record, 409: ref('responses', 'Conflict'), ...refused },
        },
      },
    ],
    [
      `/${path}/{id}`,
      {
        parameters: [ref('parameters', 'Id')],
        get: {
          operationId: `get${typeName}`,
          responses: {
            200: record,
            401: refused[401],
            404: ref('responses', 'Gone'),
            429: refused[429],
            503: refused[503],
          },
        },
        patch: {
          operationId: `update${typeName}`,
          summary: 'Changes the given fields, if the version is still the one that the edit was made on.',
          parameters: [ref('parameters', 'IdempotencyKey'), ref('parameters', 'IfMatch')],
          requestBody: { required: true, content: json(ref('schemas', `${typeName}Update`)) },
          responses: {
            200: record,
            404: ref('responses', 'Gone'),
            409: ref('responses', 'Conflict'),
            412: ref('responses', 'Changed'),
            ...refused,
          },
        },
        delete: {
          operationId: `delete${typeName}`,
          summary: 'Deletes the record and keeps a tombstone for the feed of changes.',
          parameters: [ref('parameters', 'IdempotencyKey'), ref('parameters', 'IfMatch')],
          responses: {
            204: { description: 'Deleted.' },
            404: ref('responses', 'Gone'),
            412: ref('responses', 'Changed'),
            ...refused,
          },
        },
      },
    ],
  ]
}

function schemasOf({ typeName, fields }: SyncEntity, plan: SyncPlan): [string, Json][] {
  const properties = Object.fromEntries(fields.map(field => [field.name, jsonSchemaOf(field, plan)]))
  const required = fields.filter(field => !field.optional).map(field => field.name)
  const stamp = { type: ['string', 'null'], description: "The hybrid logical clock's time of the edit." }
  const values = ref('schemas', typeName)
  return [
    [typeName, { type: 'object', properties, required }],
    [
      `${typeName}Create`,
      { type: 'object', properties: { id: { type: 'string' }, values, stamp }, required: ['id', 'values'] },
    ],
    [
      `${typeName}Update`,
      { type: 'object', properties: { values: { type: 'object', properties }, stamp }, required: ['values'] },
    ],
    [
      `${typeName}Record`,
      {
        type: 'object',
        properties: { id: { type: 'string' }, version: { type: 'string' }, values, stamp },
        required: ['id', 'version', 'values'],
      },
    ],
  ]
}

/** The feed: every record that has changed behind the checkpoint, in the order of its last change. */
function changes(entities: readonly SyncEntity[]): Json {
  const properties = Object.fromEntries(
    entities.map(({ path, typeName }) => [
      path,
      {
        type: 'object',
        properties: {
          upserted: { type: 'array', items: ref('schemas', `${typeName}Record`) },
          deleted: { type: 'array', items: { type: 'string' } },
        },
        required: ['upserted', 'deleted'],
      },
    ]),
  )
  return {
    get: {
      operationId: 'listChanges',
      summary: 'What has changed behind the checkpoint, each record once and as it is now; deleted ones by id.',
      parameters: [
        { name: 'since', in: 'query', description: 'The checkpoint of the page before.', schema: { type: 'string' } },
        { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1 } },
      ],
      responses: {
        200: {
          description: 'A page.',
          content: json({
            type: 'object',
            properties: {
              changes: { type: 'object', properties },
              checkpoint: { type: 'string', minLength: 1 },
              hasMore: { type: 'boolean' },
            },
            required: ['changes', 'checkpoint', 'hasMore'],
          }),
        },
        401: ref('responses', 'SignedOut'),
        429: ref('responses', 'TooMany'),
        503: ref('responses', 'Unavailable'),
      },
    },
  }
}

const parameters: Json = {
  Id: { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    required: true,
    description: 'Made once for each edit and the same in every attempt.',
    schema: { type: 'string' },
  },
  IfMatch: {
    name: 'If-Match',
    in: 'header',
    description: 'The version that the edit was made on, in quotes.',
    schema: { type: 'string' },
  },
}

const problem = { 'application/problem+json': { schema: ref('schemas', 'Problem') } }
const retryAfter = { 'Retry-After': { description: 'Seconds, or a date.', schema: { type: 'string' } } }

const responses: Json = {
  SignedOut: {
    description: 'The token is missing or too old. The client renews it and sends again.',
    content: problem,
  },
  Gone: { description: 'There is no such record, or it has been deleted.', content: problem },
  Conflict: {
    description:
      'There is a record with this id already. With the header `Idempotency-Key` of the request it was made by this very request.',
    headers: { 'Idempotency-Key': { schema: { type: 'string' } } },
    content: problem,
  },
  Changed: { description: 'The record has another version. The client fetches it and decides.', content: problem },
  Refused: { description: 'The record breaks a rule. The client keeps the operation and shows it.', content: problem },
  TooMany: { description: 'Too many requests.', headers: retryAfter, content: problem },
  Unavailable: { description: 'Try again later.', headers: retryAfter, content: problem },
}
