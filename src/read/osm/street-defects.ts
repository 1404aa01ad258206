/** What the streets of a file lack, counted: the same words and counts whichever reader met it. */
import type { NoticeList } from '../../common/notices.ts';
import { NO_INDEX } from '../../common/units.ts';

export interface StreetDefects {
  /** Streets of fewer than two nodes. */
  shortWayCount: number;
  /** References to nodes that the file lacks. */
  missingCount: number;
}

export function noticeStreetDefects(
  { shortWayCount, missingCount }: StreetDefects,
  file: string | undefined,
  notices: NoticeList,
): void {
  const add = (count: number, code: string, message: string, action: string) => {
    if (count === 0) return;
    const place = file === undefined ? {} : { file };
    notices.add({ code, severity: 'warning', message, action, count, value: String(count), ...place });
  };
  add(shortWayCount, 'osm-short-way', `${shortWayCount} streets have fewer than 2 nodes`, 'left out');
  add(
    missingCount,
    'osm-node-missing',
    `${missingCount} references of streets name a node that the file lacks`,
    'the street is cut there',
  );
}

/** References without a node. */
export function countMissing(nodeOfRef: Uint32Array): number {
  let count = 0;
  for (let ref = 0; ref < nodeOfRef.length; ref++) if (nodeOfRef[ref] === NO_INDEX) count++;
  return count;
}
