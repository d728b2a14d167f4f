// The types of Nitro that react-native-mmkv 4 names, as in react-native-nitro-modules 0.31.
export interface HybridObject<Platforms extends object = object> {
  readonly __type?: string
  readonly name: string
  readonly __platforms?: Platforms
  toString(): string
  equals(other: HybridObject): boolean
  dispose(): void
}
