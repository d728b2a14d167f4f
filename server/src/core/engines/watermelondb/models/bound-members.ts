// The members of a model that its decorators bind to columns, relations and children.

import type { Named } from '../../../catalog/catalog.ts'
import type { Located } from '../../../catalog/scope.ts'
import type { Model, ModelMember } from '../types.ts'

/** A property bound to a column. `literal` is the decorator's argument as written, maybe a constant. */
export interface BoundField {
  readonly member: ModelMember
  readonly decorator: 'field' | 'text' | 'date' | 'json'
  readonly column: Named
  readonly literal: Located
}

/** A property bound to another table by a key column of its own table. */
export interface BoundRelation {
  readonly member: ModelMember
  readonly target: Named | undefined
  readonly key: Named | undefined
  readonly targetLiteral: Located
  readonly keyLiteral: Located
}

/** A property that stands for the records of another table that point here. */
export interface BoundChildren {
  readonly member: ModelMember
  readonly target: Named
  readonly literal: Located
}

/** Members as records have them: what a class declares hides what its base classes declare under the same name. */
export function visibleMembers(model: Model): readonly ModelMember[] {
  const owners = new Map<string, string>()
  return model.members.filter(member => {
    const place = `${member.file}#${member.owner}`
    if (!owners.has(member.name)) owners.set(member.name, place)
    return owners.get(member.name) === place
  })
}

/** Properties with `@field`, `@text`, `@date` or `@json` whose column is known. */
export function boundFields(model: Model): readonly BoundField[] {
  return visibleMembers(model).flatMap(member => {
    const { binding, column } = member
    const literal = binding?.args?.[0]
    const name = binding?.name
    if (!column || !literal || (name !== 'field' && name !== 'text' && name !== 'date' && name !== 'json')) return []
    return [{ member, decorator: name, column, literal }]
  })
}

/** Properties with `@relation` or `@immutableRelation` that have both arguments. */
export function boundRelations(model: Model): readonly BoundRelation[] {
  return visibleMembers(model).flatMap(member => {
    const { binding, target, column } = member
    const [targetLiteral, keyLiteral] = binding?.args ?? []
    if ((binding?.name !== 'relation' && binding?.name !== 'immutableRelation') || !targetLiteral || !keyLiteral)
      return []
    return [{ member, target, key: column, targetLiteral, keyLiteral }]
  })
}

/** Properties with `@children` whose table is known. */
export function boundChildren(model: Model): readonly BoundChildren[] {
  return visibleMembers(model).flatMap(member => {
    const { binding, target } = member
    const literal = binding?.args?.[0]
    return binding?.name === 'children' && target && literal ? [{ member, target, literal }] : []
  })
}
