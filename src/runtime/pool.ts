/**
 * Runs tasks over worker threads that share the network's memory. Results come back in the order of the tasks,
 * so that the number of threads never shows in an output. With one thread everything runs in place.
 */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import {
  type StreetTask,
  type StreetTaskResult,
  StreetTasks,
  type StreetTasksSetup,
} from './street-tasks.ts';
import { type TaskAnswer, takeTask, type WorkerStart } from './task-loop.ts';
import type { TransitTask, TransitTaskResult, TransitTasks, TransitTasksSetup } from './transit-tasks.ts';
import { workerUrl } from './worker-url.ts';

/** How one kind of task is run: its worker's file, and the same in place. */
interface TaskKind<Setup, Task, Result> {
  workerFile: string;
  /** Fewer tasks than this per thread are not worth starting one. */
  leastTasksPerThread: number;
  create: (setup: Setup) => Promise<{ run: (task: Task) => Result }>;
}

const STREETS: TaskKind<StreetTasksSetup, StreetTask, StreetTaskResult> = {
  workerFile: 'street-worker.js',
  leastTasksPerThread: 4,
  create: (setup) => StreetTasks.create(setup),
};

const TRANSIT: TaskKind<TransitTasksSetup, TransitTask, TransitTaskResult> = {
  workerFile: 'transit-worker.js',
  leastTasksPerThread: 1,
  create: async (setup) => {
    const { TransitTasks } = await import('./transit-tasks.ts');
    return new TransitTasks(setup);
  },
};

export function defaultThreadCount(): number {
  return availableParallelism();
}

/** Runs tasks on the streets. */
export function runTasks(
  setup: StreetTasksSetup,
  tasks: readonly StreetTask[],
  threadCount: number,
  onDone: (doneCount: number) => void = () => {},
): Promise<StreetTaskResult[]> {
  return runKind(STREETS, setup, tasks, threadCount, onDone);
}

/** Runs tasks on a timetable. @param here runs those of this thread, if it is ready from searches before */
export function runTransitTasks(
  setup: TransitTasksSetup,
  tasks: readonly TransitTask[],
  threadCount: number,
  onDone: (doneCount: number) => void = () => {},
  here?: TransitTasks,
): Promise<TransitTaskResult[]> {
  const kind = here === undefined ? TRANSIT : { ...TRANSIT, create: async () => here };
  return runKind(kind, setup, tasks, threadCount, onDone);
}

async function runKind<Setup, Task, Result>(
  kind: TaskKind<Setup, Task, Result>,
  setup: Setup,
  tasks: readonly Task[],
  threadCount: number,
  onDone: (doneCount: number) => void,
): Promise<Result[]> {
  const threads = Math.min(threadCount, Math.ceil(tasks.length / kind.leastTasksPerThread));
  if (threads <= 1) return runInPlace(await kind.create(setup), tasks, onDone);
  const results = new Array<Result>(tasks.length);
  const counter = new Int32Array(new SharedArrayBuffer(4));
  let done = 0;
  const take = ({ index, result }: TaskAnswer<Result>) => {
    results[index] = result;
    onDone(++done);
  };
  const start: WorkerStart<Setup, Task> = { setup, tasks, counter };
  // This thread is one of them: it joins in once its own work lets it, and starting a worker takes a while.
  const workers = Array.from(
    { length: threads - 1 },
    () => new Worker(workerUrl(kind.workerFile), { workerData: start }),
  );
  try {
    await Promise.all([runHere(kind, start, take), ...workers.map((worker) => finished(worker, take))]);
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  return results;
}

/** Takes tasks in this thread, letting the messages of the workers through between any two. */
async function runHere<Setup, Task, Result>(
  kind: TaskKind<Setup, Task, Result>,
  { setup, tasks, counter }: WorkerStart<Setup, Task>,
  take: (answer: TaskAnswer<Result>) => void,
): Promise<void> {
  await nextTurn();
  const runner = await kind.create(setup);
  try {
    for (let index = takeTask(counter); index < tasks.length; index = takeTask(counter)) {
      take({ index, result: runner.run(tasks[index]!) });
      await nextTurn();
    }
  } catch (error) {
    Atomics.store(counter, 0, tasks.length); // The workers find no further task.
    throw error;
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** Waits until a worker has run out of tasks; rejects with its error. */
function finished<Result>(worker: Worker, take: (answer: TaskAnswer<Result>) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.on('message', take);
    worker.on('error', reject);
    worker.on('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`a worker thread ended with code ${code}`));
    });
  });
}

async function runInPlace<Task, Result>(
  runner: { run: (task: Task) => Result },
  tasks: readonly Task[],
  onDone: (doneCount: number) => void,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const task of tasks) {
    results.push(runner.run(task));
    onDone(results.length);
    // Lets signals and progress through.
    if (results.length % 16 === 0) await nextTurn();
  }
  return results;
}
