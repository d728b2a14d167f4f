import { tableSchema } from '@nozbe/watermelondb'
import { Tables } from '~/db/tables'

export default tableSchema({
  name: Tables.people,
  columns: [
    { name: 'name', type: 'string' },
    { name: 'email', type: 'string', isOptional: true },
  ],
})
