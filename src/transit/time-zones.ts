/**
 * When a service day starts. GTFS counts times from noon minus 12 h in the agency's zone, which is midnight
 * except on the days when clocks change; so the tail of yesterday is 23, 24 or 25 hours back.
 */

/** Seconds east of UTC that the zone's clocks show at the instant (seconds since 1970-01-01 UTC). */
function utcOffsetSeconds(timeZone: string, instantSeconds: number): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(instantSeconds * 1000);
  const part = (type: Intl.DateTimeFormatPartTypes): number =>
    Number(parts.find((one) => one.type === type)?.value ?? 0);
  const local = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return local / 1000 - instantSeconds;
}

/** Start of the service day in seconds since 1970-01-01 UTC; an unknown zone counts as UTC. */
export function serviceDayStart(timeZone: string | undefined, day: number): number {
  if (timeZone === undefined) return day * 86_400;
  const noon = day * 86_400 + 43_200;
  // Twice, since the first guess takes local noon for noon in UTC.
  const guess = utcOffsetSeconds(timeZone, noon);
  return day * 86_400 - utcOffsetSeconds(timeZone, noon - guess);
}
