// WatermelonDB for tests, which tells whether a writer is about to begin.
import { Database } from '@nozbe/watermelondb'

type Work<Kind extends 'write' | 'read', T> = (around: Parameters<Parameters<Database[Kind]>[0]>[0]) => Promise<T>

/** Writers and readers wait for each other, and each begins with a timer of its own: how long a queue takes cannot be known. */
export class WatchedDatabase extends Database {
  private asked = 0
  private running = 0

  /**
   * True between the end of one writer or reader and the begin of the next. False while one runs: what it still waits
   * for is then an answer or the clock, both of which are the test's.
   */
  get isNextDue(): boolean {
    return this.asked > 0 && this.running === 0
  }

  override write<T>(work: Work<'write', T>, description?: string): Promise<T> {
    return this.watch(() => super.write(around => this.run(() => work(around)), description))
  }

  override read<T>(work: Work<'read', T>, description?: string): Promise<T> {
    return this.watch(() => super.read(around => this.run(() => work(around)), description))
  }

  private async watch<T>(ask: () => Promise<T>): Promise<T> {
    this.asked += 1
    try {
      return await ask()
    } finally {
      this.asked -= 1
    }
  }

  private async run<T>(work: () => Promise<T>): Promise<T> {
    this.running += 1
    try {
      return await work()
    } finally {
      this.running -= 1
    }
  }
}
