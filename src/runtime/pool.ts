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

/** Tasks given to a worker at once: few enough that both end together, enough to hide the messages. */
const TASKS_PER_MESSAGE = 4;

export function defaultThreadCount(): number {
  return availableParallelism();
}

export async function runTasks(
  setup: StreetTasksSetup,
  tasks: readonly StreetTask[],
  threadCount: number,
  onDone: (doneCount: number) => void = () => {},
): Promise<StreetTaskResult[]> {
  const threads = Math.min(threadCount, Math.ceil(tasks.length / TASKS_PER_MESSAGE));
  if (threads <= 1) return runInPlace(setup, tasks, onDone);
  const results = new Array<StreetTaskResult>(tasks.length);
  let next = 0;
  let done = 0;
  await Promise.all(
    Array.from({ length: threads }, async () => {
      const worker = new Worker(workerUrl(), { workerData: setup });
      try {
        while (next < tasks.length) {
          const from = next;
          const batch = tasks.slice(from, from + TASKS_PER_MESSAGE);
          next += batch.length;
          const answers = await ask(worker, batch);
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

async function runInPlace(
  setup: StreetTasksSetup,
  tasks: readonly StreetTask[],
  onDone: (doneCount: number) => void,
): Promise<StreetTaskResult[]> {
  const runner = await StreetTasks.create(setup);
  const results: StreetTaskResult[] = [];
  for (const task of tasks) {
    results.push(runner.run(task));
    onDone(results.length);
    // Lets signals and progress through.
    if (results.length % 16 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  return results;
}

function ask(worker: Worker, batch: readonly StreetTask[]): Promise<StreetTaskResult[]> {
  return new Promise((resolve, reject) => {
    const finish = () => {
      worker.off('message', onMessage);
      worker.off('error', onError);
      worker.off('exit', onExit);
    };
    const onMessage = (answers: StreetTaskResult[]) => {
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
function workerUrl(): URL {
  const beside = new URL('./street-worker.js', import.meta.url);
  if (existsSync(fileURLToPath(beside))) return beside;
  const built = new URL('../../dist/runtime/street-worker.js', import.meta.url);
  if (existsSync(fileURLToPath(built))) return built;
  throw new Error('the worker is not built: run "npm run build"');
}
