// `schema.graphql` of a layer that pulls and pushes whole sets of changes.
import type { LayerFile, SyncEntity, SyncSchema } from '../layer.ts'
import { graphqlTypeOf, jsonScalar } from './types.ts'

/** The server's side of the contract; it follows the schema. */
export function batchSchemaFile({ entities }: SyncSchema): LayerFile {
  const text = `# What the server of the sync must offer. Names of tables and columns are those of the app.

${jsonScalar}

type Query {
  """
  Everything that has changed for the signed-in user since \`lastPulledAt\`, the changes of this device included; all
  records when it is null. Of the tables and columns in \`migration\` all records come, however old they are.
  """
  pullChanges(lastPulledAt: Float, schemaVersion: Int!, migration: MigrationInput): PulledChanges!
}

type Mutation {
  """
  Applies all changes or none. An Idempotency-Key that was seen before gets the answer of then, and nothing is applied.
  Where a record has changed or was deleted after \`lastPulledAt\`, the error's code is CONFLICT.
  A record under \`created\` that exists, or that was deleted, is written as it is given; records under \`deleted\` may be unknown.
  """
  pushChanges(lastPulledAt: Float!, changes: ChangesInput!): PushedChanges!
}

"What a migration of the app has added since the last pull."
input MigrationInput {
  from: Int!
  tables: [String!]!
  columns: [AddedColumnsInput!]!
}

input AddedColumnsInput {
  table: String!
  columns: [String!]!
}

type PulledChanges {
  "The server's time of this answer; never the same or less after a change."
  timestamp: Float!
  changes: Changes!
}

type Changes {
${entities.map(({ name, typeName }) => `  ${name}: ${typeName}Changes`).join('\n')}
}

input ChangesInput {
${entities.map(({ name, typeName }) => `  ${name}: ${typeName}ChangesInput`).join('\n')}
}

type PushedChanges {
  "Records that cannot be taken as they are; all others were applied."
  rejected: RejectedChanges
}

type RejectedChanges {
${entities.map(({ name, typeName }) => `  ${name}: [Rejected${typeName}!]`).join('\n')}
}

${entities.map(entityTypes).join('\n')}`
  return { path: 'schema.graphql', text, followsSchema: true }
}

function entityTypes({ typeName, fields }: SyncEntity): string {
  const lines = ['  id: ID!', ...fields.map(field => `  ${field.name}: ${graphqlTypeOf(field)}`)].join('\n')
  return `type ${typeName} {
${lines}
}

input ${typeName}Input {
${lines}
}

type ${typeName}Changes {
  created: [${typeName}!]!
  updated: [${typeName}!]!
  deleted: [ID!]!
}

input ${typeName}ChangesInput {
  created: [${typeName}Input!]!
  updated: [${typeName}Input!]!
  deleted: [ID!]!
}

type Rejected${typeName} {
  id: ID!
  reason: String!
  "The record as the server has it; null when it has none."
  record: ${typeName}
}
`
}

/** The query and the mutation, as the app sends them. */
export function batchDocumentsFile({ entities }: SyncSchema): LayerFile {
  const fieldsOf = ({ fields }: SyncEntity) => ['id', ...fields.map(field => field.name)].join(' ')
  const text = `// The query and the mutation of the sync; the server's side of them is in schema.graphql.
import { gql } from '@apollo/client'

export const pullChanges = gql\`
  query PullChanges($lastPulledAt: Float, $schemaVersion: Int!, $migration: MigrationInput) {
    pullChanges(lastPulledAt: $lastPulledAt, schemaVersion: $schemaVersion, migration: $migration) {
      timestamp
      changes {
${entities
  .map(
    entity => `        ${entity.name} {
          created { ${fieldsOf(entity)} }
          updated { ${fieldsOf(entity)} }
          deleted
        }`,
  )
  .join('\n')}
      }
    }
  }
\`

export const pushChanges = gql\`
  mutation PushChanges($lastPulledAt: Float!, $changes: ChangesInput!) {
    pushChanges(lastPulledAt: $lastPulledAt, changes: $changes) {
      rejected {
${entities.map(entity => `        ${entity.name} { id reason record { ${fieldsOf(entity)} } }`).join('\n')}
      }
    }
  }
\`
`
  return { path: 'documents.ts', text, followsSchema: true }
}
