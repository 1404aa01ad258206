/**
 * How the structures counted receive people: with or without an appointment, by telephone, by digital means, and
 * outside working hours. Counted, whatever the way: only a place to go to covers anybody.
 */
import { isOpenOutside, type OutsideHours } from './outside-hours.ts';
import type { Structure } from './records.ts';

/** Structures by what their lists say; yes + no + unknown = structures. */
export interface Answers {
  yes: number;
  no: number;
  unknown: number;
}

export interface Reception {
  structureCount: number;
  withAppointment: Answers;
  withoutAppointment: Answers;
  telephone: Answers;
  digital: Answers;
  /** Undefined where no variant asked for the hours of the week. */
  outsideHours: OutsideReception | undefined;
}

export interface OutsideReception {
  /** In any of the slots. */
  any: Answers;
  evening: Answers;
  lunch: Answers;
  saturday: Answers;
}

/** @param hours of the same structures in the same order */
export function countReception(
  structures: readonly Structure[],
  hours: readonly OutsideHours[] | undefined,
): Reception {
  const of = (read: (structure: Structure) => boolean | undefined) => countAnswers(structures.map(read));
  return {
    structureCount: structures.length,
    withAppointment: of(({ avecRdv }) => avecRdv),
    withoutAppointment: of(({ sansRdv }) => sansRdv),
    telephone: of(({ telephone }) => telephone),
    digital: of(({ numerique }) => numerique),
    outsideHours: hours && countOutside(hours),
  };
}

function countOutside(hours: readonly OutsideHours[]): OutsideReception {
  const of = (read: (each: OutsideHours) => boolean) =>
    countAnswers(hours.map((each) => (each.isKnown ? read(each) : undefined)));
  return {
    any: of(isOpenOutside),
    evening: of(({ evening }) => evening),
    lunch: of(({ lunch }) => lunch),
    saturday: of(({ saturday }) => saturday),
  };
}

function countAnswers(answers: ReadonlyArray<boolean | undefined>): Answers {
  const count = (wanted: boolean | undefined) => answers.filter((answer) => answer === wanted).length;
  return { yes: count(true), no: count(false), unknown: count(undefined) };
}
