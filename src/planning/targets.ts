/**
 * Réalisé, cible and écart by year: the département's path to 100 % beside the rates of past results and of this
 * one, and the indicators of its action sheets. An écart is réalisé minus cible (negative: behind), and exists only
 * where both do. Shares are between 0 and 1 on the path; action sheets keep their own unit.
 */
import type { Calculation, SheetRow } from '../read/action-sheets.ts';
import { computeSheetValue, type SheetContext } from './sheet-values.ts';

/** A rate that was reached on a day. */
export interface AchievedRate {
  mode: string;
  /** YYYY-MM-DD. */
  date: string;
  rate: number | undefined;
  /** The result's study, as the user names it; undefined for this one. */
  result: string | undefined;
}

export interface PathRow {
  mode: string;
  year: number;
  /** Between 0 and 1; undefined where the path has no such year. */
  target: number | undefined;
  achieved: number | undefined;
  gap: number | undefined;
  /** The day of the rate achieved. */
  date: string | undefined;
  /** Where the rate comes from, if not from this study. */
  result: string | undefined;
}

export interface SheetTarget {
  indicator: string;
  unit: string;
  year: number;
  /** In the unit. */
  target: number | undefined;
  achieved: number | undefined;
  gap: number | undefined;
  origin: 'declared' | 'computed' | undefined;
  calculation: Calculation | undefined;
}

export interface TargetReport {
  /** By mode in the order given, then year. Empty without a path and without past results. */
  path: PathRow[];
  /** What the national text asks of the path and it does not keep. */
  pathFaults: PathFault[];
  /** In the order of the tables. */
  indicators: SheetTarget[];
  smallCommunePopulation: number;
}

export type PathFault = 'below-100' | 'too-long';

type Path = ReadonlyArray<readonly [year: number, share: number]>;

/**
 * One row per mode and year of the path or of a rate. Of several rates of a year and mode the latest day counts;
 * on the same day the one given last.
 */
export function buildPathRows(
  path: Path,
  modes: readonly string[],
  rates: readonly AchievedRate[],
): PathRow[] {
  const targetOfYear = new Map(path);
  return modes.flatMap((mode) => {
    const rateOfYear = new Map<number, AchievedRate>();
    for (const rate of rates) {
      if (rate.mode !== mode) continue;
      const year = Number(rate.date.slice(0, 4));
      const before = rateOfYear.get(year);
      if (before === undefined || rate.date >= before.date) rateOfYear.set(year, rate);
    }
    const years = [...new Set([...targetOfYear.keys(), ...rateOfYear.keys()])].sort((a, b) => a - b);
    return years.map((year): PathRow => {
      const found = rateOfYear.get(year);
      const target = targetOfYear.get(year);
      return {
        mode,
        year,
        target,
        achieved: found?.rate,
        gap: subtract(found?.rate, target),
        date: found?.date,
        result: found?.result,
      };
    });
  });
}

/** Empty for no path. `mostYears`: from its first year to its last. */
export function findPathFaults(path: Path, mostYears: number): PathFault[] {
  const [first, last] = [path[0], path[path.length - 1]];
  if (first === undefined || last === undefined) return [];
  const faults: PathFault[] = [];
  if (last[1] < 1) faults.push('below-100');
  const whole = path.find(([, share]) => share === 1) ?? last;
  if (whole[0] - first[0] > mostYears) faults.push('too-long');
  return faults;
}

/** A declared value stands; a blank one is computed where its row names a calculation. */
export function buildSheetTargets(rows: readonly SheetRow[], context: SheetContext): SheetTarget[] {
  return rows.map(({ indicateur, unite, annee, cible, realise, calcul }) => {
    const computed =
      realise === undefined && calcul !== undefined ? computeSheetValue(calcul, annee, context) : undefined;
    const achieved = realise ?? computed;
    return {
      indicator: indicateur,
      unit: unite,
      year: annee,
      target: cible,
      achieved,
      gap: subtract(achieved, cible),
      origin: realise !== undefined ? 'declared' : computed !== undefined ? 'computed' : undefined,
      calculation: calcul,
    };
  });
}

/** To twelve decimals, so that 0.94 − 0.96 is −0.02 and no binary fraction near it. */
function subtract(achieved: number | undefined, target: number | undefined): number | undefined {
  if (achieved === undefined || target === undefined) return undefined;
  return Math.round((achieved - target) * 1e12) / 1e12;
}
