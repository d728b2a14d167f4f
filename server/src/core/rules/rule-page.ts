// Where the page of a rule is read. The one place that knows the address.

const pages = 'https://github.com/offline-storage/offline-storage/blob/main/docs/rules'

/** The address of the page of rule `id` (`engine/name`). */
export const rulePage = (id: string): string => `${pages}/${id}.md`
