/**
 * The entry of the thread that reads the nodes of a PBF file: posts them as a table, then looks up the references
 * that it is sent, once. All arrays are shared; where anything fails, the thread that asked does the work again.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { lookUpReferences, readNodeTable } from '../read/osm/node-table.ts';
import { PbfFile } from '../read/osm/pbf-blobs.ts';

/** References to look up, and where their nodes go. */
export interface LookUp {
  refs: Float64Array;
  from: number;
  to: number;
  nodeOfRef: Uint32Array;
}

void serve(workerData as string);

async function serve(path: string): Promise<void> {
  const file = await PbfFile.open(path);
  try {
    const table = await readNodeTable(file);
    parentPort!.once('message', ({ refs, from, to, nodeOfRef }: LookUp) => {
      lookUpReferences(table, refs, from, to, nodeOfRef);
      parentPort!.postMessage('done');
    });
    parentPort!.postMessage(table);
  } finally {
    await file.close();
  }
}
