// `schema.graphql` of a layer with an outbox: one mutation for each kind of operation, and pages of changes.
import type { LayerFile, SyncEntity, SyncSchema } from '../layer.ts'
import { lowerFirst } from '../names.ts'
import { graphqlTypeOf, jsonScalar } from './types.ts'

/** The server's side of the contract; it follows the schema. */
export function outboxSchemaFile({ entities }: SyncSchema): LayerFile {
  const text = `# What the server of the sync must offer. Names of fields are those of the app.

${jsonScalar}

type Query {
  "What has changed for the signed-in user behind the checkpoint, oldest first; from the beginning when it is null."
  changes(checkpoint: String, limit: Int!): ChangesPage!
${entities.map(({ typeName }) => `  "Null when it was deleted or never existed."\n  ${lowerFirst(typeName)}(id: ID!): ${typeName}Record`).join('\n')}
}

"""
Each mutation carries an Idempotency-Key in its header; a key that was seen before gets the answer of then, and nothing
is applied. Where the record has another version than \`baseVersion\`, the error's code is CONFLICT.
"""
type Mutation {
${entities.map(mutationsOf).join('\n')}
}

type ChangesPage {
  "Where the next page begins."
  checkpoint: String!
  hasMore: Boolean!
  changes: Changes!
}

type Changes {
${entities.map(({ path, typeName }) => `  ${path}: ${typeName}Changes`).join('\n')}
}

${entities.map(entityTypes).join('\n')}`
  return { path: 'schema.graphql', text, followsSchema: true }
}

function mutationsOf({ typeName }: SyncEntity): string {
  return `  create${typeName}(id: ID!, values: ${typeName}Input!, stamp: String): ${typeName}Record!
  "Fields that are not given stay as they are."
  update${typeName}(id: ID!, values: ${typeName}Patch!, baseVersion: String, stamp: String): ${typeName}Record!
  "True as well when there is no such record any more."
  delete${typeName}(id: ID!, baseVersion: String): Boolean!`
}

function entityTypes({ typeName, fields }: SyncEntity): string {
  const lines = fields.map(field => `  ${field.name}: ${graphqlTypeOf(field)}`).join('\n')
  const patch = fields.map(field => `  ${field.name}: ${graphqlTypeOf({ ...field, optional: true })}`).join('\n')
  return `type ${typeName} {
${lines}
}

input ${typeName}Input {
${lines}
}

input ${typeName}Patch {
${patch}
}

type ${typeName}Record {
  id: ID!
  "Another one after each change."
  version: String!
  "The time of the last edit by the hybrid logical clock."
  stamp: String
  values: ${typeName}!
}

type ${typeName}Changes {
  upserted: [${typeName}Record!]!
  deleted: [ID!]!
}
`
}

/** The query for changes, and by entity the four documents that its operations need. */
export function outboxDocumentsFile({ entities }: SyncSchema): LayerFile {
  const recordOf = ({ fields }: SyncEntity) =>
    `id version stamp values { ${fields.map(field => field.name).join(' ')} }`
  const text = `// The queries and mutations of the sync; the server's side of them is in schema.graphql.
import { gql } from '@apollo/client'
import type { EntityDocuments } from './graphql/graphql-remote'

export const changes = gql\`
  query Changes($checkpoint: String, $limit: Int!) {
    changes(checkpoint: $checkpoint, limit: $limit) {
      checkpoint
      hasMore
      changes {
${entities.map(entity => `        ${entity.path} { upserted { ${recordOf(entity)} } deleted }`).join('\n')}
      }
    }
  }
\`

export const documents: Readonly<Record<string, EntityDocuments>> = {
${entities
  .map(entity => {
    const { name, typeName } = entity
    const record = recordOf(entity)
    return `  ${name}: {
    fetch: gql\`
      query ${typeName}($id: ID!) {
        record: ${lowerFirst(typeName)}(id: $id) { ${record} }
      }
    \`,
    create: gql\`
      mutation Create${typeName}($id: ID!, $values: ${typeName}Input!, $stamp: String) {
        record: create${typeName}(id: $id, values: $values, stamp: $stamp) { ${record} }
      }
    \`,
    update: gql\`
      mutation Update${typeName}($id: ID!, $values: ${typeName}Patch!, $baseVersion: String, $stamp: String) {
        record: update${typeName}(id: $id, values: $values, baseVersion: $baseVersion, stamp: $stamp) { ${record} }
      }
    \`,
    delete: gql\`
      mutation Delete${typeName}($id: ID!, $baseVersion: String) {
        isDeleted: delete${typeName}(id: $id, baseVersion: $baseVersion)
      }
    \`,
  },`
  })
  .join('\n')}
}
`
  return { path: 'documents.ts', text, followsSchema: true }
}
