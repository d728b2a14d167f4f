// What the templates of this folder use of React and React Native, for their own check.

declare module 'react' {
  export type ReactElement = object
  export function useSyncExternalStore<T>(subscribe: (listener: () => void) => () => void, get: () => T): T
  export function useEffect(effect: () => (() => void) | undefined, watched: readonly unknown[]): void
  export function useState<T>(initial: T): [T, (next: T) => void]
  export function useCallback<T>(callback: T, watched: readonly unknown[]): T
}

declare module 'react-native' {
  import type { ReactElement } from 'react'

  interface ViewProps {
    readonly style?: object
    readonly children?: unknown
    readonly accessibilityRole?: 'header' | 'button' | 'list' | 'alert'
    readonly accessibilityLabel?: string
    readonly accessibilityHint?: string
    readonly accessibilityLiveRegion?: 'none' | 'polite' | 'assertive'
  }
  export function View(props: ViewProps): ReactElement
  export function Text(props: ViewProps): ReactElement
  export function Pressable(
    props: ViewProps & { readonly onPress: () => void; readonly disabled?: boolean },
  ): ReactElement
  export function FlatList<T>(
    props: ViewProps & {
      readonly data: readonly T[]
      readonly keyExtractor: (item: T) => string
      readonly renderItem: (info: { readonly item: T }) => ReactElement
      readonly ListEmptyComponent?: ReactElement
    },
  ): ReactElement
  export const StyleSheet: { create<T>(styles: T): T }
}

declare module 'react/jsx-runtime' {
  export namespace JSX {
    type Element = object
    interface ElementChildrenAttribute {
      children: unknown
    }
    interface IntrinsicAttributes {
      key?: string
    }
  }
}
