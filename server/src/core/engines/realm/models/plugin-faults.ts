// What is wrong with a class for @realm/babel-plugin, or without it.
import type { Located, Scope } from '../../../catalog/scope.ts'
import type { MemberFact } from '../../../facts/file-facts.ts'
import type { Evidence } from '../../../rules/rule.ts'
import type { Value } from '../../../source/value.ts'
import type { CodeOfFile, ModelClass } from '../types.ts'
import { isFromRealm } from './babel-plugin.ts'
import { hasLiteral, isCast } from './literal-value.ts'

/** What a fix needs: a class without a name, or a value that should be a literal and reaches to `end` with its cast. */
export type PluginFault =
  | { readonly kind: 'nameless'; readonly model: ModelClass; readonly scope: Scope }
  | { readonly kind: 'literal'; readonly written: Located; readonly end: number; readonly scope: Scope }

type Found = Evidence<PluginFault | undefined>

const keys: ReadonlySet<string> = new Set(['name', 'primaryKey', 'embedded', 'asymmetric'])

/** What the plugin refuses or ignores of a class that it translates. */
export function* pluginMisuse(code: CodeOfFile, model: ModelClass): Generator<Found> {
  const { file, fact } = model
  if (fact.name === 'default' && fact.superclass)
    yield {
      at: { file, span: fact.superclass.at },
      message: 'This class has no name, so @realm/babel-plugin crashes and stops the build. Give it a name.',
      data: { kind: 'nameless', model, scope: code.scope },
    }
  for (const member of fact.members) {
    if (!member.isStatic) {
      yield* mappedName(code, member)
      continue
    }
    if (member.kind !== 'property') continue
    if (member.name === 'schema')
      yield {
        at: { file, span: member.nameAt },
        message: `@realm/babel-plugin writes the schema of "${model.name}" from its members, and stops the build at a "static schema" of its own. Declare the properties as typed members instead.`,
      }
    const { initializer } = member
    if (!keys.has(member.name) || !initializer || isTaken(member)) continue
    yield {
      at: { file, span: initializer.at },
      message: `@realm/babel-plugin takes literals only, so this "${member.name}" is ignored without a word${effects[member.name] ?? ''}. Write the literal here.`,
      data: { kind: 'literal', written: { value: initializer, file }, end: endOf(member), scope: code.scope },
    }
  }
}

const effects: Readonly<Record<string, string>> = {
  primaryKey: ': the class has no primary key',
  name: ': the class is stored under its name in the code, which a build may shorten',
}

const isTaken = (member: MemberFact): boolean => {
  const wanted = member.name === 'name' || member.name === 'primaryKey' ? 'string' : 'boolean'
  // A value of the wrong kind is ignored as well, and stands for what it says.
  return hasLiteral(member) && (member.initializer?.kind === wanted || member.initializer?.kind === 'null')
}

function* mappedName({ scope, file }: CodeOfFile, member: MemberFact): Generator<Found> {
  for (const { callee, args, at } of member.decorators) {
    const name = decoratorName(scope, file, callee)
    const [first] = args ?? []
    const isWrapped = args?.length === 1 && isCast({ at, initializer: first })
    if (!name || !first || (first.kind === 'string' && !isWrapped)) continue
    yield {
      at: { file, span: first.at },
      message: `@realm/babel-plugin takes literals only, so this @${name} is ignored without a word${name === 'mapTo' ? `: "${member.name}" is stored under its own name` : ''}. Write the literal here.`,
      data: { kind: 'literal', written: { value: first, file }, end: isWrapped ? at.end - 1 : first.at.end, scope },
    }
  }
}

/** Decorators that are left to run, which they only do to throw. */
export function* strayDecorators({ scope, file }: CodeOfFile, { fact }: ModelClass, isOn: boolean): Generator<Found> {
  for (const member of fact.members)
    for (const { callee, at } of member.decorators) {
      const name = decoratorName(scope, file, callee)
      if (!name) continue
      yield {
        at: { file, span: at },
        message: isOn
          ? `@${name} throws when the app loads it, as @realm/babel-plugin does not see this class. Let it extend Realm.Object itself, as a class declaration in a TypeScript file.`
          : `@${name} throws when the app loads it without @realm/babel-plugin, which the Babel config does not name. Add the plugin, or write a "static schema".`,
      }
    }
}

/** `index` or `mapTo` where a decorator leads to an import of the library. */
function decoratorName(scope: Scope, file: string, callee: Value): string | undefined {
  const isIt = (name: string | undefined) => name === 'index' || name === 'mapTo'
  if (callee.kind === 'name')
    return isIt(callee.name) && isFromRealm(scope, file, callee.key ?? '') ? callee.name : undefined
  if (callee.kind !== 'member' || callee.of.kind !== 'name' || callee.of.name !== 'Realm') return undefined
  return isIt(callee.name) && isFromRealm(scope, file, callee.of.key ?? '') ? callee.name : undefined
}

/** Where the value of a member ends, with the cast behind it. */
const endOf = ({ at, initializer }: MemberFact): number =>
  initializer && isCast({ at, initializer }) ? at.end : initializer!.at.end
