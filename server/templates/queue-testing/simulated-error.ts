// What goes wrong in a simulation is expected; where nobody catches it, the report must say so and not show our own code.

/** Takes the place of the error's stack, which jest shows for a promise that failed with nobody to catch it. */
export function simulated<E extends Error>(error: E): E {
  error.stack = `${error.name}: ${error.message} (simulated). A promise of the queue failed with this, and nobody caught it.`
  return error
}
