/**
 * A worker thread for streets that is started before there is anything for it to do: it loads its code while this
 * thread reads other files. Asked to, it reads the nodes of a PBF file while this thread reads the ways; then it
 * is given away, for tasks (`pool.ts`).
 */
import type { Worker } from 'node:worker_threads';
import type { NodeTable } from '../read/osm/node-table.ts';
import type { NodeHelper } from '../read/osm/pbf-streets.ts';
import { startStreetWorker } from './pool.ts';
import type { LookUp, ReadNodes } from './street-worker.ts';
import { nextAnswer } from './worker-answer.ts';

export class StreetHelper {
  private worker: Worker | undefined = startStreetWorker();

  /** For `readOsm`. What is asked of it when it is closed is given up, and the thread with it. */
  readonly readNodes = (path: string): NodeHelper => {
    this.worker ??= startStreetWorker();
    const { worker } = this;
    worker.ref();
    let isBusy = false;
    const ask = async <Answer>(question: ReadNodes | LookUp): Promise<Answer> => {
      isBusy = true;
      const answer = nextAnswer<Answer>(worker);
      worker.postMessage(question);
      const found = await answer;
      isBusy = false;
      return found;
    };
    return {
      table: ask<NodeTable>({ nodesOf: path }),
      async lookUp(refs, from, to, nodeOfRef) {
        await ask<'done'>({ refs, from, to, nodeOfRef });
      },
      close: async () => {
        worker.unref();
        if (!isBusy) return;
        this.worker = undefined;
        await worker.terminate();
      },
    };
  };

  /** Gives the thread away. */
  release(): Worker {
    const worker = this.worker ?? startStreetWorker();
    this.worker = undefined;
    return worker;
  }

  async end(): Promise<void> {
    await this.worker?.terminate();
    this.worker = undefined;
  }
}
