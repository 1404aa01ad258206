/**
 * Progress on stderr: a bar with the time left on a terminal, one line a stage in a log, nothing when quiet.
 */
import { MultiBar, Presets, type SingleBar } from 'cli-progress';

export interface Progress {
  /** A stage's name, and the share of it that is done, 0 to 1. */
  update(stage: string, share: number): void;
  /** Removes the bars; call before anything else is printed. */
  stop(): void;
}

const SILENT: Progress = { update() {}, stop() {} };

export function createProgress(quiet: boolean, stream: NodeJS.WriteStream = process.stderr): Progress {
  if (quiet) return SILENT;
  return stream.isTTY ? new BarProgress(stream) : new LineProgress(stream);
}

/** Whole steps of a bar. */
const STEPS = 1000;

class BarProgress implements Progress {
  private readonly bars: MultiBar;
  private readonly barOfStage = new Map<string, SingleBar>();

  constructor(stream: NodeJS.WriteStream) {
    this.bars = new MultiBar(
      {
        stream,
        clearOnComplete: true,
        hideCursor: true,
        format: '  {stage} {bar} {percentage} %  {eta_formatted} left',
        barsize: 30,
      },
      Presets.rect,
    );
  }

  update(stage: string, share: number): void {
    let bar = this.barOfStage.get(stage);
    if (bar === undefined) {
      bar = this.bars.create(STEPS, 0, { stage: stage.padEnd(24) });
      this.barOfStage.set(stage, bar);
    }
    bar.update(Math.round(share * STEPS));
  }

  stop(): void {
    this.bars.stop();
  }
}

class LineProgress implements Progress {
  private readonly startedAt = new Map<string, number>();

  constructor(private readonly stream: NodeJS.WriteStream) {}

  update(stage: string, share: number): void {
    if (!this.startedAt.has(stage)) this.startedAt.set(stage, Date.now());
    if (share < 1) return;
    const started = this.startedAt.get(stage)!;
    if (started < 0) return;
    this.stream.write(`  ${stage}: ${((Date.now() - started) / 1000).toFixed(1)} s\n`);
    this.startedAt.set(stage, -1);
  }

  stop(): void {}
}
