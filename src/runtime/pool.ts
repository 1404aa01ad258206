/**
 * Runs tasks over worker threads that share the network's memory. Results come back in the order of the tasks,
 * so that the number of threads never shows in an output. With one thread everything runs in place.
 */
import { Worker } from 'node:worker_threads';
import type { LinkedPoints } from './link-points.ts';
import {
  linkSetup,
  type StreetTask,
  type StreetTaskResult,
  StreetTasks,
  type StreetTasksSetup,
  type UnlinkedSetup,
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

const STREETS: TaskKind<StreetTasksSetup | UnlinkedSetup, StreetTask, StreetTaskResult> = {
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

/** Runs tasks on the streets. */
export function runTasks(
  setup: StreetTasksSetup,
  tasks: readonly StreetTask[],
  threadCount: number,
  onDone?: (doneCount: number) => void,
): Promise<StreetTaskResult[]> {
  return runKind(STREETS, setup, tasks, threadCount, onDone);
}

/** Runs tasks on a timetable. @param here runs those of this thread, if it is ready from searches before */
export function runTransitTasks(
  setup: TransitTasksSetup,
  tasks: readonly TransitTask[],
  threadCount: number,
  onDone?: (doneCount: number) => void,
  here?: TransitTasks,
): Promise<TransitTaskResult[]> {
  const kind = here === undefined ? TRANSIT : { ...TRANSIT, create: async () => here };
  return runKind(kind, setup, tasks, threadCount, onDone);
}

function runKind<Setup, Task, Result>(
  kind: TaskKind<Setup, Task, Result>,
  setup: Setup,
  tasks: readonly Task[],
  threadCount: number,
  onDone?: (doneCount: number) => void,
): Promise<Result[]> {
  const run = new TaskRun(kind, tasks, onDone);
  // This thread is one of them: it joins in once its own work lets it, and starting a worker takes a while.
  for (let thread = 1; thread < threadsWorthwhile(kind, tasks.length, threadCount); thread++) {
    run.give(startWorker(kind), setup);
  }
  return run.join(setup);
}

function threadsWorthwhile(
  { leastTasksPerThread }: Pick<TaskKind<unknown, unknown, unknown>, 'leastTasksPerThread'>,
  taskCount: number,
  threadCount: number,
): number {
  return Math.min(threadCount, Math.ceil(taskCount / leastTasksPerThread));
}

function startWorker({ workerFile }: Pick<TaskKind<unknown, unknown, unknown>, 'workerFile'>): Worker {
  return new Worker(workerUrl(workerFile));
}

/** A worker for street tasks that loads its code now, and waits for what to do; it keeps no process alive. */
export function startStreetWorker(): Worker {
  const worker = startWorker(STREETS);
  worker.unref();
  return worker;
}

/** The links of a setup's points, and the tasks that look at them. `setup`: the one begun with, completed. */
export interface LinkedTasks {
  link(setup: StreetTasksSetup): Promise<LinkedPoints>;
  /** Takes part in the tasks, once this thread has nothing better to do. @param setup with the points linked */
  join(setup: StreetTasksSetup): Promise<StreetTaskResult[]>;
}

/**
 * Links the sources and points of a setup, then runs the tasks. Where there is a worker it does all of that while
 * this thread searches; further ones start, and this thread takes tasks too, when it joins.
 * @param worker of `startStreetWorker`, which this ends; undefined where one thread does it all
 */
export function startLinkedTasks(
  begun: UnlinkedSetup,
  tasks: readonly StreetTask[],
  threadCount: number,
  worker: Worker | undefined,
  onDone: (doneCount: number) => void = () => {},
): LinkedTasks {
  if (worker === undefined) {
    return {
      link: async (setup) => linkSetup(setup),
      join: (setup) => runTasks(setup, tasks, 1, onDone),
    };
  }
  const run = new TaskRun(STREETS, [{ kind: 'link' }, ...tasks], (done) => onDone(done - 1));
  run.give(worker, begun);
  const linked = run.resultOf(0).then((result) => result.linked!);
  linked.catch(() => {}); // Thrown where it is asked for.
  return {
    link: () => linked,
    async join(setup) {
      const threads = threadsWorthwhile(STREETS, tasks.length, threadCount);
      for (let thread = 2; thread < threads; thread++) run.give(startWorker(STREETS), setup);
      const [, ...results] = await run.join(setup);
      return results;
    },
  };
}

/** Tasks that several threads take from, until none is left. */
class TaskRun<Setup, Task, Result> {
  private readonly results: Result[];
  private readonly counter = new Int32Array(new SharedArrayBuffer(4));
  private readonly workers: Worker[] = [];
  /** Settled as each worker ends. */
  private readonly ends: Array<Promise<void>> = [];
  private readonly waiting = new Map<number, (result: Result) => void>();
  private doneCount = 0;

  constructor(
    private readonly kind: TaskKind<Setup, Task, Result>,
    private readonly tasks: readonly Task[],
    private readonly onDone: (doneCount: number) => void = () => {},
  ) {
    this.results = new Array<Result>(tasks.length);
  }

  /** Lets a worker take tasks, and end when none is left. */
  give(worker: Worker, setup: Setup): void {
    this.workers.push(worker);
    worker.ref();
    const end = finished(worker, this.take);
    end.catch(() => {}); // Thrown where the run is joined, or a result waited for.
    this.ends.push(end);
    worker.postMessage({ setup, tasks: this.tasks, counter: this.counter } satisfies WorkerStart<
      Setup,
      Task
    >);
  }

  /** The result of one task; rejects where a worker fails first. */
  async resultOf(index: number): Promise<Result> {
    const result = new Promise<Result>((resolve) => {
      this.waiting.set(index, resolve);
    });
    await Promise.race([result, ...this.ends]);
    return this.results[index]!;
  }

  /** Takes tasks in this thread too, and waits for all. Ends the workers, also where one fails. */
  async join(setup: Setup): Promise<Result[]> {
    try {
      await Promise.all([this.runHere(setup), ...this.ends]);
    } finally {
      await Promise.all(this.workers.map((worker) => worker.terminate()));
    }
    return this.results;
  }

  private readonly take = ({ index, result }: TaskAnswer<Result>): void => {
    this.results[index] = result;
    this.onDone(++this.doneCount);
    this.waiting.get(index)?.(result);
  };

  /** Lets the messages of the workers, signals and progress through between any two tasks. */
  private async runHere(setup: Setup): Promise<void> {
    await nextTurn();
    const runner = await this.kind.create(setup);
    try {
      for (let index = takeTask(this.counter); index < this.tasks.length; index = takeTask(this.counter)) {
        this.take({ index, result: runner.run(this.tasks[index]!) });
        await nextTurn();
      }
    } catch (error) {
      Atomics.store(this.counter, 0, this.tasks.length); // The workers find no further task.
      throw error;
    }
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
