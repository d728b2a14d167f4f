// The objects that a record links to and that the server does not know yet: they must be sent first.
import type { EntityRef, JsonObject, JsonValue } from '../sync/types.ts'
import type { Serialisers } from './serialisers.ts'

export function linksOf(serialisers: Serialisers, entity: string, payload: JsonObject): EntityRef[] {
  const { properties } = serialisers.classOf(entity)
  return Object.entries(payload).flatMap(([name, value]) => {
    const target = properties[name]?.objectType
    if (target === undefined || !serialisers.isLinked(target)) return []
    return keysIn(value)
      .filter(entityId => serialisers.find(target, entityId)?.['_version'] === null)
      .map(entityId => ({ entity: target, entityId }))
  })
}

function keysIn(value: JsonValue): string[] {
  if (value === null) return []
  if (Array.isArray(value)) return value.flatMap(keysIn)
  return typeof value === 'object' ? Object.values(value as JsonObject).flatMap(keysIn) : [String(value)]
}
