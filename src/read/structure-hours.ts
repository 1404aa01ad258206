/**
 * The opening hours of lists -> OSM's `opening_hours`, and whether they open in the week studied. Texts in OSM's
 * syntax stay as they are; what is written in French is put into that syntax (`french-hours.ts`). What neither
 * reads is kept beside the structure as not understood, with a notice, and counts as unknown hours do: as open.
 */

import type { NoticeList } from '../common/notices.ts';
import { departementOf } from './decoupage.ts';
import { readFrenchHours } from './french-hours.ts';
import { createHoursReader, type HoursReader, weekOf } from './hours-reader.ts';
import { isEverOpen } from './opening-hours.ts';
import type { Structure } from './records.ts';

/** What a text of opening hours says; undefined where it is not understood. */
export interface UnderstoodHours {
  /** OSM syntax; undefined where one comes by appointment, and no hours are said. */
  osm: string | undefined;
  /** True where the text was French. */
  isFrench: boolean;
  /** What a French text says of appointments; undefined = nothing. */
  avecRdv?: true | undefined;
  sansRdv?: true | undefined;
  /** In the week studied. */
  opensInWeek: boolean;
}

/** `lon` and `lat` serve for holidays and the sun; NaN where they are not known. */
export type HoursUnderstander = (
  text: string,
  lon: number,
  lat: number,
  codeInsee?: string,
) => UnderstoodHours | undefined;

const DAY = '(?:Mo|Tu|We|Th|Fr|Sa|Su)';
const TIMES = '(?:[01]\\d|2[0-4]):[0-5]\\d-(?:[01]\\d|2[0-4]):[0-5]\\d';
/** Weekly hours as the tool itself writes them: their meaning needs no calendar. */
const PLAIN_RULE = `${DAY}(?:[-,]${DAY})* ${TIMES}(?:,${TIMES})*`;
const PLAIN_WEEK = new RegExp(`^(?:off|closed|24/7|${PLAIN_RULE}(?:; ?${PLAIN_RULE})*)$`);

/** Words and signs of OSM's syntax. */
const OSM_WORDS =
  /^(?:Mo|Tu|We|Th|Fr|Sa|Su|PH|SH|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|week|days?|easter|sunrise|sunset|dawn|dusk|off|closed|open|unknown|"[^"]*"|[\d\s:,;+\-–[\]()/|.])+$/;
/** English as the package reads it beside. */
const ENGLISH_WORDS =
  /^(?:(?:mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)(?:day|nesday|rsday|urday)?s?|sday|am|pm|a\.m\.|p\.m\.|noon|midnight|to|and|until|daily|[\d\s:,;+\-–()/|.])+$/i;

/** What stands in a column for an empty field: hours that are unknown, not hours that nobody understands. */
const NOT_STATED =
  /^(?:n\.? ?[cr]\.?|n\/?[ad]|[-–—_.\s]+|inconnue?s?|non (?:communiqu|renseign|connu|pr[ée]cis|disponible)\p{L}*|[aà] (?:pr[ée]ciser|d[ée]finir|compl[ée]ter|renseigner))$/iu;

/** `8:30-12:30 / 13:30-17:30`: two ranges, which in OSM's syntax would be a step of time. */
const HAS_SLASHED_RANGES = /\d\s*\/\s*\d/;

/** Characters of a text of hours at most; those of OSM have 255. Longer ones take seconds to find not understood. */
const LONGEST_HOURS = 1000;

/** An understander for one week; the package is loaded only where a text asks for it. @param date YYYY-MM-DD */
export async function createHoursUnderstander(
  texts: Iterable<string | undefined>,
  date: string | undefined,
): Promise<HoursUnderstander> {
  const needsCalendar = [...texts].some(
    (text) => text !== undefined && text.length <= LONGEST_HOURS && !PLAIN_WEEK.test(text.trim()),
  );
  const [monday, nextMonday] = weekOf(date ?? ORDINARY_DAY);
  const read = needsCalendar ? await createHoursReader(monday, nextMonday) : undefined;
  const known = new Map<string, UnderstoodHours | undefined>();
  return (text, lon, lat, codeInsee) => {
    // The same text may mean other days where the holidays are others.
    const key = `${codeInsee === undefined ? '' : departementOf(codeInsee)}|${text}`;
    if (!known.has(key)) known.set(key, understand(text.trim(), lon || 0, lat || 0, codeInsee, read, date));
    return known.get(key);
  };
}

/** The week that says whether a text can be read where the study has no day of its own. */
const ORDINARY_DAY = '2026-10-06';

function understand(
  text: string,
  lon: number,
  lat: number,
  codeInsee: string | undefined,
  read: HoursReader | undefined,
  date: string | undefined,
): UnderstoodHours | undefined {
  if (text.length > LONGEST_HOURS) return undefined;
  if (read === undefined || PLAIN_WEEK.test(text)) {
    return { osm: text, isFrench: false, opensInWeek: isEverOpen(text) };
  }
  const asOsm = (osm: string): UnderstoodHours | undefined => {
    const stretches = read(osm, lon, lat, codeInsee);
    if (stretches === undefined) return undefined;
    const opensInWeek = date === undefined ? isEverOpen(osm) : stretches.length > 0;
    return { osm, isFrench: false, opensInWeek };
  };
  const asFrench = (): UnderstoodHours | undefined => {
    const french = readFrenchHours(text);
    if (french === undefined) return undefined;
    const appointments = {
      avecRdv: french.avecRdv || undefined,
      sansRdv: french.sansRdv || undefined,
    } as const;
    const hours: UnderstoodHours | undefined =
      french.osm === undefined ? { osm: undefined, isFrench: true, opensInWeek: true } : asOsm(french.osm);
    return hours && { ...hours, isFrench: true, ...withTrue(appointments) };
  };
  if (!OSM_WORDS.test(text)) return asFrench() ?? (ENGLISH_WORDS.test(text) ? asOsm(text) : undefined);
  return (HAS_SLASHED_RANGES.test(text) ? asFrench() : undefined) ?? asOsm(text) ?? asFrench();
}

function withTrue({ avecRdv, sansRdv }: { avecRdv: boolean | undefined; sansRdv: boolean | undefined }) {
  return { ...(avecRdv ? { avecRdv } : {}), ...(sansRdv ? { sansRdv } : {}) } as Pick<
    UnderstoodHours,
    'avecRdv' | 'sansRdv'
  >;
}

/** The structures of all lists with their hours in OSM's syntax; notices for what is not understood. */
export async function understandHours(
  lists: ReadonlyArray<readonly Structure[]>,
  date: string | undefined,
  notices: NoticeList,
): Promise<Structure[][]> {
  const understandText = await createHoursUnderstander(
    lists.flatMap((list) => list.map(({ horaires }) => horaires)),
    date,
  );
  return lists.map((list) => {
    const french: Structure[] = [];
    const byAppointment: Structure[] = [];
    const read = list.map((structure): Structure => {
      const { horaires, unreadHours } = structure;
      if (horaires === undefined) {
        if (unreadHours !== undefined) noticeUnread(structure, unreadHours, notices);
        return structure;
      }
      if (NOT_STATED.test(horaires.trim())) return { ...structure, horaires: undefined };
      const hours = understandText(horaires, structure.lon, structure.lat, structure.codeInsee);
      if (hours === undefined) {
        noticeUnread(structure, horaires, notices);
        return { ...structure, horaires: undefined, unreadHours: horaires };
      }
      if (hours.isFrench) (hours.osm === undefined ? byAppointment : french).push(structure);
      return withHours(structure, hours);
    });
    noticeFrench(french, understandText, notices);
    noticeByAppointment(byAppointment, notices);
    return read;
  });
}

/** A structure with the hours that its list's text says. */
export function withHours(
  structure: Structure,
  { osm, avecRdv, sansRdv, opensInWeek }: UnderstoodHours,
): Structure {
  return {
    ...structure,
    horaires: osm,
    avecRdv: structure.avecRdv ?? avecRdv,
    sansRdv: structure.sansRdv ?? sansRdv,
    ...(opensInWeek ? {} : { isClosedThatWeek: true }),
  };
}

function noticeUnread({ nom, file, row, id }: Structure, text: string, notices: NoticeList): void {
  notices.add({
    code: 'opening-hours-not-understood',
    severity: 'warning',
    message: `${nom}: the opening hours are not understood`,
    action: 'counted as open, as unknown hours are',
    file,
    row,
    id,
    value: text,
  });
}

/** One notice a list: the column `horaires` of structures.csv shows how each was read. */
function noticeFrench(
  structures: readonly Structure[],
  understandText: HoursUnderstander,
  notices: NoticeList,
): void {
  const [first] = structures;
  if (first?.horaires === undefined) return;
  const { nom, file, row, id, horaires, lon, lat, codeInsee } = first;
  notices.add({
    code: 'opening-hours-in-french',
    severity: 'info',
    message: `${count(structures)} hours in French, ${nom} the first of them`,
    action: `read as OpenStreetMap hours, here ${understandText(horaires, lon, lat, codeInsee)?.osm}`,
    file,
    row,
    id,
    value: horaires,
  });
}

function noticeByAppointment(structures: readonly Structure[], notices: NoticeList): void {
  const [first] = structures;
  if (first === undefined) return;
  notices.add({
    code: 'opening-hours-by-appointment',
    severity: 'info',
    message: `${count(structures)} no hours and ask for an appointment, ${first.nom} the first of them`,
    action: 'hours unknown, counted as open',
    file: first.file,
    row: first.row,
    id: first.id,
    value: first.horaires ?? '',
  });
}

const count = ({ length }: readonly unknown[]) =>
  `${length} ${length === 1 ? 'structure gives' : 'structures give'}`;
