/**
 * `indicateurs.json`: every figure of the result, `headline` first. Its shape is `indicators-schema.ts`.
 */
import type {
  AreaCoverage,
  CoverageTally,
  ModeCoverage,
  NearestStructure,
} from '../coverage/coverage-result.ts';
import { writeFollowUp, writeTargets } from './follow-up-json.ts';
import { countCommunes, findThresholdMinutes } from './headline.ts';
import type { Indicators } from './indicators-schema.ts';
import { describeLicence } from './licences.ts';
import { OUTPUT_SCHEMA_VERSION, type ReportInput, type SnapSummary } from './report-input.ts';
import type { TransitReport } from './transit-report.ts';
import { buildReception, buildUnknownTypes, buildVariants } from './variants-json.ts';

/** The file's text, with a final newline. */
export function writeIndicatorsJson(input: ReportInput): string {
  return `${JSON.stringify(buildIndicators(input), undefined, 2)}\n`;
}

export function buildIndicators(input: ReportInput): Indicators {
  const { result, study } = input;
  const { cells } = result;
  return {
    schema_version: OUTPUT_SCHEMA_VERSION,
    generator: { name: 'maillage', version: input.version },
    licence: describeLicence(input.language),
    study: {
      name: study.name,
      date: study.date,
      departement: study.departement ?? null,
      fictional: study.isFictional,
    },
    headline: result.modes.map((mode) => ({
      mode: mode.mode,
      threshold_minutes: findThresholdMinutes(result),
      operator: result.inclusive ? '<=' : '<',
      population: mode.whole.population,
      population_covered: mode.whole.populationCovered,
      population_uncovered: mode.whole.populationUncovered,
      population_not_connected: mode.whole.populationNotConnected,
      rate: mode.whole.rate ?? null,
      ...(mode.whole.departures === undefined
        ? {}
        : {
            rate_median: mode.whole.departures.rateMedian ?? null,
            mean_availability: mode.whole.departures.meanAvailability ?? null,
          }),
    })),
    uncovered_below: result.uncoveredBelow,
    cells: {
      count: cells.cellCount,
      count_outside: cells.cellCountOutside,
      count_split: cells.cellCountSplit,
      population_read: cells.populationRead,
      population_inside: cells.populationInside,
      population_outside: cells.populationOutside,
      population_by_rule: { ...cells.populationByRule },
      population_by_origin: { ...input.populationByOrigin },
      share_imputed: input.imputedShare ?? null,
    },
    calage:
      input.calage === undefined
        ? null
        : {
            population_before: input.calage.populationBefore,
            population_after: input.calage.populationAfter,
            population_official: input.calage.populationOfficial,
            communes_scaled: input.calage.communeCountScaled,
          },
    structures_assumed: {
      engaged: input.assumed.engaged,
      circle: input.assumed.cercle,
      hours: input.assumed.hours,
      hours_not_understood: input.assumed.unreadHours,
    },
    modes: result.modes.map((mode) => writeMode(mode, input)),
    reception: buildReception(input),
    unknown_types: buildUnknownTypes(input),
    variants: buildVariants(input),
    transit: input.transit === undefined ? null : writeTransit(input.transit, input),
    follow_up: input.followUp === undefined ? null : writeFollowUp(input.followUp),
    targets: input.targets === undefined ? null : writeTargets(input.targets),
    notices: Object.fromEntries(input.noticeCounts),
  };
}

function writeMode(mode: ModeCoverage, input: ReportInput): Indicators['modes'][number] {
  const edges = input.result.bandEdgesMinutes;
  const snaps = input.snaps.find((candidate) => candidate.mode === mode.mode);
  return {
    mode: mode.mode,
    combines: mode.combines === undefined ? null : [...mode.combines],
    whole: writeTally(mode.whole, edges),
    population_not_linked: mode.populationNotLinked,
    communes_by_state: {
      couverte: countCommunes(mode, 'couverte'),
      partielle: countCommunes(mode, 'partielle'),
      non_couverte: countCommunes(mode, 'non couverte'),
      sans_population: countCommunes(mode, 'sans population'),
    },
    border:
      mode.borderGain === undefined
        ? null
        : {
            population_covered_without: mode.borderGain.populationCoveredWithout,
            population_gained: mode.borderGain.populationGained,
          },
    population_by_ferry_only: mode.populationByFerryOnly ?? null,
    snaps:
      snaps === undefined ? null : { cells: writeSnap(snaps.cells), structures: writeSnap(snaps.structures) },
    pockets: mode.pockets.map((pocket) => ({
      number: pocket.number,
      communes: pocket.communeIndices.map((index) => input.result.communes[index].code),
      population: pocket.population,
      population_left_out: pocket.populationLeftOut,
    })),
    communes: mode.communes.map((commune) => ({
      ...writeArea(commune, edges),
      epci: commune.area.epci ?? null,
      canton: commune.area.canton ?? null,
      territory: commune.area.territoire ?? null,
      state: commune.etat,
      borderline: commune.borderline,
      nearest_structure:
        commune.nearestStructure === undefined ? null : writeNearest(commune.nearestStructure, input),
      too_late:
        commune.tooLate === undefined
          ? null
          : {
              median_minutes: commune.tooLate.medianMinutes,
              nearest_structure: writeNearest(commune.tooLate.nearestStructure, input),
            },
      ...('minutesOverCar' in commune ? { minutes_over_car: commune.minutesOverCar ?? null } : {}),
    })),
    epcis: mode.epcis.map((area) => writeArea(area, edges)),
    cantons: mode.cantons.map((area) => writeArea(area, edges)),
    territories: mode.territoires.map((area) => writeArea(area, edges)),
    structures: mode.structures.map((structure) => ({
      id: input.structures[structure.structureIndex].id,
      population_nearest: structure.populationNearest,
      population_within: structure.populationWithin ?? null,
      population_alone: structure.populationAlone ?? null,
    })),
  };
}

function writeNearest(
  { structureIndex, population, meanMinutes, meanMeters }: NearestStructure,
  input: ReportInput,
): NonNullable<Indicators['modes'][number]['communes'][number]['nearest_structure']> {
  return {
    id: input.structures[structureIndex].id,
    population,
    mean_minutes: meanMinutes,
    mean_meters: meanMeters ?? null,
  };
}

function writeArea(
  area: AreaCoverage,
  edges: readonly number[],
): Indicators['modes'][number]['epcis'][number] {
  return { code: area.area.code, name: area.area.nom, ...writeTally(area, edges) };
}

function writeTally(tally: CoverageTally, edges: readonly number[]): Indicators['modes'][number]['whole'] {
  return {
    population: tally.population,
    population_covered: tally.populationCovered,
    population_uncovered: tally.populationUncovered,
    population_not_connected: tally.populationNotConnected,
    rate: tally.rate ?? null,
    mean_minutes: tally.meanMinutes ?? null,
    median_minutes: tally.medianMinutes ?? null,
    share_reached: tally.reachedShare ?? null,
    bands: tally.populationOfBand.map((population, band) => {
      const connected = band <= edges.length;
      return {
        from_minutes: connected ? (band === 0 ? 0 : edges[band - 1]) : null,
        to_minutes: connected ? (edges[band] ?? null) : null,
        connected,
        population,
      };
    }),
    ...(tally.departures === undefined
      ? {}
      : {
          departures: {
            population_covered_median: tally.departures.populationCoveredMedian,
            rate_median: tally.departures.rateMedian ?? null,
            mean_availability: tally.departures.meanAvailability ?? null,
          },
        }),
  };
}

function writeTransit(transit: TransitReport, { result }: ReportInput): NonNullable<Indicators['transit']> {
  const { use, leaving, hours, populationCoveredWithoutSchoolOnly: without } = transit;
  const sparse = transit.sparseWindow;
  const population = result.cells.populationInside;
  return {
    date: transit.date,
    feeds: transit.feeds.map((feed) => ({
      name: feed.name,
      agency: feed.agency ?? null,
      first_day: feed.first,
      last_day: feed.last,
      active_trips: feed.activeTripCount,
      stops: feed.stopCount,
      on_demand_trips: feed.onDemandTripCount,
      on_demand_zones: feed.onDemandZoneCount,
    })),
    leaving_from_seconds: leaving.fromSeconds,
    leaving_until_seconds: leaving.untilSeconds,
    population_by_rides: use.populationByRides,
    mean_transfer_wait_minutes: use.meanTransferWaitMinutes ?? null,
    cells: use.cellCount,
    cells_changed: use.cellCountChanged,
    population_changed: use.populationChanged,
    population_gained: use.populationGained,
    sparse_window:
      sparse === undefined
        ? null
        : {
            from_seconds: sparse.fromSeconds,
            until_seconds: sparse.untilSeconds,
            feeds: sparse.feeds,
            trips: sparse.tripCount,
            trips_on_day: sparse.dayTripCount,
            busiest_from_seconds: sparse.busiest.fromSeconds,
            busiest_until_seconds: sparse.busiest.untilSeconds,
            busiest_trips: sparse.busiest.tripCount,
          },
    limit_minutes: transit.limitMinutes,
    population_over_limit: use.populationOverLimit,
    stops_served: transit.stopCount,
    stops_not_linked: transit.stopCountNotLinked,
    structures_with_hours: hours.knownCount,
    structures_closed: hours.closedCount,
    structures_outside_window: hours.outsideWindowCount ?? 0,
    school_only_lines: [...transit.schoolOnlyLines],
    without_school_only:
      without === undefined
        ? null
        : { population_covered: without, rate: population > 0 ? without / population : null },
  };
}

function writeSnap(
  snap: SnapSummary,
): { count: number; not_linked: number } & Record<
  'median_meters' | 'p95_meters' | 'max_meters',
  number | null
> {
  return {
    count: snap.count,
    not_linked: snap.notLinkedCount,
    median_meters: snap.medianMeters ?? null,
    p95_meters: snap.p95Meters ?? null,
    max_meters: snap.maxMeters ?? null,
  };
}
