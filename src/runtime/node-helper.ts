/** Starts the thread that reads the nodes of a PBF file while this one reads its ways; see `node-worker.ts`. */
import { Worker } from 'node:worker_threads';
import type { NodeTable } from '../read/osm/node-table.ts';
import type { NodeHelper } from '../read/osm/pbf-streets.ts';
import type { LookUp } from './node-worker.ts';
import { nextAnswer } from './worker-answer.ts';
import { workerUrl } from './worker-url.ts';

export function startNodeHelper(path: string): NodeHelper {
  const worker = new Worker(workerUrl('node-worker.js'), { workerData: path });
  return {
    table: nextAnswer<NodeTable>(worker),
    async lookUp(refs, from, to, nodeOfRef) {
      const answer = nextAnswer<'done'>(worker);
      worker.postMessage({ refs, from, to, nodeOfRef } satisfies LookUp);
      await answer;
    },
    async close() {
      await worker.terminate();
    },
  };
}
