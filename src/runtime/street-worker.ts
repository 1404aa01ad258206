/**
 * The entry of a worker thread for streets. It may be asked questions, in whatever number, and answers them in their
 * order; where one fails, so does the thread. What it gets at last are tasks.
 */
import { parentPort } from 'node:worker_threads';
import { StreetAnswerer, type StreetQuestion } from './street-questions.ts';
import { type StreetTask, StreetTasks, type StreetTasksSetup, type UnlinkedSetup } from './street-tasks.ts';
import { runUntilNoneIsLeft, type WorkerStart } from './task-loop.ts';

export interface AskedQuestion {
  id: number;
  question: StreetQuestion;
}

type Message = AskedQuestion | WorkerStart<StreetTasksSetup | UnlinkedSetup, StreetTask>;

const answerer = new StreetAnswerer();
let last: Promise<void> = Promise.resolve();

parentPort!.on('message', take);

function take(message: Message): void {
  if ('question' in message) {
    last = last.then(async () => {
      parentPort!.postMessage({ id: message.id, answer: await answerer.answer(message.question) });
    });
    return;
  }
  parentPort!.off('message', take); // The thread ends with its tasks.
  last = last.then(() => runUntilNoneIsLeft(message, StreetTasks.create));
}
