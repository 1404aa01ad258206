/**
 * The `maillage` program: declares the commands and is the only place that sets exit codes.
 *
 * 0 done; 1 done, but a check that the user asked for failed; 2 the user's mistake or unusable input;
 * 3 internal error; 130 interrupted.
 */
import { Command, CommanderError, Help, type Option } from 'commander';
import { addCacheCommand } from './commands/cache.ts';
import { addCheckCommand } from './commands/check.ts';
import { addCoverageCommand } from './commands/coverage.ts';
import { addInitCommand } from './commands/init.ts';
import { addIsochronesCommand } from './commands/isochrones.ts';
import { addMatrixCommand } from './commands/matrix.ts';
import { addUncoveredCommand } from './commands/uncovered.ts';
import { InterruptedError, UsageError } from './common/errors.ts';
import { cannotPrint, print, tell } from './runtime/standard-output.ts';
import { removeTemporaries } from './runtime/temporaries.ts';
import { packageVersion } from './runtime/version.ts';

const EXIT_USAGE = 2;
const EXIT_INTERNAL = 3;
const EXIT_INTERRUPTED = 130;

const EXIT_CODES_HELP = `
Exit codes: 0 done; 1 done, but a check that was asked for failed (--fail-under,
check); 2 a mistake or an unusable input; 3 an internal error; 130 interrupted.`;

/** As usual, but that a flag is off by default goes without saying. */
function describeOption(option: Option): string {
  return option.defaultValue === false ? option.description : new Help().optionDescription(option);
}

function buildProgram(writeOut: (text: string) => void): Command {
  const program = new Command('maillage')
    .description(
      'Who can reach a premier accueil social inconditionnel de proximité in time, and who cannot.',
    )
    .version(packageVersion())
    .exitOverride()
    .configureOutput({ writeOut, writeErr: tell })
    .configureHelp({ optionDescription: describeOption })
    .addHelpText('after', EXIT_CODES_HELP)
    .showHelpAfterError('(add --help for what the command takes)')
    .showSuggestionAfterError();
  addCoverageCommand(program);
  addUncoveredCommand(program);
  addIsochronesCommand(program);
  addMatrixCommand(program);
  addCheckCommand(program);
  addInitCommand(program);
  addCacheCommand(program);
  return program;
}

async function main(): Promise<number> {
  let help = '';
  try {
    await buildProgram((text) => {
      help += text;
    }).parseAsync();
    return Number(process.exitCode ?? 0);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? printHelp(help) : EXIT_USAGE;
    return reportError(error);
  }
}

async function printHelp(help: string): Promise<number> {
  try {
    await print(help);
    return 0;
  } catch (error) {
    return reportError(error);
  }
}

function reportError(error: unknown): number {
  if (error instanceof UsageError) {
    tell(`maillage: ${error.describe()}\n`);
    return EXIT_USAGE;
  }
  if (error instanceof InterruptedError) return EXIT_INTERRUPTED;
  return reportInternalError(error);
}

function reportInternalError(error: unknown): number {
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const line = detail
    .split('\n')
    .slice(0, 4)
    .map((part) => part.trim())
    .join(' | ');
  tell(`maillage ${packageVersion()}: internal error; please report this line and what you ran:\n${line}\n`);
  return EXIT_INTERNAL;
}

// A reader that has seen enough (`| head -1`) is no fault: the work goes on, and what it still prints is dropped.
let printingFault: NodeJS.ErrnoException | undefined;
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') printingFault = error;
});
// Where nothing can be told, nobody can be told so.
process.stderr.on('error', () => {});

process.on('uncaughtException', (error) => {
  removeTemporaries();
  process.exit(reportInternalError(error));
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    removeTemporaries();
    process.stderr.write('\nmaillage: interrupted; nothing is half-written\n');
    process.exit(EXIT_INTERRUPTED);
  });
}

void main().then(async (code) => {
  await Promise.all([process.stdout, process.stderr].map(flush));
  // Whatever printed it: what was asked for did not come out.
  if (printingFault !== undefined && code === 0) process.exit(reportError(cannotPrint(printingFault)));
  // Not left to itself: taking down what the run has in memory, piece by piece, would take longer than some runs.
  process.exit(code);
});

/** Waits until all is written, or the reader is gone. */
function flush(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    stream.write('', () => resolve());
  });
}
