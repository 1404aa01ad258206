/**
 * Runs tasks over worker threads that share the network's memory. Results come back in the order of the tasks,
 * so that the number of threads never shows in an output. With one thread everything runs in place.
 */
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import {
  type StreetTask,
  type StreetTaskResult,
  StreetTasks,
  type StreetTasksSetup,
} from './street-tasks.ts';
import type { TransitTask, TransitTaskResult, TransitTasksSetup } from './transit-tasks.ts';

/** How one kind of task is run: its worker's file, and the same in place. */
interface TaskKind<Setup, Task, Result> {
  workerFile: string;
  /** Tasks given to a worker at once: few enough that all end together, enough to hide the messages. */
  tasksPerMessage: number;
  create: (setup: Setup) => Promise<{ run: (task: Task) => Result }>;
}

const STREETS: TaskKind<StreetTasksSetup, StreetTask, StreetTaskResult> = {
  workerFile: 'street-worker.js',
  tasksPerMessage: 4,
  create: (setup) => StreetTasks.create(setup),
};

const TRANSIT: TaskKind<TransitTasksSetup, TransitTask, TransitTaskResult> = {
  workerFile: 'transit-worker.js',
  tasksPerMessage: 1,
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

/** Runs tasks on a timetable. */
export function runTransitTasks(
  setup: TransitTasksSetup,
  tasks: readonly TransitTask[],
  threadCount: number,
  onDone: (doneCount: number) => void = () => {},
): Promise<TransitTaskResult[]> {
  return runKind(TRANSIT, setup, tasks, threadCount, onDone);
}

async function runKind<Setup, Task, Result>(
  kind: TaskKind<Setup, Task, Result>,
  setup: Setup,
  tasks: readonly Task[],
  threadCount: number,
  onDone: (doneCount: number) => void,
): Promise<Result[]> {
  const { tasksPerMessage } = kind;
  const threads = Math.min(threadCount, Math.ceil(tasks.length / tasksPerMessage));
  if (threads <= 1) return runInPlace(await kind.create(setup), tasks, onDone);
  const results = new Array<Result>(tasks.length);
  let next = 0;
  let done = 0;
  await Promise.all(
    Array.from({ length: threads }, async () => {
      const worker = new Worker(workerUrl(kind.workerFile), { workerData: setup });
      try {
        while (next < tasks.length) {
          const from = next;
          const batch = tasks.slice(from, from + tasksPerMessage);
          next += batch.length;
          const answers = await ask<Task, Result>(worker, batch);
          answers.forEach((answer, i) => {
            results[from + i] = answer;
          });
          done += batch.length;
          onDone(done);
        }
      } catch (error) {
        next = tasks.length; // The others stop at their next batch.
        throw error;
      } finally {
        await worker.terminate();
      }
    }),
  );
  return results;
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
    if (results.length % 16 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  return results;
}

function ask<Task, Result>(worker: Worker, batch: readonly Task[]): Promise<Result[]> {
  return new Promise((resolve, reject) => {
    const finish = () => {
      worker.off('message', onMessage);
      worker.off('error', onError);
      worker.off('exit', onExit);
    };
    const onMessage = (answers: Result[]) => {
      finish();
      resolve(answers);
    };
    const onError = (error: Error) => {
      finish();
      reject(error);
    };
    const onExit = (code: number) => {
      finish();
      reject(new Error(`a worker thread ended with code ${code}`));
    };
    worker.on('message', onMessage);
    worker.on('error', onError);
    worker.on('exit', onExit);
    worker.postMessage(batch);
  });
}

/** The built worker: beside this file in `dist/`; from the sources (tests, scripts), the one in `dist/`. */
function workerUrl(file: string): URL {
  const beside = new URL(`./${file}`, import.meta.url);
  if (existsSync(fileURLToPath(beside))) return beside;
  const built = new URL(`../../dist/runtime/${file}`, import.meta.url);
  if (existsSync(fileURLToPath(built))) return built;
  throw new Error('the worker is not built: run "npm run build"');
}
