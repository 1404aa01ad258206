/**
 * What the page says of a commune, a structure or a cell: a title and lines of word and figure, worded as the
 * rest of the report words them.
 */
import { wordLeftOut } from '../left-out-words.ts';
import { formatMinutes, formatNumber, formatPeople, formatRate } from '../numbers.ts';
import type { PageData } from '../page-data.ts';
import { PAGE_TEXTS } from '../page-texts.ts';
import { TEXTS } from '../texts.ts';
import type { Pick } from './state.ts';

export interface Facts {
  title: string;
  lines: Array<readonly [word: string, figure: string]>;
  note: string;
}

export function listFacts(data: PageData, modeIndex: number, pick: Pick): Facts {
  if (pick.kind === 'commune') return ofCommune(data, modeIndex, pick.index);
  if (pick.kind === 'structure') return ofStructure(data, pick.index);
  return ofCell(data, modeIndex, pick.index);
}

function ofCommune(data: PageData, modeIndex: number, index: number): Facts {
  const { language, communes, structures } = data;
  const texts = PAGE_TEXTS[language];
  const mode = data.modes[modeIndex];
  const nearest = mode.nearest[index];
  const lines: Array<readonly [string, string]> = [
    [texts.population, formatPeople(communes.population[index], language)],
    [`${texts.rate} (${mode.title})`, formatRate(mode.rate[index] ?? undefined, language)],
    [texts.state, TEXTS[language].states[mode.state[index]]],
    [texts.leftOut, formatPeople(mode.leftOut[index], language)],
    [texts.median, wordMinutes(data, mode.medianMinutes[index])],
  ];
  if (nearest !== null) {
    lines.push([
      texts.nearest,
      `${structures[nearest].name} (${wordMinutes(data, mode.nearestMinutes[index])})`,
    ]);
  }
  const code = communes.code[index];
  const notes = [whyLeftOut(data, modeIndex, index), mode.borderline[index] ? texts.borderlineLong : ''];
  return {
    title: code === '' ? communes.name[index] : `${communes.name[index]} (${code})`,
    lines,
    note: notes.filter((note) => note !== '').join(' '),
  };
}

/** As communes-non-couvertes.csv says it; empty where nobody is left out. */
function whyLeftOut({ language, structures, modes }: PageData, modeIndex: number, index: number): string {
  const { leftOut, notConnected, tooLate } = modes[modeIndex];
  const late = tooLate[index];
  const reason = wordLeftOut(
    {
      peopleNotConnected: notConnected[index],
      peopleTooLate: leftOut[index] - notConnected[index],
      tooLate: late === null ? undefined : { medianMinutes: late[0], structure: structures[late[1]].name },
    },
    language,
  );
  return reason === '' ? '' : PAGE_TEXTS[language].why(reason);
}

function ofStructure(data: PageData, index: number): Facts {
  const texts = PAGE_TEXTS[data.language];
  const structure = data.structures[index];
  return {
    title: structure.name,
    lines: [
      [structure.type, texts.cercle[structure.cercle]],
      ...(structure.isBeyondBorder ? [[texts.beyond, ''] as const] : []),
    ],
    note: '',
  };
}

function ofCell(data: PageData, modeIndex: number, index: number): Facts {
  const { language, cells, structures } = data;
  const texts = PAGE_TEXTS[language];
  if (cells === null) return { title: '', lines: [], note: '' };
  const time = cells.time[modeIndex][index];
  const nearest = cells.nearest[modeIndex][index];
  const lines: Array<readonly [string, string]> = [
    [texts.population, formatPeople(cells.population[index], language)],
    [data.modes[modeIndex].title, time < 0 ? texts.notConnected : wordMinutes(data, time / 600)],
  ];
  if (time >= 0 && nearest >= 0) lines.push([texts.nearest, structures[nearest].name]);
  return { title: texts.cell, lines, note: texts.cellNote };
}

function wordMinutes({ language }: PageData, minutes: number | null): string {
  return minutes === null ? '–' : PAGE_TEXTS[language].minutes(formatMinutes(minutes, language));
}

/** "12 communes sur 563" */
export function wordShown(data: PageData, shown: number, all: number): string {
  const { language } = data;
  return PAGE_TEXTS[language].shown(formatNumber(shown, language), formatNumber(all, language));
}
