/**
 * The report's sections on variants (rates beside the headline's, and by EPCI and territoire in the first mode)
 * and on how the structures receive people. Each is empty where there is nothing to show.
 */
import type { CoverageArea, ModeCoverage } from '../coverage/coverage-result.ts';
import { SEGMENTS, type SegmentTally } from '../coverage/segments.ts';
import type { Answers, Reception } from '../read/reception.ts';
import { nameArea } from './coverage-tables.ts';
import { type HtmlColumn, writeTable } from './html-table.ts';
import { formatNumber, formatRate } from './numbers.ts';
import type { ReportInput } from './report-input.ts';
import { escapeMarkup } from './svg-text.ts';
import { TEXTS, wordMode } from './texts.ts';
import { isSecret } from './variants-csv.ts';
import type { VariantReport } from './variants-report.ts';
import { type ReceptionWord, VARIANT_TEXTS } from './variants-texts.ts';

interface Section {
  title: string;
  content: string;
}

/** Title and content; undefined where the study asks for no variant. */
export function writeVariantsSection(input: ReportInput): Section | undefined {
  const { language, result, variants } = input;
  if (variants.length === 0) return undefined;
  const texts = VARIANT_TEXTS[language];
  const [first] = result.modes;
  const mode = wordMode(first!.mode, language).title;
  const { noEpci, noTerritoire } = TEXTS[language];
  const content = [
    note(texts.note),
    `<div class="scroll">${writeRates(input)}</div>`,
    ...listNotes(input).map(note),
    writeAreas(input, first!, 'epcis', result.epcis, noEpci, texts.byEpci(mode)),
    writeAreas(input, first!, 'territoires', result.territoires, noTerritoire, texts.byTerritoire(mode)),
  ];
  return { title: texts.title, content: content.filter((part) => part !== '').join('\n') };
}

/** The headline first, then a row per variant; a rate and its difference per mode. */
function writeRates(input: ReportInput): string {
  const { language, result, variants } = input;
  const texts = VARIANT_TEXTS[language];
  const rows: Array<VariantReport | undefined> = [undefined, ...variants];
  const count = (value: number | undefined) => (value === undefined ? '–' : formatNumber(value, language));
  const columns: HtmlColumn<VariantReport | undefined>[] = [
    { title: texts.variant, text: (variant) => (variant ? texts.variants[variant.key] : texts.headline) },
    {
      title: texts.structures,
      isNumber: true,
      text: (variant) => count(variant ? variant.structureCount : input.structures.length),
    },
    { title: texts.unknown, isNumber: true, text: (variant) => count(variant?.unknownCount) },
  ];
  result.modes.forEach((mode, at) => {
    const group = wordMode(mode.mode, language).title;
    columns.push(
      {
        group,
        title: TEXTS[language].table.rate,
        isNumber: true,
        text: (variant) =>
          variant === undefined
            ? formatRate(mode.whole.rate, language)
            : showRate(variant.modes[at]?.whole, input),
      },
      {
        group,
        title: texts.difference,
        isNumber: true,
        text: (variant) => showDifference(variant?.modes[at]?.whole, input),
      },
    );
  });
  return writeTable(columns, rows);
}

/** Rows of areas, a column per variant, in one mode. */
function writeAreas(
  input: ReportInput,
  mode: ModeCoverage,
  level: 'epcis' | 'territoires',
  areas: readonly CoverageArea[],
  nameOfNone: string,
  title: string,
): string {
  if (areas.length === 0) return '';
  const { language, variants } = input;
  const texts = VARIANT_TEXTS[language];
  const columns: HtmlColumn<number>[] = [
    { title: TEXTS[language].table.name, text: (at) => nameArea(areas[at]!, nameOfNone).nom },
    { title: texts.headline, isNumber: true, text: (at) => formatRate(mode[level][at]!.rate, language) },
    ...variants
      .filter(({ isTold }) => isTold)
      .map(
        (variant): HtmlColumn<number> => ({
          title: texts.variants[variant.key],
          isNumber: true,
          text: (at) => showRate(variant.modes[0]![level][at], input),
        }),
      ),
  ];
  const table = writeTable(
    columns,
    areas.map((_, at) => at),
  );
  return `<h3>${escapeMarkup(title)}</h3><div class="scroll">${table}</div>`;
}

function showRate(tally: SegmentTally | undefined, { language }: ReportInput): string {
  const texts = VARIANT_TEXTS[language];
  if (tally === undefined) return texts.untold;
  return isSecret(tally) ? texts.secret : formatRate(tally.rate, language);
}

/** Percentage points with their sign; "< 0,1" where there is a difference that one decimal does not show. */
function showDifference(tally: SegmentTally | undefined, { language }: ReportInput): string {
  if (tally === undefined || isSecret(tally) || tally.difference === undefined) return '–';
  const points = tally.difference * 100;
  if (points === 0) return formatNumber(0, language, 1);
  const shown = formatNumber(Math.max(0.1, Math.abs(points)), language, 1);
  const isTiny = Math.abs(points) < 0.05;
  return `${points > 0 ? '+' : '−'}${isTiny ? `\u00a0<\u00a0${shown}` : shown}`;
}

/** The explanations that the variants shown need. */
function listNotes({ language, variants, parameters }: ReportInput): string[] {
  const texts = VARIANT_TEXTS[language];
  const has = (...keys: readonly string[]) => variants.some(({ key }) => keys.includes(key));
  const relayPopulation = formatNumber(Number(parameters.relay_population_below), language);
  return [
    ...(has('outside_working_hours') ? [texts.outsideNote] : []),
    ...(has('town_hall_relays') ? [texts.relayNote(relayPopulation)] : []),
    ...(has('choice_2', 'choice_3') ? [texts.choiceNote] : []),
    ...(has(...SEGMENTS) ? [texts.secrecyNote] : []),
  ];
}

const RECEPTION_WORDS = ['withAppointment', 'withoutAppointment', 'telephone', 'digital'] as const;
const OUTSIDE_WORDS = ['any', 'evening', 'lunch', 'saturday'] as const;

/** Title and content; undefined where no list says anything. */
export function writeReceptionSection({ language, reception }: ReportInput): Section | undefined {
  const rows = listReceptionRows(reception);
  if (rows.length === 0) return undefined;
  const texts = VARIANT_TEXTS[language];
  const column = (answer: keyof Answers): HtmlColumn<(typeof rows)[number]> => ({
    title: texts.answers[answer],
    isNumber: true,
    text: ([, answers]) => formatNumber(answers[answer], language),
  });
  const table = writeTable(
    [{ title: '', text: ([word]) => texts.reception[word] }, column('yes'), column('no'), column('unknown')],
    rows,
  );
  return {
    title: texts.receptionTitle,
    content: `${note(texts.receptionNote)}<div class="scroll">${table}</div>`,
  };
}

function listReceptionRows(reception: Reception): Array<readonly [ReceptionWord, Answers]> {
  const { outsideHours } = reception;
  const rows = [
    ...RECEPTION_WORDS.map((word) => [word, reception[word]] as const),
    ...(outsideHours === undefined ? [] : OUTSIDE_WORDS.map((word) => [word, outsideHours[word]] as const)),
  ];
  return rows.filter(([, { yes, no }]) => yes + no > 0);
}

function note(text: string): string {
  return `<p class="note">${escapeMarkup(text)}</p>`;
}
