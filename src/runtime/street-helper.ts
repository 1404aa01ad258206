/**
 * A worker thread for streets that may be started before there is anything for it to do: it loads its code while this
 * thread reads other files. Then it answers questions (`street-questions.ts`) while this thread does something else;
 * at last it is given away, for tasks (`pool.ts`).
 */
import { statSync } from 'node:fs';
import type { Worker } from 'node:worker_threads';
import type { NodeTable } from '../read/osm/node-table.ts';
import type { NodeHelper } from '../read/osm/pbf-streets.ts';
import { readCacheEntry } from './cache-entry.ts';
import { startStreetWorker } from './pool.ts';
import type { StreetAnswers, StreetQuestion } from './street-questions.ts';
import type { AskedQuestion } from './street-worker.ts';

/** A file of the cache that is shorter is read sooner than another thread can be asked. */
const LEAST_SHARED_BYTES = 8 * 1024 * 1024;

export class StreetHelper {
  private thread: HelperThread | undefined;

  /** Starts the thread ahead of the first question. */
  start(): this {
    this.runningThread();
    return this;
  }

  /** Rejects where the thread fails; a new one takes the next question. */
  ask<Kind extends StreetQuestion['kind']>(
    question: Extract<StreetQuestion, { kind: Kind }>,
  ): Promise<StreetAnswers[Kind]> {
    return this.runningThread().ask(question) as Promise<StreetAnswers[Kind]>;
  }

  /** Reads a file of the cache: on the thread if one is there anyway and the file of some size, else on this one. */
  readonly readCacheEntry = (path: string): Promise<SharedArrayBuffer | undefined> => {
    const isWorthwhile = this.thread !== undefined && sizeOf(path) >= LEAST_SHARED_BYTES;
    if (!isWorthwhile) return readCacheEntry(path);
    return this.ask({ kind: 'cache-entry', path }).catch(() => readCacheEntry(path));
  };

  /** For `readOsm`. What is asked of it when it is closed is given up, and the thread with it. */
  readonly readNodes = (path: string): NodeHelper => {
    const table: Promise<NodeTable> = this.ask({ kind: 'nodes', path });
    const { thread } = this;
    return {
      table,
      lookUp: async (refs, from, to, nodeOfRef) => {
        await this.ask({ kind: 'references', refs, from, to, nodeOfRef });
      },
      close: async () => {
        if (thread?.isBusy === true) await thread.end();
      },
    };
  };

  /** Gives the thread away, which must have answered all. */
  release(): Worker {
    const thread = this.runningThread();
    this.thread = undefined;
    return thread.release();
  }

  end(): void {
    void this.thread?.end();
    this.thread = undefined;
  }

  private runningThread(): HelperThread {
    if (this.thread?.hasFailed !== false) this.thread = new HelperThread();
    return this.thread;
  }
}

/** One worker, and the questions that it has not answered. Waiting for an answer keeps the process alive. */
class HelperThread {
  hasFailed = false;
  private readonly worker = startStreetWorker();
  private readonly waiting = new Map<
    number,
    { resolve: (answer: unknown) => void; reject: (error: Error) => void }
  >();
  private lastId = 0;

  constructor() {
    this.worker.on('message', this.take);
    this.worker.on('error', this.fail);
    this.worker.on('exit', this.onExit);
    this.worker.unref();
  }

  get isBusy(): boolean {
    return this.waiting.size > 0;
  }

  ask(question: StreetQuestion): Promise<unknown> {
    const id = ++this.lastId;
    const answer = new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
    });
    answer.catch(() => {}); // Thrown where it is waited for.
    this.worker.ref();
    this.worker.postMessage({ id, question } satisfies AskedQuestion);
    return answer;
  }

  release(): Worker {
    this.worker.off('message', this.take);
    this.worker.off('error', this.fail);
    this.worker.off('exit', this.onExit);
    return this.worker;
  }

  async end(): Promise<void> {
    this.hasFailed = true;
    await this.worker.terminate();
  }

  private readonly take = ({ id, answer }: { id: number; answer: unknown }): void => {
    this.waiting.get(id)!.resolve(answer);
    this.waiting.delete(id);
    if (!this.isBusy) this.worker.unref();
  };

  private readonly onExit = (code: number): void => {
    this.fail(new Error(`a worker thread ended with code ${code}`));
  };

  private readonly fail = (error: Error): void => {
    this.hasFailed = true;
    for (const { reject } of this.waiting.values()) reject(error);
    this.waiting.clear();
  };
}

/** Bytes; 0 where there is no such file. */
function sizeOf(path: string): number {
  try {
    return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  } catch {
    return 0;
  }
}
