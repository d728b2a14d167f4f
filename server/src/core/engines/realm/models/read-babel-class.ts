// What `@realm/babel-plugin` 0.2.0 makes of the members of a class (its `src/plugin/index.ts`).
import type { Named } from '../../../catalog/catalog.ts'
import type { Located, Scope } from '../../../catalog/scope.ts'
import type { DecoratorFact } from '../../../facts/file-facts.ts'
import { normaliseObject, typeText } from '../schema/normalize.ts'
import type { DroppedMember, Member, ModelClass, Property } from '../types.ts'
import { isFromRealm } from './babel-plugin.ts'
import { droppedMember } from './dropped-member.ts'
import { hasLiteral, isCast } from './literal-value.ts'
import type { StaticMember } from './read-model-class.ts'
import { realmNames } from './realm-names.ts'
import { memberType, type RealmType } from './realm-type.ts'

/** The schema that the plugin writes for a class. */
export interface BabelClass {
  readonly name: Named
  readonly primaryKey: Named | undefined
  readonly embedded: boolean
  readonly asymmetric: boolean
  readonly properties: readonly Property[]
  readonly dropped: readonly DroppedMember[]
}

/** Reads a class as the plugin does; `staticOf` gives its own static members. */
export function readBabelClass(scope: Scope, model: ModelClass): BabelClass {
  const names = realmNames(scope, model.file)
  const own = (name: string): StaticMember | undefined => ownStatic(model, name)
  const primaryKey = literalText(own('primaryKey'))
  const properties: Property[] = []
  const dropped: DroppedMember[] = []
  for (const member of model.members) {
    // The plugin sees nothing of what other classes declare.
    if (member.fact.kind !== 'property' || member.file !== model.file || !isWithin(member, model)) continue
    if (!isPlainKey(member)) continue
    const type = memberType(member, names)
    const wrong = droppedMember(scope, member, type, names)
    if (wrong) dropped.push(wrong)
    if (type) properties.push(propertyOf(scope, member, type, primaryKey?.text))
  }
  return {
    name: literalText(own('name')) ?? { text: model.name, at: model.nameAt },
    primaryKey,
    embedded: literalTrue(own('embedded')),
    asymmetric: literalTrue(own('asymmetric')),
    properties,
    dropped,
  }
}

const isWithin = ({ fact }: Member, model: ModelClass): boolean => model.fact.members.includes(fact)

/** Quoted, computed and private keys are skipped. */
const isPlainKey = ({ fact: { name, nameAt } }: Member): boolean =>
  /^[A-Za-z_$][\w$]*$/.test(name) && nameAt.end - nameAt.start === name.length

function ownStatic({ fact, file }: ModelClass, name: string): StaticMember | undefined {
  const member = fact.members.find(one => one.isStatic && one.name === name && one.kind === 'property')
  if (!member?.initializer) return undefined
  return { fact: member, at: { file, span: member.at }, value: { value: member.initializer, file } }
}

const literalText = (member: StaticMember | undefined): Named | undefined =>
  member?.value.value.kind === 'string' && member.fact && hasLiteral(member.fact)
    ? { text: member.value.value.text, at: { file: member.value.file, span: member.value.value.at } }
    : undefined

const literalTrue = (member: StaticMember | undefined): boolean =>
  member?.value.value.kind === 'boolean' &&
  member.value.value.value &&
  member.fact !== undefined &&
  hasLiteral(member.fact)

function propertyOf(scope: Scope, member: Member, type: RealmType, primaryKey: string | undefined): Property {
  const { fact, file, nameAt, at } = member
  const name: Named = { text: fact.name, at: nameAt }
  const isPrimary = fact.name === primaryKey
  const mapTo = decoratorText(scope, member, 'mapTo')
  const indexText = decoratorText(scope, member, 'index')
  const isIndexed = hasDecorator(scope, member, 'index')
  const index = indexText ? indexText.text === 'full-text' && 'full-text' : isIndexed || isPrimary
  const optional = fact.isOptional || type.optional === true
  const { shape, refusal } = normaliseObject(
    {
      type: type.type,
      objectType: type.objectType,
      property: type.property,
      ...(optional && { optional }),
      isPrimaryKey: isPrimary,
    },
    12,
  )
  const typeAt = fact.type ? { file, span: fact.type.at } : nameAt
  const persisted = mapTo?.text ? mapTo : name
  return {
    name,
    persisted,
    form: 'member',
    shape,
    type: shape && { text: typeText(shape), at: typeAt },
    optional: shape?.optional ?? false,
    index,
    indexed: index !== false,
    ...(isPrimary && { isPrimary }),
    fault: refusal && { ...refusal, at: typeAt },
    mapTo: mapTo?.text ? mapTo : undefined,
    default: fact.initializer && { value: fact.initializer, file },
    entry: undefined,
    declared: undefined,
    entries: new Map(),
    unclear: false,
    member,
    at,
  }
}

/** `@index` or `@Realm.index`, called or not, that leads to an import of the library. */
function findDecorator(scope: Scope, { fact, file }: Member, name: string): DecoratorFact | undefined {
  return fact.decorators.find(({ callee }) => {
    if (callee.kind === 'name') return callee.name === name && isFromRealm(scope, file, callee.key ?? '')
    if (callee.kind !== 'member' || callee.name !== name || callee.of.kind !== 'name') return false
    return callee.of.name === 'Realm' && isFromRealm(scope, file, callee.of.key ?? '')
  })
}

const hasDecorator = (scope: Scope, member: Member, name: string): boolean => {
  const found = findDecorator(scope, member, name)
  return found !== undefined && found.args === undefined
}

function decoratorText(scope: Scope, member: Member, name: string): Named | undefined {
  const found = findDecorator(scope, member, name)
  const argument = found?.args?.[0]
  if (found && isCast({ at: found.at, initializer: argument })) return undefined
  const located: Located | undefined = argument && { value: argument, file: member.file }
  return argument?.kind === 'string' && located
    ? { text: argument.text, at: { file: member.file, span: argument.at } }
    : undefined
}
