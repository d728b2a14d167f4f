// What is known of the type of a parameter: enough to write a value for it.

export interface Parameter {
  readonly name: string
  readonly isOptional: boolean
  readonly type: TypeShape
}

export type TypeShape =
  | { readonly kind: 'object'; readonly members: readonly Parameter[] }
  | { readonly kind: 'literals'; readonly values: readonly string[] }
  | { readonly kind: 'text' | 'number' | 'boolean' | 'list' | 'any' | 'unknown' }
