/**
 * The `maillage` program: declares the commands and is the only place that sets exit codes.
 *
 * 0 done; 1 done, but a check that the user asked for failed; 2 the user's mistake or unusable input;
 * 3 internal error; 130 interrupted.
 */
import { type Argument, Command, CommanderError, Help, type Option } from 'commander';
import { addCacheCommand } from './commands/cache.ts';
import { addCheckCommand } from './commands/check.ts';
import { addCoverageCommand } from './commands/coverage.ts';
import { addInitCommand } from './commands/init.ts';
import { addIsochronesCommand } from './commands/isochrones.ts';
import { addMatrixCommand } from './commands/matrix.ts';
import { beginLanguage, languageOption, runLanguage, runWords } from './commands/run-language.ts';
import { addUncoveredCommand } from './commands/uncovered.ts';
import { InterruptedError, UsageError } from './common/errors.ts';
import { cannotPrint, print, tell } from './runtime/standard-output.ts';
import { removeTemporaries } from './runtime/temporaries.ts';
import { packageVersion } from './runtime/version.ts';

const EXIT_USAGE = 2;
const EXIT_INTERNAL = 3;
const EXIT_INTERRUPTED = 130;

/** As usual, in the language of the run; that a flag is off by default goes without saying. */
function describeOption({
  description,
  argChoices,
  defaultValue,
  defaultValueDescription,
  negate,
}: Option): string {
  const { choices, byDefault } = runWords();
  const extra = argChoices === undefined ? [] : [choices(argChoices.join(', '))];
  const isSaid = defaultValue !== undefined && typeof defaultValue !== 'boolean' && !negate;
  if (isSaid) extra.push(byDefault(defaultValueDescription ?? wordDefault(defaultValue)));
  return extra.length === 0 ? description : `${description} (${extra.join(', ')})`;
}

function describeArgument({ description, defaultValue }: Argument): string {
  if (defaultValue === undefined) return description;
  return `${description} (${runWords().byDefault(wordDefault(defaultValue))})`;
}

function wordDefault(value: unknown): string {
  return Array.isArray(value) ? value.join(',') : String(value);
}

function describeUsage(command: Command): string {
  const { usageOptions, usageCommand } = runWords();
  return new Help()
    .commandUsage(command)
    .replace('[options]', usageOptions)
    .replace('[command]', usageCommand);
}

function buildProgram(writeOut: (text: string) => void): Command {
  const words = runWords();
  const headings: Readonly<Record<string, string>> = words.headings;
  const program = new Command('maillage')
    .description(words.program)
    .version(packageVersion(), '-V, --version', words.version)
    .helpOption('-h, --help', words.help)
    .helpCommand('help [command]', words.helpCommand)
    .exitOverride()
    .configureOutput({
      writeOut,
      writeErr: tell,
      outputError: (text, write) => write(words.fault(text)),
    })
    .configureHelp({
      optionDescription: describeOption,
      argumentDescription: describeArgument,
      commandUsage: describeUsage,
      styleTitle: (heading) => headings[heading] ?? heading,
    })
    .addHelpText('after', words.exitCodes)
    .showHelpAfterError(words.addHelp)
    .showSuggestionAfterError()
    .addOption(languageOption(words.commands.coverage.options.lang));
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
  beginLanguage(process.argv.slice(2), process.env);
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

async function reportError(error: unknown): Promise<number> {
  if (error instanceof UsageError) {
    const { wordError } = await import('./report/word-error.ts');
    tell(`maillage: ${wordError(error, runLanguage())}\n`);
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
  tell(`${runWords().told.internalError(packageVersion())}\n${line}\n`);
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
    process.stderr.write(`\nmaillage: ${runWords().told.interrupted}\n`);
    process.exit(EXIT_INTERRUPTED);
  });
}

void main().then(async (code) => {
  await Promise.all([process.stdout, process.stderr].map(flush));
  // Whatever printed it: what was asked for did not come out.
  if (printingFault !== undefined && code === 0) process.exit(await reportError(cannotPrint(printingFault)));
  // Not left to itself: taking down what the run has in memory, piece by piece, would take longer than some runs.
  process.exit(code);
});

/** Waits until all is written, or the reader is gone. */
function flush(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    stream.write('', () => resolve());
  });
}
