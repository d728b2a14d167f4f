// An instance is made anew at every render.
import type { Fix, FixContext, Rule } from '../../../rules/rule.ts'
import { type Value, walkValue } from '../../../source/value.ts'
import { contains, type Span } from '../../../text/span.ts'
import { addImport } from '../../../write/add-import.ts'
import { styleOf } from '../../../write/style.ts'
import { renderedAs } from '../code/renders.ts'
import { mmkv3, mmkv4 } from '../example-app.ts'
import { nameOfOpening } from '../openings/compare-openings.ts'
import type { OpeningInStore } from '../types.ts'

export const instanceInRender: Rule<OpeningInStore, OpeningInStore> = {
  id: 'mmkv/instance-in-render',
  severity: 'warning',
  early: true,
  on: 'opening',
  docs: {
    what: '`createMMKV()` or `new MMKV()` runs in the body of a component or of a hook. Not where it runs once: in `useMemo`, `useState`, `useRef`, `??=`, in a branch or in a handler.',
    why: 'Each call makes a native object and a listener for memory warnings, at every render.',
    fix: 'Moves the instance out of the function; where its options come from inside, uses the hook `useMMKV`, which keeps it.',
  },
  *check(subject) {
    const { opening, scope } = subject
    const { fact, value, kind } = opening
    if (opening.isTest || (kind !== 'new' && kind !== 'create') || fact.isConditional === true) return
    const name = renderedAs(scope, value.file, fact.fn)
    if (name === undefined || !runsAtOnce(fact.value, value.value)) return
    // `ref.current = createMMKV()`, `storage ??= createMMKV()`: it may stand behind a test.
    if (fact.use === 'assigned' && fact.into === undefined) return
    yield {
      at: nameOfOpening(opening),
      message: `"${name}" makes a new instance at every render, each with a native object and a listener of its own. Make it once, outside of the function, or use the hook "useMMKV".`,
      data: subject,
    }
  },
  fix({ data: { opening, scope } }, context) {
    const { value, file } = opening.value
    const module = scope.module(file)
    if (!module || opening.fact.into === undefined || !opening.isOuter) return undefined
    const isLocal = [...walkValue(value)].some(part => isLocalName(part, module.bindings))
    return isLocal ? useHook(opening, module, context) : moveOut(opening, module, context)
  },
  examples: [
    {
      name: 'in a component',
      project: mmkv4,
      files: {
        'src/Settings.tsx': `import { Text } from 'react-native'
import { createMMKV } from 'react-native-mmkv'

/** Shows the name. */
export function Settings() {
  const storage = createMMKV({ id: 'settings' })
//                ^^^^^^^^^^ at every render
  return <Text>{storage.getString('name')}</Text>
}
`,
      },
      fixed: {
        'src/Settings.tsx': `import { Text } from 'react-native'
import { createMMKV } from 'react-native-mmkv'

const storage = createMMKV({ id: 'settings' })

/** Shows the name. */
export function Settings() {
  return <Text>{storage.getString('name')}</Text>
}
`,
      },
    },
    {
      name: 'in a hook, with an id from outside',
      project: mmkv3,
      files: {
        'src/use-user.ts': `import { MMKV } from 'react-native-mmkv'

export const useUser = (id: string) => {
  const storage = new MMKV({ id })
//                    ^^^^ at every render
  return storage.getString('name')
}
`,
      },
      fixed: {
        'src/use-user.ts': `import { MMKV, useMMKV } from 'react-native-mmkv'

export const useUser = (id: string) => {
  const storage = useMMKV({ id })
  return storage.getString('name')
}
`,
      },
    },
    {
      name: 'once for each component, in handlers, in other functions',
      project: mmkv4,
      files: {
        'src/Settings.tsx': `import { useMemo, useRef, useState } from 'react'
import { Button } from 'react-native'
import { createMMKV, useMMKV } from 'react-native-mmkv'

const outside = createMMKV()
export function Settings({ id }: { id: string }) {
  const kept = useMemo(() => createMMKV({ id }), [id])
  const [first] = useState(() => createMMKV({ id }))
  const second = useRef(createMMKV())
  const third = useRef<ReturnType<typeof createMMKV>>(null)
  third.current ??= createMMKV()
  const hooked = useMMKV({ id })
  return <Button title={kept.getString('name') ?? ''} onPress={() => createMMKV({ id }).clearAll()} />
}
export function openFor(id: string) {
  return createMMKV({ id })
}
export function OpenStorage() {
  const storage = createMMKV({ id: 'x' })
  return storage
}
`,
      },
    },
  ],
}

type Bindings = Readonly<Record<string, { readonly fn?: number; readonly param?: unknown; readonly name: string }>>
type Module = Parameters<typeof addImport>[2] & {
  readonly bindings: Readonly<
    Record<
      string,
      { readonly fn?: number; readonly param?: unknown; readonly name: string; readonly statementAt?: Span }
    >
  >
}

/** True where the call runs whenever the expression around it does, and its instance is not given to a function that may keep it. */
function runsAtOnce(outer: Value, call: Value): boolean {
  if (outer === call) return true
  if (outer.kind === 'call') return runsAtOnce(outer.callee, call)
  return outer.kind === 'member' ? runsAtOnce(outer.of, call) : false
}

const isLocalName = (part: Value, bindings: Bindings): boolean => {
  if (part.kind === 'function' || part.kind === 'this' || part.kind === 'unknown') return true
  const binding = part.kind === 'name' && part.key !== undefined ? bindings[part.key] : undefined
  return binding !== undefined && (binding.fn !== undefined || binding.param !== undefined)
}

/** Moves `const storage = createMMKV(…)` above the statement of the function it stands in. */
function moveOut(
  { fact, value: { value, file } }: OpeningInStore['opening'],
  module: Module,
  context: FixContext,
): Fix | undefined {
  const text = context.text(file)
  const binding = module.bindings[fact.into ?? '']
  const statement = Object.values(module.bindings).find(
    one => one.fn === undefined && one.statementAt && contains(one.statementAt, value.at),
  )?.statementAt
  if (text === undefined || !binding || !statement) return undefined
  const isTaken = Object.values(module.bindings).filter(one => one.name === binding.name).length > 1
  const start = text.lastIndexOf('\n', value.at.start - 1) + 1
  const end = text.indexOf('\n', value.at.end) + 1
  const line = text.slice(start, end)
  if (isTaken || end === 0 || !/^\s*const [\w$]+(?:\s*:[^=\n]+)? = $/.test(text.slice(start, value.at.start)))
    return undefined
  if (!/^;?\s*$/.test(text.slice(value.at.end, end))) return undefined
  const { newline } = styleOf(text)
  const above = startWithComments(text, statement.start)
  const indent = /^\s*/.exec(line)?.[0] ?? ''
  const moved = text.slice(start, end).trim().replaceAll(`\n${indent}`, '\n')
  return {
    title: `Move "${binding.name}" out of the function`,
    safe: false,
    edits: [
      { file, start: above, end: above, text: `${moved}${newline}${newline}` },
      { file, start, end, text: '' },
    ],
  }
}

/** Comments right above a statement belong to it. */
function startWithComments(text: string, start: number): number {
  let at = start
  for (;;) {
    const before = text.lastIndexOf('\n', at - 2) + 1
    if (at === 0 || !/^\s*(?:\/\/|\/\*|\*)/.test(text.slice(before, at))) return at
    at = before
  }
}

/** Calls `useMMKV` with the same options. */
function useHook(
  { config, value: { value, file } }: OpeningInStore['opening'],
  module: Module,
  context: FixContext,
): Fix | undefined {
  const text = context.text(file)
  if (text === undefined || !config || value.args.length !== 1) return undefined
  const style = styleOf(text)
  const imports = addImport(file, text, module, { from: 'react-native-mmkv', names: ['useMMKV'] }, style)
  const start = value.at.start
  const edits = [...imports, { file, start, end: value.argsAt.start, text: 'useMMKV' }]
  return { title: 'Use the hook "useMMKV"', safe: false, edits }
}
