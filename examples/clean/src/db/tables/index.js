export const Tables = {
  projects: 'projects',
  tasks: 'tasks',
  people: 'people',
}
