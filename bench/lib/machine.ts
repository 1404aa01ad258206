/** The machine that a benchmark ran on, for the header of its figures. */
import { cpus, totalmem } from 'node:os';

/** Processor, cores, memory and Node version, such as `AMD EPYC, 2 cores, 24 GiB, Node 20.19.0`. */
export function describeMachine(): string {
  const processors = cpus();
  const model = processors[0]?.model.trim() ?? 'unknown processor';
  const gibibytes = Math.round(totalmem() / 2 ** 30);
  const cores = processors.length === 1 ? '1 core' : `${processors.length} cores`;
  return `${model}, ${cores}, ${gibibytes} GiB, Node ${process.versions.node}, ${process.platform}`;
}
