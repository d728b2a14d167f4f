import { appSchema, tableSchema } from '@nozbe/watermelondb'

export const accountSchema = appSchema({
  version: 3,
  tables: [
    tableSchema({
      name: 'users',
      columns: [
        { name: 'server_url', type: 'string' },
        { name: 'token', type: 'string' },
        { name: 'last_login_at', type: 'number', isOptional: true },
      ],
    }),
  ],
})
