import { addColumns, createTable, schemaMigrations, unsafeExecuteSql } from '@nozbe/watermelondb/Schema/migrations'
import { Tables } from '~/db/tables'

// Newest first. Names of columns are written out: a step stays as it was when it was released.
export default schemaMigrations({
  migrations: [
    {
      toVersion: 4,
      steps: [addColumns({ table: Tables.tasks, columns: [{ name: 'estimate', type: 'number', isOptional: true }] })],
    },
    {
      toVersion: 3,
      steps: [
        createTable({
          name: Tables.people,
          columns: [
            { name: 'name', type: 'string' },
            { name: 'email', type: 'string', isOptional: true },
          ],
        }),
        addColumns({
          table: Tables.tasks,
          columns: [{ name: 'assignee_id', type: 'string', isIndexed: true, isOptional: true }],
        }),
      ],
    },
    {
      toVersion: 2,
      steps: [
        addColumns({ table: Tables.projects, columns: [{ name: 'is_archived', type: 'boolean' }] }),
        unsafeExecuteSql('create index if not exists "tasks_project_id" on "tasks" ("project_id");'),
      ],
    },
  ],
})
