import { appSchema } from '@nozbe/watermelondb'
import people from './tables/people'
import projects from './tables/projects'
import tasks from './tables/tasks'

export default appSchema({ version: 4, tables: [projects, tasks, people] })
