// Writes an operation of the simulator, `op`, as the arguments that a person's own queue takes.
import type { Parameter, TypeShape } from '../../prove/type-shape.ts'
import { payloadName } from '../../words.ts'
import { literal, propertyName } from '../names.ts'

/** The arguments for the parameters. What cannot be told is a call of `fillIn`, which says what is missing. */
export function argumentsText(parameters: readonly Parameter[], takes: string): string {
  if (parameters.length === 0)
    return fillIn(`Hand the operation over as ${takes} takes it, with the fields of op.payload in it.`)
  const [first] = parameters
  const needed = parameters.filter((one, index) => index === 0 || !one.isOptional || isKnown(one))
  if (needed.length === 1 && first && isWhole(first))
    return first.type.kind === 'object'
      ? objectText(first.type.members, takes)
      : fillIn(`Hand the operation over as ${takes} takes it, with the fields of op.payload in it.`)
  const values = needed.map(one => valueText(one, needed, takes))
  const line = values.join(', ')
  return line.length < longest ? line : `\n${values.map(value => `        ${value},\n`).join('')}      `
}

/** How long arguments may be that stand on one line. */
const longest = 80

/** True for a parameter that is all there is of an operation, and not its payload alone. */
const isWhole = ({ name, type }: Parameter): boolean => {
  if (type.kind !== 'object') return !payloadName.test(name) && type.kind !== 'text'
  return type.members.some(one => roleOf(one.name) !== undefined)
}

const isKnown = (one: Parameter): boolean => roleOf(one.name) !== undefined

function objectText(members: readonly Parameter[], takes: string): string {
  const carries = members.some(one => roleOf(one.name) === 'payload')
  const lines = members
    .filter(one => !one.isOptional || isKnown(one))
    .map(one => `        ${propertyName(one.name)}: ${valueText(one, members, takes)},`)
  // Without a payload of its own, the operation carries the fields beside the others.
  if (!carries) lines.push('        ...op.payload,')
  return `{\n${lines.join('\n')}\n      }`
}

type Role = 'kind' | 'method' | 'entity' | 'id' | 'url' | 'payload' | 'time' | 'status'

const roles: readonly (readonly [Role, RegExp])[] = [
  ['method', /^(?:method|verb|http_?method)$/i],
  ['kind', /^(?:type|kind|action|op|operation|op_?type|operation_?type|change_?type)$/i],
  [
    'entity',
    /^(?:entity|entity_?(?:type|name)|table|table_?name|collection|resource|resource_?type|model|model_?name)$/i,
  ],
  ['id', /^(?:_?id|uuid|(?:entity|record|doc|document|item|local|resource|target|object)_?id)$/i],
  ['url', /^(?:url|uri|endpoint|path|route)$/i],
  ['payload', payloadName],
  ['time', /^(?:timestamp|time|created_?at|queued_?at|enqueued_?at|updated_?at)$/i],
  ['status', /^(?:status|state)$/i],
]

const roleOf = (name: string): Role | undefined => roles.find(([, pattern]) => pattern.test(name))?.[0]

function valueText(parameter: Parameter, siblings: readonly Parameter[], takes: string): string {
  const { name, type } = parameter
  const missing = () => fillIn(`Say what "${name}" is when ${takes} is called.`)
  if (type.kind === 'literals') return literalsText(name, type.values) ?? missing()
  if (type.kind === 'object' && roleOf(name) !== 'payload' && isWhole(parameter)) return objectText(type.members, takes)
  switch (roleOf(name)) {
    case 'method':
      return methods
    case 'kind':
      return type.kind === 'unknown' ? missing() : 'op.kind'
    case 'entity':
      return type.kind === 'unknown' ? missing() : 'op.entity'
    case 'id':
      return isOperationId(name, siblings) ? operationId : 'op.entityId'
    case 'url':
      return address
    case 'payload':
      return payloadText(type)
    case 'time':
      return type.kind === 'text' ? 'new Date().toISOString()' : 'Date.now()'
    default:
      return plainText(type) ?? missing()
  }
}

const operationId = `\`op-\${Object.keys(op.payload).join('-')}\``
const address = `op.kind === 'create' ? \`/\${op.entity}\` : \`/\${op.entity}/\${op.entityId}\``
const methods = "({ create: 'POST', update: 'PUT', delete: 'DELETE' } as const)[op.kind]"

const payloadText = (type: TypeShape): string => {
  const fields = '{ ...op.payload, id: op.entityId }'
  return type.kind === 'text' ? `JSON.stringify(${fields})` : fields
}

/** True for the `id` of an operation that names its record elsewhere. */
const isOperationId = (name: string, siblings: readonly Parameter[]): boolean =>
  /^_?(?:id|uuid)$/i.test(name) &&
  siblings.some(one => one.name !== name && (roleOf(one.name) === 'id' || roleOf(one.name) === 'payload'))

const kindWords = {
  create: /^(?:create|add|insert|post|new)/i,
  update: /^(?:update|edit|put|patch|set|change|modify|upsert)/i,
  delete: /^(?:delete|remove|del|destroy)/i,
}

/** The words of a type for the three kinds of operations; else one of the words where any will do. */
function literalsText(name: string, values: readonly string[]): string | undefined {
  const of = (kind: keyof typeof kindWords) =>
    values.find(value => value === kind) ?? values.find(value => kindWords[kind].test(value))
  const [create, update, remove] = [of('create'), of('update'), of('delete')]
  if (create !== undefined && update !== undefined && remove !== undefined)
    return create === 'create' && update === 'update' && remove === 'delete'
      ? 'op.kind'
      : `({ create: ${literal(create)}, update: ${literal(update)}, delete: ${literal(remove)} } as const)[op.kind]`
  const role = roleOf(name)
  if (role === 'kind' || role === 'method') return undefined
  const [first] = values
  const waiting = values.find(value => /^(?:pending|queued|waiting|new|idle)$/i.test(value))
  return first === undefined ? undefined : literal(waiting ?? first)
}

function plainText(type: TypeShape): string | undefined {
  if (type.kind === 'number') return '0'
  if (type.kind === 'boolean') return 'false'
  return type.kind === 'list' ? '[]' : undefined
}

const fillIn = (sentence: string): string => `fillIn(${literal(sentence)})`
