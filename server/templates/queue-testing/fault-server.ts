// The server of the simulation: it applies an operation once per key, and each request that has no key.
import type { LoadOp, Payload, Request, Response } from './queue-under-test.ts'

export interface Applied {
  readonly marker: number
  readonly entityId: string
}

export interface FaultServer {
  readonly applied: readonly Applied[]
  rotateToken(): void
  token(): number
  handle(request: Request, token: number): Response
}

export function createFaultServer(): FaultServer {
  const applied: Applied[] = []
  const keys = new Set<string>()
  let currentToken = 1
  return {
    applied,
    token: () => currentToken,
    rotateToken: () => {
      currentToken += 1
    },
    handle: (request, token) => {
      if (token !== currentToken) return { status: 401 }
      if (request.key !== undefined && keys.has(request.key)) return { status: 200 }
      if (isPoison(request.payload)) return { status: 422 }
      if (request.key !== undefined) keys.add(request.key)
      for (const marker of markersOf(request.payload)) applied.push({ marker, entityId: request.entityId })
      return { status: 200 }
    },
  }
}

/** The numbers of the load's operations that a payload carries, the earliest first. */
export function markersOf(payload: Payload): number[] {
  const names = Object.keys(payload).filter(name => /^m\d+$/.test(name))
  return names.map(name => Number(name.slice(1))).sort((a, b) => a - b)
}

export function isPoison(payload: LoadOp['payload']): boolean {
  return payload['poison'] === true
}
