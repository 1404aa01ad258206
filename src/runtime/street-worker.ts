/** The entry of a worker thread for tasks on the streets. */
import { StreetTasks } from './street-tasks.ts';
import { serveTasks } from './task-loop.ts';

void serveTasks(StreetTasks.create);
