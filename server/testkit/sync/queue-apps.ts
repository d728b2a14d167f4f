// Small apps with a hand-written queue: the one that is copied from app to app, and one with nothing wrong.

const manifest = JSON.stringify({
  name: 'app',
  dependencies: {
    '@react-native-async-storage/async-storage': '2.2.0',
    '@react-native-community/netinfo': '11.4.1',
    axios: '1.13.0',
    'react-native': '0.83.1',
    'react-native-mmkv': '4.3.2',
    uuid: '9.0.1',
  },
  devDependencies: { jest: '29.7.0', typescript: '5.9.3' },
})

/** Stands where the packages would: a test that gets hold of one has failed. */
const notSimulated = (name: string) => ({
  [`node_modules/${name}/package.json`]: JSON.stringify({ name, version: '1.0.0', main: 'index.js' }),
  [`node_modules/${name}/index.js`]: `throw new Error('${name} was not replaced')\n`,
})

/** The packages of the apps, as files of `node_modules`. */
export const queuePackages: Readonly<Record<string, string>> = {
  ...notSimulated('@react-native-async-storage/async-storage'),
  ...notSimulated('@react-native-community/netinfo'),
  ...notSimulated('axios'),
  ...notSimulated('react-native'),
  ...notSimulated('react-native-mmkv'),
  ...notSimulated('expo-crypto'),
  ...notSimulated('expo-network'),
  ...notSimulated('uuid'),
}

/** The known sample, with what it leaves out: imports, `persistQueue`, `logFailedOperation`, and the export. */
export const sampleApp: Readonly<Record<string, string>> = {
  'package.json': manifest,
  'src/api.ts': `import axios from 'axios';

export const api = axios.create({ baseURL: 'https://api.example.com' });
`,
  'src/sync/SyncQueue.ts': `import AsyncStorage from '@react-native-async-storage/async-storage';
import NetInfo from '@react-native-community/netinfo';
import { v4 as uuid } from 'uuid';
import { api } from '../api';

interface SyncOperation {
  id: string;
  type: 'create' | 'update' | 'delete';
  entity: string;
  payload: any;
  timestamp: number;
  retryCount: number;
}

export class SyncQueue {
  private queue: SyncOperation[] = [];
  private isProcessing = false;

  async enqueue(operation: Omit<SyncOperation, 'id' | 'timestamp' | 'retryCount'>) {
    const op: SyncOperation = {
      ...operation,
      id: uuid(),
      timestamp: Date.now(),
      retryCount: 0,
    };
    this.queue.push(op);
    await this.persistQueue();
    this.processQueue();
  }

  private async processQueue() {
    if (this.isProcessing || this.queue.length === 0) return;

    const isOnline = await NetInfo.fetch().then(state => state.isConnected);
    if (!isOnline) return;

    this.isProcessing = true;

    while (this.queue.length > 0) {
      const operation = this.queue[0]!;
      try {
        await this.executeOperation(operation);
        this.queue.shift();
        await this.persistQueue();
      } catch (error) {
        operation.retryCount++;
        if (operation.retryCount >= 3) {
          this.queue.shift();
          await this.logFailedOperation(operation, error);
        }
        break;
      }
    }

    this.isProcessing = false;
  }

  private async executeOperation(operation: SyncOperation) {
    switch (operation.type) {
      case 'create':
        return api.post(\`/\${operation.entity}\`, operation.payload);
      case 'update':
        return api.put(\`/\${operation.entity}/\${operation.payload.id}\`, operation.payload);
      case 'delete':
        return api.delete(\`/\${operation.entity}/\${operation.payload.id}\`);
    }
  }

  private async persistQueue() {
    await AsyncStorage.setItem('sync_queue', JSON.stringify(this.queue));
  }

  private async logFailedOperation(operation: SyncOperation, error: unknown) {
    console.warn('Operation failed', operation.id, error);
  }
}
`,
}

/** A queue with nothing wrong, in one file and with no more than it needs. */
export const rightQueue = `import AsyncStorage from '@react-native-async-storage/async-storage';
import NetInfo from '@react-native-community/netinfo';
import { v4 as uuid } from 'uuid';

export interface NewOperation {
  readonly type: 'create' | 'update' | 'delete';
  readonly entity: string;
  readonly payload: { readonly id: string; readonly [field: string]: unknown };
}

interface Operation extends NewOperation {
  readonly key: string;
  attempts: number;
  nextAt: number;
}

interface Stored {
  readonly queue: Operation[];
  readonly dead: Operation[];
}

class HttpError extends Error {
  constructor(
    readonly status: number,
    readonly retryAfterMs: number,
  ) {
    super(\`The server answered \${status}\`);
  }
}

const storageKey = 'outbox';
const timeoutMs = 10_000;
const mostWaitMs = 60_000;
const permanent = [400, 404, 409, 410, 413, 422];

let queue: Operation[] = [];
let dead: Operation[] = [];
let isLoaded = false;
let isDirty = false;
let running: Promise<void> | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;
let saving: Promise<unknown> = Promise.resolve();

export async function start(): Promise<void> {
  const text = await AsyncStorage.getItem(storageKey);
  const stored: Stored = text === null ? { queue: [], dead: [] } : JSON.parse(text);
  queue = [...stored.queue, ...queue];
  dead = [...stored.dead, ...dead];
  isLoaded = true;
  NetInfo.addEventListener(state => {
    if (state.isConnected !== false) kick();
  });
  kick();
}

export async function enqueue({ type, entity, payload }: NewOperation): Promise<void> {
  const operation = { type, entity, payload: { ...payload }, key: uuid(), attempts: 0, nextAt: 0 };
  queue.push(operation);
  try {
    await save();
  } catch (error) {
    queue = queue.filter(one => one !== operation);
    throw error;
  }
  kick();
}

function kick(): void {
  running ??= drain()
    .catch(() => schedule(1000))
    .finally(() => {
      running = undefined;
    });
}

async function drain(): Promise<void> {
  if (!isLoaded) return;
  if (isDirty) await save();
  while (queue.length > 0) {
    const operation = queue[0]!;
    const wait = operation.nextAt - Date.now();
    if (wait > 0) return schedule(wait);
    // The listener goes on when the network returns.
    if ((await NetInfo.fetch()).isConnected === false) return;
    try {
      await send(operation);
    } catch (error) {
      if (error instanceof HttpError && permanent.includes(error.status)) {
        dead.push(operation);
        queue.shift();
      } else {
        operation.attempts += 1;
        operation.nextAt = Date.now() + waitAfter(operation.attempts, error);
      }
      await save();
      continue;
    }
    queue.shift();
    await save();
  }
}

function waitAfter(attempts: number, error: unknown): number {
  const asked = error instanceof HttpError ? error.retryAfterMs : 0;
  return Math.max(asked, 200 + Math.random() * Math.min(mostWaitMs, 500 * 2 ** attempts));
}

function schedule(delayMs: number): void {
  if (timer !== undefined) clearTimeout(timer);
  timer = setTimeout(kick, delayMs);
}

async function send({ type, entity, payload, key }: Operation): Promise<void> {
  const controller = new AbortController();
  const limit = setTimeout(() => controller.abort(), timeoutMs);
  const method = { create: 'POST', update: 'PUT', delete: 'DELETE' }[type];
  const path = type === 'create' ? entity : \`\${entity}/\${encodeURIComponent(payload.id)}\`;
  try {
    const response = await fetch(\`https://api.example.com/\${path}\`, {
      method,
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key },
      body: type === 'delete' ? undefined : JSON.stringify(payload),
      signal: controller.signal,
    });
    if (!response.ok) throw new HttpError(response.status, Number(response.headers.get('Retry-After') ?? 0) * 1000);
  } finally {
    clearTimeout(limit);
  }
}

/** One write after another, each with all that is known then. */
function save(): Promise<void> {
  const saved = saving.then(async () => {
    isDirty = true;
    await AsyncStorage.setItem(storageKey, JSON.stringify({ queue, dead } satisfies Stored));
    isDirty = false;
  });
  saving = saved.catch(() => undefined);
  return saved;
}
`

/** The same over MMKV and axios, as a class that is made once. */
export const rightClass = `import axios, { isAxiosError } from 'axios';
import NetInfo from '@react-native-community/netinfo';
import { AppState } from 'react-native';
import { createMMKV } from 'react-native-mmkv';
import { v4 as uuid } from 'uuid';

const storage = createMMKV({ id: 'outbox' });
const api = axios.create({ baseURL: 'https://api.example.com', timeout: 10_000 });
api.interceptors.request.use(config => {
  config.headers.set('Authorization', 'Bearer token');
  return config;
});

interface Entry {
  readonly id: string;
  readonly method: string;
  readonly url: string;
  readonly body: unknown;
  attempts: number;
  nextAt: number;
}

class Outbox {
  private queue: Entry[] = JSON.parse(storage.getString('queue') ?? '[]');
  private isDraining = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    NetInfo.addEventListener(({ isConnected }) => {
      if (isConnected !== false) this.kick();
    });
    AppState.addEventListener('change', state => {
      if (state === 'active') this.kick();
    });
    this.kick();
  }

  async enqueue(method: 'POST' | 'PUT' | 'DELETE', url: string, body: unknown): Promise<void> {
    const entry = { id: uuid(), method, url, body, attempts: 0, nextAt: 0 };
    this.keep([...this.queue, entry]);
    this.kick();
  }

  private kick() {
    this.drain().catch(() => this.schedule(1000));
  }

  private schedule(delayMs: number) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.kick(), delayMs);
  }

  private keep(queue: Entry[]) {
    storage.set('queue', JSON.stringify(queue));
    this.queue = queue;
  }

  private async drain() {
    if (this.isDraining) return;
    this.isDraining = true;
    try {
      while (this.queue.length > 0) {
        const [entry] = this.queue;
        const wait = entry!.nextAt - Date.now();
        if (wait > 0) return this.schedule(wait);
        try {
          await this.send(entry!);
        } catch (error) {
          const status = isAxiosError(error) ? error.response?.status : undefined;
          if (status !== 422) {
            const asked = isAxiosError(error) ? Number(error.response?.headers['retry-after'] ?? 0) * 1000 : 0;
            const attempts = entry!.attempts + 1;
            const nextAt = Date.now() + Math.max(asked, 200 + Math.random() * Math.min(60_000, 500 * 2 ** attempts));
            this.keep(this.queue.map(one => (one.id === entry!.id ? { ...one, attempts, nextAt } : one)));
            continue;
          }
          const dead: Entry[] = JSON.parse(storage.getString('dead-letters') ?? '[]');
          if (dead.every(one => one.id !== entry!.id)) storage.set('dead-letters', JSON.stringify([...dead, entry]));
        }
        this.keep(this.queue.filter(one => one.id !== entry!.id));
      }
    } finally {
      this.isDraining = false;
    }
  }

  private send({ id, method, url, body }: Entry) {
    const headers = { 'Idempotency-Key': id };
    switch (method) {
      case 'POST':
        return api.post(url, body, { headers });
      case 'PUT':
        return api.put(url, body, { headers });
      default:
        return api.delete(url, { headers });
    }
  }
}

export const outbox = new Outbox();
`

/** One that is given its storage and its server, in an app of Expo. */
export const rightGiven = `import { randomUUID } from 'expo-crypto';
import { addNetworkStateListener, getNetworkStateAsync } from 'expo-network';

interface Storage {
  getItem(key: string): Promise<string | null>;
  setItem(key: string, value: string): Promise<void>;
}

interface Api {
  post(url: string, data: unknown, config: { headers: Record<string, string>; timeout: number }): Promise<unknown>;
}

interface Change {
  readonly action: 'ADD' | 'CHANGE' | 'REMOVE';
  readonly table: string;
  readonly recordId: string;
  readonly data: Record<string, unknown>;
}

interface Pending extends Change {
  readonly id: string;
  failures: number;
  notBefore: number;
}

export class ChangeQueue {
  private pending: Pending[] = [];
  private refused: Pending[] = [];
  private draining: Promise<void> | undefined;
  private saving: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly storage: Storage,
    private readonly api: Api,
  ) {}

  async restore(): Promise<void> {
    const text = await this.storage.getItem('changes');
    if (text !== null) {
      const stored = JSON.parse(text);
      this.pending = [...stored.pending, ...this.pending];
      this.refused = stored.failed;
    }
    addNetworkStateListener(({ isConnected }) => {
      if (isConnected !== false) this.flush();
    });
    this.flush();
  }

  async record(change: Change): Promise<void> {
    const entry = { ...change, id: randomUUID(), failures: 0, notBefore: 0 };
    this.pending.push(entry);
    try {
      await this.save();
    } catch (error) {
      this.pending = this.pending.filter(one => one !== entry);
      throw error;
    }
    this.flush();
  }

  flush(): void {
    this.draining ??= this.drain()
      .catch(() => this.later(1000))
      .finally(() => {
        this.draining = undefined;
      });
  }

  private later(ms: number): void {
    setTimeout(() => this.flush(), ms);
  }

  private async drain(): Promise<void> {
    await this.save();
    while (this.pending.length > 0) {
      if ((await getNetworkStateAsync()).isConnected === false) return;
      const entry = this.pending[0]!;
      if (entry.notBefore > Date.now()) return this.later(entry.notBefore - Date.now());
      try {
        await this.api.post(\`/changes/\${entry.action}\`, entry, { headers: { 'X-Request-Id': entry.id }, timeout: 8000 });
      } catch (error) {
        if ((error as { response?: { status: number } }).response?.status !== 422) {
          entry.failures += 1;
          // Longer than the server ever asks for.
          entry.notBefore = Date.now() + 5100 + Math.random() * Math.min(60_000, 300 * 2 ** entry.failures);
          await this.save();
          continue;
        }
        this.refused.push(entry);
      }
      this.pending.shift();
      await this.save();
    }
  }

  private save(): Promise<void> {
    const saved = this.saving.then(() =>
      this.storage.setItem('changes', JSON.stringify({ pending: this.pending, failed: this.refused })),
    );
    this.saving = saved.catch(() => undefined);
    return saved;
  }
}
`

/** The app around a queue of functions. */
export const rightApp = (queue: string = rightQueue): Readonly<Record<string, string>> => ({
  'package.json': manifest,
  'src/sync/outbox.ts': queue,
})
