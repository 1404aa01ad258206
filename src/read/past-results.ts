/**
 * Rates of past results, from the `indicateurs.json` that this tool wrote: one rate per mode, with the day, the
 * threshold and the département that it is for, so that only like is set beside like.
 */
import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { Fault } from '../common/errors.ts';
import { whileReading } from '../common/file-faults.ts';

/** Of all that the file holds, what a path needs; later versions may add to it. */
const pastResultSchema = z.looseObject({
  generator: z.looseObject({ name: z.literal('maillage') }),
  study: z.looseObject({ name: z.string(), date: z.string(), departement: z.string().nullable() }),
  headline: z
    .array(
      z.looseObject({
        mode: z.string(),
        threshold_minutes: z.number(),
        operator: z.enum(['<', '<=']),
        rate: z.number().min(0).max(1).nullable(),
      }),
    )
    .min(1),
});

export interface PastRate {
  mode: string;
  thresholdMinutes: number;
  /** `<=` in place of `<`. */
  inclusive: boolean;
  /** Undefined where nobody lives there. */
  rate: number | undefined;
}

export interface PastResult {
  /** Absolute path of the file. */
  path: string;
  name: string;
  /** YYYY-MM-DD, or what the study said in its place. */
  date: string;
  departement: string | undefined;
  rates: PastRate[];
}

/** Throws a UsageError where a file is no result of this tool. */
export async function readPastResults(paths: readonly string[]): Promise<PastResult[]> {
  const results: PastResult[] = [];
  for (const path of paths) results.push(await whileReading(path, () => readPastResult(path)));
  return results;
}

async function readPastResult(path: string): Promise<PastResult> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new Fault('past-result-unreadable', { file: path }, { reason: error.code ?? error.message });
  });
  const parsed = pastResultSchema.safeParse(parseJson(path, text));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Fault('past-result-foreign', {
      file: path,
      value: issue === undefined ? '' : issue.path.join('.'),
    });
  }
  const { study, headline } = parsed.data;
  return {
    path,
    name: study.name,
    date: study.date,
    departement: study.departement ?? undefined,
    rates: headline.map(({ mode, threshold_minutes: thresholdMinutes, operator, rate }) => ({
      mode,
      thresholdMinutes,
      inclusive: operator === '<=',
      rate: rate ?? undefined,
    })),
  };
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw new Fault('past-result-no-json', { file: path });
  }
}
