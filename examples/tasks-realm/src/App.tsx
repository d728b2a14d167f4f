import { RealmProvider } from './db'
import { TaskList } from './screens/TaskList'

export const App = () => (
  <RealmProvider>
    <TaskList />
  </RealmProvider>
)
