import { tableSchema } from '@nozbe/watermelondb'
import { Tables } from '~/db/tables'
import { timestamps } from '~/db/tables/timestamps'

export default tableSchema({
  name: Tables.tasks,
  columns: [
    { name: 'project_id', type: 'string', isIndexed: true },
    { name: 'assignee_id', type: 'string', isIndexed: true, isOptional: true },
    { name: 'title', type: 'string' },
    { name: 'is_done', type: 'boolean' },
    { name: 'due_at', type: 'number', isOptional: true },
    { name: 'estimate', type: 'number', isOptional: true },
    ...timestamps,
  ],
})
