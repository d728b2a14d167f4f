// A pull that ends with the adoption of what the server was never told of.
import type { Transport } from './types.ts'

/** What adopts: it is asked when everything was pulled, so that what the server has under the same key is known. */
export interface Adopting {
  adoptAll(): Promise<void>
}

/** The transport, whose pull ends with the adoption of what the server does not have. */
export function adoptingTransport(transport: Transport, adoption: Adopting): Transport {
  const { pull } = transport
  if (pull === undefined) return transport
  return {
    ...transport,
    pull: async signal => {
      await pull(signal)
      // A pull that was cut off has not told everything.
      if (!signal.aborted) await adoption.adoptAll()
    },
  }
}
