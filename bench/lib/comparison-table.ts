/** Comparisons as a table of Markdown, and a pair or a point as one line for the terminal. */
import type { Comparison, RatioSummary, TimedPair } from './compare-times.ts';
import { missedBounds } from './compare-times.ts';

const HEADER = [
  'place',
  'mode',
  'ours / OSRM',
  'quartiles',
  'apart',
  '1 %–99 %',
  'pairs',
  'ours / Valhalla',
  'quartiles',
  'only OSRM',
  'only ours',
  'neither',
  'bounds',
];

export function comparisonTable(comparisons: readonly Comparison[]): string {
  const rows = comparisons.map((comparison) => {
    const { place, mode, osrm, valhalla, onlyOsrm, onlyOurs, neitherCount } = comparison;
    return [
      place,
      mode,
      osrm.median.toFixed(3),
      quartiles(osrm),
      osrm.spread.toFixed(3),
      `${osrm.percentile1.toFixed(2)}–${osrm.percentile99.toFixed(2)}`,
      String(osrm.count),
      valhalla.median.toFixed(3),
      quartiles(valhalla),
      String(onlyOsrm.length),
      String(onlyOurs.length),
      String(neitherCount),
      missedBounds(comparison).length === 0 ? 'kept' : 'missed',
    ];
  });
  return markdownTable([HEADER, ...rows]);
}

/** One pair: who, the three times, our metres. */
export function pairLine(pair: TimedPair): string {
  const seconds = (value: number | undefined) => (value === undefined ? '—' : `${Math.round(value)} s`);
  const meters = pair.ourMeters === undefined ? '' : `, ${Math.round(pair.ourMeters)} m`;
  return `${pair.from} → ${pair.to}: ours ${seconds(pair.ourSeconds)}${meters}, OSRM ${seconds(pair.osrmSeconds)}, Valhalla ${seconds(pair.valhallaSeconds)}`;
}

function quartiles(summary: RatioSummary): string {
  return `${summary.lowerQuartile.toFixed(3)}–${summary.upperQuartile.toFixed(3)}`;
}

/** Columns padded, so that the source reads as a table too. */
function markdownTable(rows: readonly string[][]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, i) => cell.padEnd(widths[i]!)).join(' | ')} |`;
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`;
  const [header, ...body] = rows;
  return [line(header!), rule, ...body.map(line)].join('\n');
}
