// Sizes in steps, so that small changes of what is inside do not reach what is outside.

/** The smallest multiple of `step` that is not below `size`. */
export const upTo = (size: number, step: number): number => Math.ceil(size / step) * step
