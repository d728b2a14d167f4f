import { appSchema, tableSchema } from '@nozbe/watermelondb'

export const catalogueSchema = appSchema({
  version: 1,
  tables: [
    tableSchema({
      name: 'users',
      columns: [
        { name: 'nickname', type: 'string' },
        { name: 'avatar_url', type: 'string', isOptional: true },
      ],
    }),
    tableSchema({
      name: 'reviews',
      columns: [
        { name: 'user_id', type: 'string', isIndexed: true },
        { name: 'stars', type: 'number' },
        { name: 'created_at', type: 'number' },
      ],
    }),
  ],
})
