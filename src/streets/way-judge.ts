/**
 * What the tag sets of ways mean for one mode, each judged once. They are known before the nodes of a file are, so
 * that whoever waits for those can judge them meanwhile.
 */
import type { StreetMode } from '../common/units.ts';
import type { OsmTags } from '../read/osm/osm-data.ts';
import { profileWay } from './access.ts';
import type { SpeedTable, WayProfile } from './way-profile.ts';

export interface JudgedWay {
  profile: WayProfile;
  /** Equal for equal profiles. */
  key: string;
}

export class WayJudge {
  private readonly judged = new Map<OsmTags, JudgedWay | undefined>();

  constructor(
    readonly mode: StreetMode,
    readonly table: SpeedTable,
  ) {}

  /** Judges a tag set, unless it was before; undefined where the mode cannot use such ways. */
  judge(tags: OsmTags): JudgedWay | undefined {
    const known = this.judged.get(tags);
    if (known !== undefined || this.judged.has(tags)) return known;
    const profile = profileWay(tags, this.mode, this.table);
    const judged = profile === undefined ? undefined : { profile, key: keyOf(profile) };
    this.judged.set(tags, judged);
    return judged;
  }
}

function keyOf(profile: WayProfile): string {
  return JSON.stringify([
    profile.class,
    profile.forward,
    profile.backward,
    profile.isRoundabout,
    profile.isTunnel,
    profile.isFerry,
    profile.ferryDurationSeconds,
  ]);
}
