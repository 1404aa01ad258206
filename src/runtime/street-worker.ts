/**
 * The entry of a worker thread for streets. It may be asked for the nodes of a PBF file, which it posts as a table,
 * and then to look up references among them; all arrays are shared, and where anything fails, the thread that asked
 * does the work again. What it gets at last are tasks.
 */
import { parentPort } from 'node:worker_threads';
import { lookUpReferences, type NodeTable, readNodeTable } from '../read/osm/node-table.ts';
import { PbfFile } from '../read/osm/pbf-blobs.ts';
import { type StreetTask, StreetTasks, type StreetTasksSetup, type UnlinkedSetup } from './street-tasks.ts';
import { runUntilNoneIsLeft, type WorkerStart } from './task-loop.ts';

export interface ReadNodes {
  /** Path of a PBF file. */
  nodesOf: string;
}

/** References to look up, and where their nodes go. */
export interface LookUp {
  refs: Float64Array;
  from: number;
  to: number;
  nodeOfRef: Uint32Array;
}

type Message = ReadNodes | LookUp | WorkerStart<StreetTasksSetup | UnlinkedSetup, StreetTask>;

/** The nodes read last, until they are looked up. */
let table: NodeTable | undefined;

parentPort!.on('message', answer);

async function answer(message: Message): Promise<void> {
  if ('nodesOf' in message) {
    table = await readNodes(message.nodesOf);
    parentPort!.postMessage(table);
  } else if ('refs' in message) {
    lookUpReferences(table!, message.refs, message.from, message.to, message.nodeOfRef);
    table = undefined;
    parentPort!.postMessage('done');
  } else {
    parentPort!.off('message', answer); // The thread ends with its tasks.
    await runUntilNoneIsLeft(message, StreetTasks.create);
  }
}

async function readNodes(path: string): Promise<NodeTable> {
  const file = await PbfFile.open(path);
  try {
    return await readNodeTable(file);
  } finally {
    await file.close();
  }
}
