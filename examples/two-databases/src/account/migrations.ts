import { addColumns, schemaMigrations } from '@nozbe/watermelondb/Schema/migrations'

export const accountMigrations = schemaMigrations({
  migrations: [
    { toVersion: 2, steps: [] },
    {
      toVersion: 3,
      steps: [addColumns({ table: 'users', columns: [{ name: 'last_login_at', type: 'number', isOptional: true }] })],
    },
  ],
})
