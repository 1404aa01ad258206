/**
 * Which structures count in each variant of a study. A variant is the study's own selection with one thing
 * changed, so its rate is that of a study run with that selection. In go all structures read; out come the
 * structures that any variant needs, once, and their positions by variant.
 *
 * What a list does not say is counted for each variant. As in the headline, a missing word stands for the usual:
 * engaged, open, with and without appointment; only opening outside working hours must be stated, being the
 * exception. Where a list says nothing at all, a variant has no figure rather than the headline's.
 */
import type { NoticeList } from '../common/notices.ts';
import type { Study, StudySelection } from '../study/study.ts';
import { type SelectionVariant, type Variant, WITH_UNKNOWN_TYPES } from '../study/variant-keys.ts';
import { createHoursReader, dayAfter } from './hours-reader.ts';
import { isOpenOutside, type OutsideHours, readOutsideHours } from './outside-hours.ts';
import type { Structure } from './records.ts';
import { findOwnersOfStops, findReason, type SelectionOptions } from './select-structures.ts';

export interface VariantSelection {
  key: SelectionVariant;
  /** Positions in `SelectedVariants.structures`, ascending. */
  structures: number[];
  /** Structures whose list does not say what the variant asks. */
  unknownCount: number;
  /** False where the lists say nothing of what it asks: no figures. */
  isTold: boolean;
}

export interface SelectedVariants {
  /** Those of the headline first, then what else any variant needs, each in the order read. */
  structures: Structure[];
  selections: VariantSelection[];
  /** Hours of the headline's structures, where a variant asked for them. */
  outsideHours: OutsideHours[] | undefined;
}

export interface VariantOptions extends SelectionOptions {
  /** The commune that a structure stands in, and its inhabitants if known; undefined outside all communes. */
  communeOf: (structure: Structure) => { code: string; population: number | undefined } | undefined;
}

type VariantStudy = Pick<
  Study,
  'selection' | 'crossBorder' | 'thresholdMinutes' | 'variants' | 'relayPopulationBelow'
>;

/** What a variant keeps of the structures, and what it does not know. */
interface Kept {
  structures: readonly Structure[];
  unknownCount: number;
  isTold: boolean;
}

export async function selectVariants(
  all: readonly Structure[],
  headline: readonly Structure[],
  study: VariantStudy,
  options: VariantOptions,
  notices: NoticeList,
): Promise<SelectedVariants> {
  const selector = new Selector(all, headline, study, options, notices);
  const structures = [...headline];
  const position = new Map(structures.map((structure, i) => [structure, i]));
  const place = (structure: Structure): number => {
    const known = position.get(structure);
    if (known !== undefined) return known;
    position.set(structure, structures.length);
    return structures.push(structure) - 1;
  };
  const selections: VariantSelection[] = [];
  for (const key of listKeys(all, study)) {
    const kept = await selector.keep(key);
    if (!kept.isTold) noticeUntold(key, notices);
    const positions = kept.isTold ? kept.structures.map(place).sort((a, b) => a - b) : [];
    selections.push({ key, structures: positions, unknownCount: kept.unknownCount, isTold: kept.isTold });
  }
  return { structures, selections, outsideHours: selector.outsideHours };
}

function listKeys(all: readonly Structure[], study: VariantStudy): SelectionVariant[] {
  const asked: SelectionVariant[] = study.variants.filter(isSelectionVariant);
  return all.some(({ isTypeUnknown }) => isTypeUnknown === true) ? [...asked, WITH_UNKNOWN_TYPES] : asked;
}

function isSelectionVariant(
  key: Variant,
): key is Exclude<SelectionVariant, typeof WITH_UNKNOWN_TYPES> & Variant {
  return key !== 'choice_2' && key !== 'choice_3' && key !== 'segments';
}

const MOVING_FORMATS: readonly string[] = ['itinerant', 'bus'];

class Selector {
  outsideHours: OutsideHours[] | undefined;
  private readonly ownersOfStops: ReadonlySet<string>;

  constructor(
    private readonly all: readonly Structure[],
    private readonly headline: readonly Structure[],
    private readonly study: VariantStudy,
    private readonly options: VariantOptions,
    private readonly notices: NoticeList,
  ) {
    this.ownersOfStops = findOwnersOfStops(all);
  }

  async keep(key: SelectionVariant): Promise<Kept> {
    const { formats } = this.study.selection;
    switch (key) {
      case 'engaged':
        return told(this.select({ engagedOnly: true }), ({ engageeStated }) => !engageeStated);
      case 'potential':
        return told(this.select({ engagedOnly: false }), ({ engageeStated }) => !engageeStated);
      case 'circle_1':
        return told(this.select({ cercles: [1] }), ({ cercleStated }) => !cercleStated);
      case 'circle_2':
        return told(this.select({ cercles: [2] }), ({ cercleStated }) => !cercleStated);
      case 'circles_1_2':
        return told(this.select({ cercles: [1, 2] }), ({ cercleStated }) => !cercleStated);
      case 'with_itinerant':
        return told(this.select({ formats: [...new Set([...formats, ...MOVING_FORMATS])] }));
      case 'without_itinerant':
        return told(this.select({ formats: formats.filter((format) => !MOVING_FORMATS.includes(format)) }));
      case 'open_that_day':
        return this.openThatDay();
      case 'outside_working_hours':
        return this.openOutside();
      case 'with_appointment':
        return this.unlessDenied(({ avecRdv }) => avecRdv);
      case 'without_appointment':
        return this.unlessDenied(({ sansRdv }) => sansRdv);
      case 'town_hall_relays':
        return this.withRelays();
      case WITH_UNKNOWN_TYPES:
        return told(this.select({ countsUnknownTypes: true }));
    }
  }

  /** All structures that the study would count with its selection so changed. */
  private select(change: Partial<StudySelection>): Structure[] {
    const study = { ...this.study, selection: { ...this.study.selection, ...change } };
    return this.all.filter(
      (structure) => findReason(structure, study, this.options, this.ownersOfStops) === undefined,
    );
  }

  private unlessDenied(read: (structure: Structure) => boolean | undefined): Kept {
    const unknownCount = this.headline.filter((structure) => read(structure) === undefined).length;
    return {
      structures: this.headline.filter((structure) => read(structure) !== false),
      unknownCount,
      isTold: unknownCount < this.headline.length,
    };
  }

  private async openThatDay(): Promise<Kept> {
    const { date } = this.options;
    const hasHours = this.headline.some(({ horaires }) => horaires !== undefined);
    if (date === undefined || !hasHours) {
      return { structures: [], unknownCount: this.headline.length, isTold: false };
    }
    const read = await createHoursReader(dayAfter(date, 0), dayAfter(date, 1));
    const stretchCounts = this.headline.map(({ horaires, lon, lat, codeInsee }) =>
      horaires === undefined ? undefined : read(horaires, lon, lat, codeInsee)?.length,
    );
    const unknownCount = stretchCounts.filter((count) => count === undefined).length;
    return {
      structures: this.headline.filter((_, i) => stretchCounts[i] !== 0),
      unknownCount,
      isTold: unknownCount < this.headline.length,
    };
  }

  private async openOutside(): Promise<Kept> {
    const hours = await readOutsideHours(this.headline, this.options.date, this.notices);
    this.outsideHours = hours;
    const unknownCount = hours.filter(({ isKnown }) => !isKnown).length;
    return {
      structures: this.headline.filter((_, i) => isOpenOutside(hours[i]!)),
      unknownCount,
      isTold: unknownCount < hours.length,
    };
  }

  /** The headline, and the town halls of small communes in which nothing of it stands. */
  private withRelays(): Kept {
    const { communeOf } = this.options;
    const served = new Set(this.headline.map((structure) => communeOf(structure)?.code));
    const townHalls = this.select({ engagedOnly: false, cercles: [1, 2], types: ['mairie'] }).filter(
      (structure) => !this.headline.includes(structure),
    );
    const relays: Structure[] = [];
    let unknownCount = 0;
    for (const townHall of townHalls) {
      const commune = communeOf(townHall);
      if (commune?.population === undefined) unknownCount++;
      else if (commune.population < this.study.relayPopulationBelow && !served.has(commune.code)) {
        relays.push(townHall);
      }
    }
    return {
      structures: [...this.headline, ...relays],
      unknownCount,
      isTold: townHalls.length > unknownCount,
    };
  }
}

function told(structures: Structure[], isUnknown: (structure: Structure) => boolean = () => false): Kept {
  return { structures, unknownCount: structures.filter(isUnknown).length, isTold: true };
}

/** What the lists lack for a variant. */
const UNTOLD: Partial<Record<SelectionVariant, string>> = {
  open_that_day: 'the structures have no hours that can be read, or the study has no day',
  outside_working_hours: 'the structures have no hours that can be read',
  with_appointment: 'the lists do not say who receives with an appointment',
  without_appointment: 'the lists do not say who receives without an appointment',
  town_hall_relays: 'the lists hold no town hall of a commune whose inhabitants are known',
};

function noticeUntold(key: SelectionVariant, notices: NoticeList): void {
  notices.add({
    code: 'variant-not-told',
    severity: 'info',
    message: `the variant ${key} cannot be computed: ${UNTOLD[key]}`,
    action: 'no figures for it',
    value: key,
  });
}
