import { tableSchema } from '@nozbe/watermelondb'
import { Tables } from '~/db/tables'
import { timestamps } from '~/db/tables/timestamps'

export default tableSchema({
  name: Tables.projects,
  columns: [
    { name: 'name', type: 'string' },
    { name: 'is_archived', type: 'boolean' },
    { name: 'settings', type: 'string', isOptional: true },
    ...timestamps,
  ],
})
