/**
 * What a worker thread does: takes the next task that nobody has taken, runs it, posts the result, until none
 * is left. The counter lies in shared memory, so that workers need nobody to hand tasks out: the main thread
 * may be busy with work of its own.
 */
import { parentPort } from 'node:worker_threads';

/** What a worker is sent, once. */
export interface WorkerStart<Setup, Task> {
  setup: Setup;
  tasks: readonly Task[];
  /** One number: the next task to be taken. */
  counter: Int32Array;
}

export interface TaskAnswer<Result> {
  index: number;
  result: Result;
}

/** Takes the position of the next task; beyond the last there is none. */
export function takeTask(counter: Int32Array): number {
  return Atomics.add(counter, 0, 1);
}

/** Waits for tasks, and runs them in this worker thread until none is left. */
export async function serveTasks<Setup, Task, Result>(create: Create<Setup, Task, Result>): Promise<void> {
  const start = await new Promise<WorkerStart<Setup, Task>>((resolve) => {
    parentPort!.once('message', resolve);
  });
  await runUntilNoneIsLeft(start, create);
}

type Create<Setup, Task, Result> = (setup: Setup) => Promise<{ run: (task: Task) => Result }>;

export async function runUntilNoneIsLeft<Setup, Task, Result>(
  { setup, tasks, counter }: WorkerStart<Setup, Task>,
  create: Create<Setup, Task, Result>,
): Promise<void> {
  const runner = await create(setup);
  for (let index = takeTask(counter); index < tasks.length; index = takeTask(counter)) {
    parentPort!.postMessage({ index, result: runner.run(tasks[index]!) } satisfies TaskAnswer<Result>);
  }
}
