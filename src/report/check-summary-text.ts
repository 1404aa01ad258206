/** The two tables at the foot of the doctor's report: what was read of each input, and the totals. */
import type { CheckedInput, StudyCheck } from './check-findings.ts';
import { CHECK_TEXTS } from './check-texts.ts';
import { formatNumber, formatPeople, formatRate } from './numbers.ts';
import { type TerminalColumn, type TerminalOptions, wrap, writeTerminalTable } from './terminal.ts';
import { wordMode } from './texts.ts';

/** Characters of a fingerprint: enough to tell two files apart. */
const SHOWN_HASH = 8;

/** Inputs as a table; below it, what each timetable covers. */
export function writeCheckedInputs(check: StudyCheck, width: number, options: TerminalOptions): string[] {
  const { language, totals } = check;
  const texts = CHECK_TEXTS[language];
  const number = (value: number | undefined) => (value === undefined ? '' : formatNumber(value, language));
  const inputs: CheckedInput[] = [...check.inputs];
  // The roads are asked for even where none is named.
  if (!inputs.some(({ role }) => role === 'roads'))
    inputs.unshift({ role: 'roads', path: undefined, state: 'missing' });
  const columns: TerminalColumn<CheckedInput>[] = [
    { title: texts.columns.input, text: ({ role }) => texts.roles[role] },
    { title: texts.columns.file, text: (input) => nameOf(input, check), isElastic: true },
    {
      title: texts.columns.read,
      isNumber: true,
      text: ({ keptCount, leftOutCount }) =>
        number(keptCount === undefined ? undefined : keptCount + (leftOutCount ?? 0)),
    },
    { title: texts.columns.kept, isNumber: true, text: ({ keptCount }) => number(keptCount) },
    {
      title: texts.columns.leftOut,
      isNumber: true,
      text: ({ leftOutCount }) => (leftOutCount === 0 ? '' : number(leftOutCount)),
    },
    {
      title: texts.columns.sha256,
      text: ({ state, sha256, path }) =>
        state !== 'read' && path !== undefined ? texts.states[state] : (sha256?.slice(0, SHOWN_HASH) ?? ''),
    },
  ];
  const lines = writeTerminalTable(columns, inputs, width, options);
  for (const { path, period } of inputs) {
    if (path === undefined || period === undefined) continue;
    const { first, last, activeTripCount } = period;
    const trips =
      activeTripCount === undefined || totals.day === undefined
        ? ''
        : `, ${texts.trips(formatNumber(activeTripCount, language), totals.day.date)}`;
    const name = path.split('/').at(-1)!;
    lines.push(...wrap(`${name} : ${texts.period(first, last)}${trips}`, width));
  }
  return lines;
}

function nameOf({ path, role }: CheckedInput, { language }: StudyCheck): string {
  const texts = CHECK_TEXTS[language];
  if (path === undefined) return role === 'population' ? texts.package : texts.none;
  return path.split('/').at(-1)!;
}

/** One line a figure: its name, and the figure. */
export function writeTotals({ language, study, totals }: StudyCheck, width: number): string[] {
  const texts = CHECK_TEXTS[language];
  const { labels } = texts;
  const number = (value: number) => formatNumber(value, language);
  const list = (counts: ReadonlyArray<readonly [string, number]>) =>
    counts.map(([name, count]) => `${number(count)} ${name === '' ? '–' : name}`).join(', ');
  const rows: Array<readonly [string, string]> = [];
  const { population, populationRead, cellCount, structures, day } = totals;
  if (population === undefined) rows.push([labels.people, texts.unknown]);
  else {
    const outside = (populationRead ?? population) - population;
    const parts = [formatPeople(population, language), texts.cells(number(cellCount ?? 0))];
    if (outside >= 0.5) parts.push(`(${texts.outside(formatPeople(outside, language))})`);
    rows.push([labels.people, parts.join(' ')]);
  }
  if (totals.officialPopulation !== undefined)
    rows.push([labels.official, number(totals.officialPopulation)]);
  if (totals.imputedShare !== undefined)
    rows.push([labels.imputed, formatRate(totals.imputedShare, language)]);
  rows.push([labels.communes, number(totals.communeCount)]);
  if (totals.epciCount > 0) rows.push([labels.epcis, number(totals.epciCount)]);
  if (totals.territoireCount > 0) rows.push([labels.territories, number(totals.territoireCount)]);
  if (structures === undefined) rows.push([labels.structures, texts.unknown]);
  else {
    const { inTerritoryCount, readCount, stopCount, selectedCount, selectedPointCount, byType, byFormat } =
      structures;
    const beyond = number(readCount - inTerritoryCount);
    const places = texts.inTerritory(number(inTerritoryCount), number(readCount), beyond);
    rows.push([
      labels.structures,
      stopCount === 0 ? places : `${places} (${texts.stops(number(stopCount))})`,
    ]);
    if (byType.length > 0) rows.push([labels.types, list(byType)]);
    if (byFormat.length > 0) rows.push([labels.formats, list(byFormat)]);
    const points = selectedPointCount ?? 0;
    rows.push([
      labels.counted,
      points === (selectedCount ?? 0)
        ? number(points)
        : `${number(selectedCount ?? 0)} (${texts.points(number(points))})`,
    ]);
  }
  const streets = totals.streets.map(
    ({ mode, kilometers }) => `${number(kilometers)} km (${wordMode(mode, language).title.toLowerCase()})`,
  );
  rows.push([labels.streets, streets.length === 0 ? texts.unknown : streets.join(', ')]);
  if (day === undefined) rows.push([labels.day, study.date]);
  else {
    const isUsual = day.usualDate === undefined || day.usualDate === day.date;
    const proposed = isUsual ? '' : ` ; ${texts.usualDay(day.usualDate!)}`;
    rows.push([labels.day, `${texts.trips(number(day.tripCount), day.date)}${proposed}`]);
  }
  return alignRows(rows, width);
}

/** Names in a column of their own; long values go on below themselves. */
function alignRows(rows: ReadonlyArray<readonly [string, string]>, width: number): string[] {
  const nameWidth = Math.max(...rows.map(([name]) => name.length)) + 2;
  return rows.flatMap(([name, value]) =>
    wrap(value, width - nameWidth).map((line, i) => `${(i === 0 ? name : '').padEnd(nameWidth)}${line}`),
  );
}
