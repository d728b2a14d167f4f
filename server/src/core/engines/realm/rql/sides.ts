// The two sides of a comparison.
import type { Operand } from './operand.ts'
import type { RqlCompare } from './syntax.ts'

/** A comparison, with what is known of its sides. */
export interface Sides extends Pick<RqlCompare, 'at' | 'left' | 'operator' | 'operatorAt' | 'ignoreCase' | 'right'> {
  readonly leftOperand: Operand | undefined
  readonly rightOperand: Operand | undefined
}
