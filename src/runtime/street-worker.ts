/** The entry of a worker thread: runs the batches of tasks that it is sent. */
import { parentPort, workerData } from 'node:worker_threads';
import { type StreetTask, StreetTasks, type StreetTasksSetup } from './street-tasks.ts';

const runner = await StreetTasks.create(workerData as StreetTasksSetup);
parentPort?.on('message', (batch: StreetTask[]) => {
  parentPort?.postMessage(batch.map((task) => runner.run(task)));
});
