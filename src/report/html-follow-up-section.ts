/**
 * The report's section on state and follow-up: how many structures are engaged, of what nature, where, since
 * when; what the département declares. Empty where the run has no follow-up.
 */

import { type FollowUpArea, type FollowUpTally, findLastDay } from '../planning/follow-up.ts';
import { FOLLOW_UP_TEXTS } from './follow-up-texts.ts';
import { wordAnswers, wordArea, wordCharters, wordType } from './follow-up-words.ts';
import type { HtmlSection } from './html-section.ts';
import { type HtmlColumn, writeTable } from './html-table.ts';
import { formatDate, formatNumber, formatRate } from './numbers.ts';
import type { FollowUpReport, ReportInput } from './report-input.ts';
import { escapeMarkup } from './svg-text.ts';
import type { Language } from './text-keys.ts';

/** The whole `<section>`, or '' without a follow-up. */
export function writeFollowUpSection({ followUp, language }: ReportInput): HtmlSection | undefined {
  if (followUp === undefined) return undefined;
  const texts = FOLLOW_UP_TEXTS[language];
  const content = [
    `<p class="note">${escapeMarkup(texts.note)}</p>`,
    `<p>${escapeMarkup(writeFollowUpSummary(followUp, language))}</p>`,
    writeTypes(followUp, language),
    writeYears(followUp, language),
    writeAreas(followUp, language),
    writeApart(followUp, language),
    writeDeclared(followUp, language),
  ].join('\n');
  return { id: 'suivi', title: texts.title, content };
}

/** "Au 6 octobre 2026 : 21 structures engagées (cercle 1), dont 7 ont signé la charte." */
export function writeFollowUpSummary({ areas, date, cercles }: FollowUpReport, language: Language): string {
  const texts = FOLLOW_UP_TEXTS[language];
  const { engaged, charterSigned, charterUnstated } = findLastDay(areas[0]!);
  return texts.summary({
    date: date === undefined ? '' : formatDate(date, language),
    engaged: formatNumber(engaged, language),
    signed: charterUnstated === engaged ? undefined : formatNumber(charterSigned, language),
    circles: texts.circles(cercles.join(', ')),
  });
}

function tallyColumns<Row>(pick: (row: Row) => FollowUpTally, language: Language): HtmlColumn<Row>[] {
  const texts = FOLLOW_UP_TEXTS[language];
  const column = (title: string, text: (tally: FollowUpTally) => string): HtmlColumn<Row> => ({
    title,
    isNumber: true,
    text: (row) => text(pick(row)),
  });
  return [
    column(texts.engaged, ({ engaged }) => formatNumber(engaged, language)),
    column(texts.charterSigned, (tally) => wordCharters(tally, language)),
    column(texts.polyvalent, ({ polyvalent }) => wordAnswers(polyvalent, language)),
    column(texts.satisfaction, ({ satisfaction }) => wordAnswers(satisfaction, language)),
    column(texts.audit, ({ audit }) => wordAnswers(audit, language)),
    column(texts.itinerant, ({ itinerant }) => formatNumber(itinerant, language)),
  ];
}

function writeTypes({ areas }: FollowUpReport, language: Language): string {
  const texts = FOLLOW_UP_TEXTS[language];
  const whole = areas[0]!;
  interface Row {
    name: string;
    tally: FollowUpTally;
  }
  const rows: Row[] = whole.types.map((tally) => ({ name: wordType(tally.type, language), tally }));
  rows.push({ name: texts.whole, tally: findLastDay(whole) });
  const columns: HtmlColumn<Row>[] = [
    { title: texts.nature, text: ({ name }) => name, isName: true },
    ...tallyColumns<Row>(({ tally }) => tally, language),
  ];
  return `<h3>${escapeMarkup(texts.byNature)}</h3><div class="scroll">${writeTable(columns, rows)}</div><p class="note">${escapeMarkup(texts.unstatedNote)}</p>`;
}

/** Areas down, days across: engaged, and the charters signed where a list dates any. */
function writeYears({ areas }: FollowUpReport, language: Language): string {
  const texts = FOLLOW_UP_TEXTS[language];
  const { days } = areas[0]!;
  if (days.length < 2) return '';
  const names: HtmlColumn<FollowUpArea> = {
    title: texts.area,
    text: (area) => wordArea(area, language),
    isName: true,
  };
  const undated: HtmlColumn<FollowUpArea> = {
    title: texts.undated,
    isNumber: true,
    text: (area) => formatNumber(findLastDay(area).undated, language),
  };
  const columns = (group: string, value: (tally: FollowUpTally) => number): HtmlColumn<FollowUpArea>[] =>
    days.map(({ date }, at) => ({
      group,
      title: titleDay(date, language),
      isNumber: true,
      text: (area) => formatNumber(value(area.days[at]!), language),
    }));
  const engaged = writeTable([names, ...columns(texts.engaged, (tally) => tally.engaged), undated], areas);
  const hasCharters = findLastDay(areas[0]!).charterSigned > 0;
  const signed = hasCharters
    ? writeTable([names, ...columns(texts.charterSigned, (tally) => tally.charterSigned)], areas)
    : '';
  return `<h3>${escapeMarkup(texts.byYear)}</h3><div class="scroll">${engaged}${signed}</div>`;
}

/** A year by its number, the study's day in full. */
function titleDay(date: string | undefined, language: Language): string {
  if (date === undefined) return FOLLOW_UP_TEXTS[language].noDay;
  return date.endsWith('-12-31') ? date.slice(0, 4) : formatDate(date, language);
}

/** Areas down, the same columns as by nature, and how many of each nature. */
function writeAreas({ areas }: FollowUpReport, language: Language): string {
  const texts = FOLLOW_UP_TEXTS[language];
  if (areas.length < 2) return '';
  const types = areas[0]!.types.map(({ type }) => type);
  const columns: HtmlColumn<FollowUpArea>[] = [
    { title: texts.area, text: (area) => wordArea(area, language), isName: true },
    ...tallyColumns(findLastDay, language),
    ...types.map(
      (type): HtmlColumn<FollowUpArea> => ({
        group: texts.nature,
        title: wordType(type, language),
        isNumber: true,
        text: (area) => formatNumber(area.types.find((own) => own.type === type)?.engaged ?? 0, language),
      }),
    ),
  ];
  return `<h3>${escapeMarkup(texts.byArea)}</h3><div class="scroll">${writeTable(columns, areas)}</div>`;
}

function writeApart(followUp: FollowUpReport, language: Language): string {
  const texts = FOLLOW_UP_TEXTS[language];
  const rows = (
    [
      [
        texts.notEngaged(followUp.cercles.join(language === 'fr' ? ' ou ' : ' or ')),
        followUp.notEngagedCount,
      ],
      [texts.engagedLater, followUp.engagedLaterCount],
      [texts.otherCircle, followUp.otherCircleCount],
      [texts.otherCircleNotEngaged, followUp.otherCircleNotEngagedCount],
      [texts.outside, followUp.outsideCount],
      [texts.unplaced, followUp.unplacedCount],
    ] as const
  ).filter(([, count]) => count > 0);
  if (rows.length === 0) return '';
  const table = writeTable(
    [
      { title: texts.apart, text: ([word]) => word },
      { title: texts.structures, isNumber: true, text: ([, count]) => formatNumber(count, language) },
    ],
    rows,
  );
  return `<h3>${escapeMarkup(texts.apart)}</h3>${table}`;
}

function writeDeclared({ declared }: FollowUpReport, language: Language): string {
  const texts = FOLLOW_UP_TEXTS[language];
  const { sdaasapCompletion, networkTools } = declared;
  const completion =
    sdaasapCompletion === undefined ? texts.notDeclared : formatRate(sdaasapCompletion, language);
  const tools = networkTools.length === 0 ? texts.notDeclared : networkTools.join(', ');
  const table = writeTable(
    [
      { title: '', text: ([word]) => word },
      { title: '', text: ([, value]) => value },
    ],
    [
      [texts.sdaasap, completion],
      [texts.networkTools, tools],
    ] as const,
  );
  return `<h3>${escapeMarkup(texts.declared)}</h3><p class="note">${escapeMarkup(texts.declaredNote)}</p>${table}`;
}
