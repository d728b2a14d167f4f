// Stand-ins for packages that an app imports and that the oracle does not install: React runs effects at once.

/** What an app gets for a package. */
export function standIn(specifier: string): unknown {
  if (specifier === 'react') return react
  if (specifier === 'react/jsx-runtime' || specifier === 'react/jsx-dev-runtime') return jsxRuntime
  return anything
}

const react = {
  __esModule: true,
  useEffect: (effect: () => unknown) => void effect(),
  useLayoutEffect: (effect: () => unknown) => void effect(),
  useCallback: (callback: unknown) => callback,
  useMemo: (make: () => unknown) => make(),
  useState: (initial: unknown) => [typeof initial === 'function' ? initial() : initial, () => undefined],
  useRef: (current: unknown) => ({ current }),
  default: {},
}
react.default = react

/** Rendering an element presses it: every handler is called once, without an event. */
const element = (_type: unknown, props: Record<string, unknown> | null): object => {
  for (const [name, handler] of Object.entries(props ?? {}))
    if (/^on[A-Z]/.test(name) && typeof handler === 'function') handler()
  return {}
}
const jsxRuntime = { __esModule: true, jsx: element, jsxs: element, jsxDEV: element, Fragment: 'Fragment' }

/** A function with every property, each of which is the same again; not a promise. */
const anything: unknown = new Proxy(function anything() {}, {
  get: (_target, key) =>
    key === '__esModule' ? true : typeof key === 'symbol' || key === 'then' ? undefined : anything,
  apply: () => anything,
  construct: () => anything as object,
})
