// The storage of the phone: it takes its time, refuses a write now and then, and outlives the process.
import { never, type Process } from './process.ts'
import { type Environment, ProcessDied, StorageFault } from './queue-under-test.ts'
import { simulated } from './simulated-error.ts'
import type { VirtualClock } from './virtual-clock.ts'

export interface DiskOptions {
  readonly clock: VirtualClock
  readonly random: () => number
  isFaulty(): boolean
  /** Throws the dice whether the process dies now. */
  mayCrash(): boolean
  die(): void
  /** Called where a write is refused. */
  onRefused(): void
}

export type Disk = Pick<Environment, 'files' | 'read' | 'write' | 'persist' | 'refuse' | 'pause'>

const storageFaultChance = 0.01

/** Gives each process its view of one disk. */
export function createDisk({ clock, random, isFaulty, mayCrash, die, onRefused }: DiskOptions): (own: Process) => Disk {
  const files = new Map<string, string>()

  function refuse(): never {
    onRefused()
    throw simulated(new StorageFault('The storage refused a write: the database is locked'))
  }

  return own => {
    const pause = () =>
      new Promise<void>(resolve => {
        clock.set(Math.floor(random() * 4), () => own.isAlive && resolve())
      })
    const persist = (change: () => void): void => {
      if (!own.isAlive) throw new ProcessDied()
      if (isFaulty() && random() < storageFaultChance) refuse()
      const dies = mayCrash()
      const isWritten = !dies || random() < 0.5
      if (isWritten) change()
      if (!dies) return
      die()
      throw new ProcessDied()
    }
    return {
      files,
      persist,
      refuse,
      pause,
      read: async get => {
        await pause()
        return get()
      },
      write: async change => {
        await pause()
        try {
          persist(change)
        } catch (error) {
          if (error instanceof ProcessDied) return never()
          throw error
        }
        await pause()
      },
    }
  }
}
