/** The entry of a worker thread: runs the transit tasks that it is sent. */
import { parentPort, workerData } from 'node:worker_threads';
import { type TransitTask, TransitTasks, type TransitTasksSetup } from './transit-tasks.ts';

const runner = new TransitTasks(workerData as TransitTasksSetup);
parentPort?.on('message', (batch: TransitTask[]) => {
  parentPort?.postMessage(batch.map((task) => runner.run(task)));
});
