/** The entry of a worker thread for tasks on a timetable. */
import { serveTasks } from './task-loop.ts';
import {
  type TransitTask,
  type TransitTaskResult,
  TransitTasks,
  type TransitTasksSetup,
} from './transit-tasks.ts';

void serveTasks<TransitTasksSetup, TransitTask, TransitTaskResult>(async (setup) => new TransitTasks(setup));
