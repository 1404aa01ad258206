/**
 * Progress on stderr: a bar with the time left on a terminal, one line a stage in a log, nothing when quiet.
 */
import { MultiBar, Presets, type SingleBar } from 'cli-progress';
import type { CommandLineWords, ProgressStage } from '../words/command-line.ts';

type ProgressWords = CommandLineWords['progress'] & {
  /** A mode in words. */
  mode: (mode: string) => string;
};

export interface Progress {
  /** A stage's name, and the share of it that is done, 0 to 1. */
  update(stage: string, share: number): void;
  /** Removes the bars; call before anything else is printed. */
  stop(): void;
}

const SILENT: Progress = { update() {}, stop() {} };

export function createProgress(
  quiet: boolean,
  words: ProgressWords,
  stream: NodeJS.WriteStream = process.stderr,
): Progress {
  if (quiet) return SILENT;
  return stream.isTTY ? new BarProgress(stream, words) : new LineProgress(stream, words);
}

/** Whole steps of a bar. */
const STEPS = 1000;

class BarProgress implements Progress {
  private readonly bars: MultiBar;
  private readonly barOfStage = new Map<string, SingleBar>();
  private readonly startedAt = new Map<string, number>();

  constructor(
    stream: NodeJS.WriteStream,
    private readonly words: ProgressWords,
  ) {
    this.bars = new MultiBar(
      {
        stream,
        clearOnComplete: true,
        hideCursor: true,
        format: '  {stage} {bar} {percentage} %  {left}',
        barsize: 30,
      },
      Presets.rect,
    );
  }

  update(stage: string, share: number): void {
    let bar = this.barOfStage.get(stage);
    if (bar === undefined) {
      bar = this.bars.create(STEPS, 0, { stage: wordStage(stage, this.words).padEnd(28), left: '' });
      this.barOfStage.set(stage, bar);
      this.startedAt.set(stage, Date.now());
    }
    const elapsedSeconds = (Date.now() - this.startedAt.get(stage)!) / 1000;
    bar.update(Math.round(share * STEPS), { left: wordTimeLeft(share, elapsedSeconds, this.words.left) });
  }

  stop(): void {
    this.bars.stop();
  }
}

/** What is left, as the share done goes on as it went; nothing before there is a share, or once all is done. */
export function wordTimeLeft(
  share: number,
  elapsedSeconds: number,
  left: CommandLineWords['progress']['left'],
): string {
  if (share <= 0 || share >= 1) return '';
  const seconds = Math.ceil((elapsedSeconds * (1 - share)) / share);
  return left(Math.floor(seconds / 60), seconds % 60);
}

/** `search transit` -> its words: a stage and perhaps a mode. */
function wordStage(stage: string, { stages, mode: wordMode }: ProgressWords): string {
  const [name = '', mode] = stage.split(' ');
  const words = stages[name as ProgressStage] ?? name;
  return mode === undefined ? words : `${words} ${wordMode(mode)}`;
}

class LineProgress implements Progress {
  private readonly startedAt = new Map<string, number>();

  constructor(
    private readonly stream: NodeJS.WriteStream,
    private readonly words: ProgressWords,
  ) {}

  update(stage: string, share: number): void {
    if (!this.startedAt.has(stage)) this.startedAt.set(stage, Date.now());
    if (share < 1) return;
    const started = this.startedAt.get(stage)!;
    if (started < 0) return;
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    this.stream.write(`  ${wordStage(stage, this.words)}: ${seconds} s\n`);
    this.startedAt.set(stage, -1);
  }

  stop(): void {}
}
