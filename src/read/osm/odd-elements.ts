/**
 * What text formats of OSM can hold that is no usable element, counted per kind so that a damaged file gives
 * some notices and not a million; and Overpass' remark, which tells that an answer is incomplete.
 */
import { Fault } from '../../common/errors.ts';
import type { NoticeList } from '../../common/notices.ts';

const MESSAGES: Readonly<Record<string, string>> = {
  'osm-element-without-id': 'elements have no whole number as id',
  'osm-node-without-position': 'nodes have no position on the globe',
  'osm-reference-unreadable': 'ways have references that are no whole numbers',
  'osm-tags-unreadable': 'elements have tags that are no texts',
  'osm-member-unreadable': 'members of relations have no readable type and reference',
};

const ACTIONS: Readonly<Record<string, string>> = {
  'osm-reference-unreadable': 'the street is cut there',
};

export class OddElements {
  /** Ways that list nodes, and ways that list none although they have a geometry. */
  waysWithNodes = 0;
  waysWithoutNodes = 0;
  private readonly firstOfCode = new Map<string, { count: number; row: number | undefined; value: string }>();

  /** @param row of a text; the blobs of a PBF file have none */
  add(code: string, row: number | undefined, value: string, count = 1): void {
    const first = this.firstOfCode.get(code);
    if (first === undefined) this.firstOfCode.set(code, { count, row, value });
    else first.count += count;
  }

  /** Turns the counts into notices. Throws a UsageError where no way of the file lists its nodes. */
  report(file: string, notices: NoticeList): void {
    for (const [code, { count, row, value }] of this.firstOfCode) {
      const message = `${count} ${MESSAGES[code] ?? code}, the first here`;
      const action = ACTIONS[code] ?? 'left out';
      const place = row === undefined ? { file } : { file, row };
      notices.add({ code, severity: 'warning', message, action, count, ...place, value });
    }
    if (this.waysWithoutNodes === 0) return;
    if (this.waysWithNodes === 0) {
      throw new Fault('ways-without-nodes', { file });
    }
    notices.add({
      code: 'osm-way-without-nodes',
      severity: 'warning',
      message: `${this.waysWithoutNodes} ways have no list of nodes`,
      action: 'left out',
      count: this.waysWithoutNodes,
      file,
    });
  }
}

/** Overpass says at the end of its answer that it ran out of time or memory: what came before is incomplete. */
export function checkRemark(file: string, remark: string, notices: NoticeList): void {
  const value = remark.trim();
  if (value === '') return;
  if (/error|timed out|out of memory/i.test(value)) {
    throw new Fault('overpass-incomplete', { file, value });
  }
  notices.add({ code: 'overpass-remark', severity: 'info', message: 'Overpass left a remark', file, value });
}
