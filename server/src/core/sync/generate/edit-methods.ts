// What apps call to change a record, in layers whose `edit` stores an operation beside the data.

/** The methods `create`, `update` and `remove`, as they stand in the result of `createAppSync`. */
export const editMethods = `    create: async (entity, values, id = options.newId()) => {
      await edit({ kind: 'create', entity, entityId: id, payload: given(values) })
      return id
    },
    update: (entity, id, values) => edit({ kind: 'update', entity, entityId: id, payload: given(values) }),
    remove: (entity, id) => edit({ kind: 'delete', entity, entityId: id, payload: {} }),`

/** What they call. */
export const givenFunction = `/** The fields that have a value; \`undefined\` is no value in JSON. */
function given(values: object): JsonObject {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as JsonObject
}`
