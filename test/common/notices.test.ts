import { describe, expect, it } from 'vitest';
import { type Notice, NoticeList } from '../../src/common/notices.ts';

const notice = (code: string, count?: number): Notice => ({
  code,
  severity: 'info',
  message: 'found',
  ...(count === undefined ? {} : { count }),
});

function listOf(kept: number, ...notices: Notice[]): NoticeList {
  const list = new NoticeList(kept);
  for (const each of notices) list.add(each);
  return list;
}

describe('a list of notices', () => {
  it('counts notices, and apart from them the things that they tell of', () => {
    const list = listOf(10, notice('a', 43), notice('a'), notice('b'));
    expect([...list.counts()]).toEqual([
      ['a', 2],
      ['b', 1],
    ]);
    expect([...list.thingCounts()]).toEqual([
      ['a', 44],
      ['b', 1],
    ]);
  });

  it('counts also what it does not keep in full', () => {
    const list = listOf(2, notice('a'), notice('a', 2), notice('a', 3), notice('a'));
    expect(list.notices).toHaveLength(2);
    expect(list.counts().get('a')).toBe(4);
    expect(list.thingCounts().get('a')).toBe(7);
  });

  it('takes another list with all that it counted', () => {
    const list = listOf(10, notice('a', 5));
    list.append(listOf(1, notice('a', 2), notice('a', 3), notice('b')));
    expect(list.notices.map(({ code, count }) => [code, count])).toEqual([
      ['a', 5],
      ['a', 2],
      ['b', undefined],
    ]);
    expect(Object.fromEntries(list.counts())).toEqual({ a: 3, b: 1 });
    expect(Object.fromEntries(list.thingCounts())).toEqual({ a: 10, b: 1 });
  });
});
