import { addColumns, schemaMigrations } from '@nozbe/watermelondb/Schema/migrations'

export const migrations = schemaMigrations({
  migrations: [
    {
      toVersion: 2,
      steps: [addColumns({ table: 'notes', columns: [{ name: 'remind_at', type: 'string', isOptional: true }] })],
    },
  ],
})
