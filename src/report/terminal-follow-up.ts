/**
 * The follow-up table on the terminal, for commands that have no roads to search: number by nature, then by
 * territory. A string out, no stream.
 */
import { type FollowUpArea, type FollowUpTally, findLastDay } from '../planning/follow-up.ts';
import { FOLLOW_UP_TEXTS } from './follow-up-texts.ts';
import { wordAnswers, wordArea, wordCharters, wordType } from './follow-up-words.ts';
import { writeFollowUpSummary } from './html-follow-up-section.ts';
import { formatNumber } from './numbers.ts';
import type { FollowUpReport } from './report-input.ts';
import {
  TERMINAL_WIDTH,
  type TerminalColumn,
  type TerminalOptions,
  wrap,
  writeTerminalTable,
} from './terminal.ts';
import type { Language } from './text-keys.ts';

export function writeTerminalFollowUp(
  followUp: FollowUpReport,
  language: Language,
  options: TerminalOptions,
): string {
  const texts = FOLLOW_UP_TEXTS[language];
  const width = options.width ?? TERMINAL_WIDTH;
  const whole = followUp.areas[0]!;
  interface Row {
    name: string;
    tally: FollowUpTally;
  }
  const table = (title: string, rows: Row[]): string[] => {
    const number = (title: string, text: (tally: FollowUpTally) => string): TerminalColumn<Row> => ({
      title,
      isNumber: true,
      text: ({ tally }) => text(tally),
    });
    const columns: TerminalColumn<Row>[] = [
      { title, text: ({ name }) => name, isElastic: true },
      number(texts.engaged, ({ engaged }) => formatNumber(engaged, language)),
      number(texts.charterSigned, (tally) => wordCharters(tally, language)),
      number(texts.polyvalent, ({ polyvalent }) => wordAnswers(polyvalent, language)),
    ];
    return writeTerminalTable(columns, rows, width, options);
  };
  const ofArea = (area: FollowUpArea): Row => ({ name: wordArea(area, language), tally: findLastDay(area) });
  const types = whole.types.map((tally): Row => ({ name: wordType(tally.type, language), tally }));
  const parts = [
    wrap(writeFollowUpSummary(followUp, language), width),
    table(texts.nature, [...types, ofArea(whole)]),
    ...(followUp.areas.length > 1 ? [table(texts.area, followUp.areas.map(ofArea))] : []),
    ...(whole.days.length > 1 ? [listDays(whole, language, width, options)] : []),
  ];
  return `${parts.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function listDays(
  { days }: FollowUpArea,
  language: Language,
  width: number,
  options: TerminalOptions,
): string[] {
  const texts = FOLLOW_UP_TEXTS[language];
  return writeTerminalTable(
    [
      { title: texts.day, text: ({ date }) => date ?? texts.noDay },
      { title: texts.engaged, isNumber: true, text: ({ engaged }) => formatNumber(engaged, language) },
      { title: texts.undated, isNumber: true, text: ({ undated }) => formatNumber(undated, language) },
      {
        title: texts.charterSigned,
        isNumber: true,
        text: ({ charterSigned }) => formatNumber(charterSigned, language),
      },
    ],
    days,
    width,
    options,
  );
}
