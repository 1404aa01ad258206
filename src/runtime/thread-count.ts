/** How many threads are used where nothing else is asked for. */
import { availableParallelism } from 'node:os';

export function defaultThreadCount(): number {
  return availableParallelism();
}
