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
  private readonly startedAt = new Map<string, number>();

  constructor(stream: NodeJS.WriteStream) {
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
      bar = this.bars.create(STEPS, 0, { stage: stage.padEnd(24), left: '' });
      this.barOfStage.set(stage, bar);
      this.startedAt.set(stage, Date.now());
    }
    const elapsedSeconds = (Date.now() - this.startedAt.get(stage)!) / 1000;
    bar.update(Math.round(share * STEPS), { left: wordTimeLeft(share, elapsedSeconds) });
  }

  stop(): void {
    this.bars.stop();
  }
}

/** "12 s left", as the share done goes on as it went; nothing before there is a share, or once all is done. */
export function wordTimeLeft(share: number, elapsedSeconds: number): string {
  if (share <= 0 || share >= 1) return '';
  const seconds = Math.ceil((elapsedSeconds * (1 - share)) / share);
  if (seconds < 60) return `${seconds} s left`;
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s left`;
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
