import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseUnit, splitExact, toExact } from '../../src/coverage/exact-people.ts';

const peopleArray = fc.array(fc.double({ min: 0, max: 5_000, noNaN: true }), {
  minLength: 1,
  maxLength: 200,
});

describe('exact people', () => {
  it('add up to the same sum in any order', () => {
    fc.assert(
      fc.property(peopleArray, (values) => {
        const unit = chooseUnit(Float64Array.from(values));
        const exact = values.map((value) => toExact(value, unit));
        const forward = exact.reduce((sum, value) => sum + value, 0);
        const backward = exact.reduceRight((sum, value) => sum + value, 0);
        expect(backward).toBe(forward);
        const sorted = [...exact].sort((a, b) => b - a).reduce((sum, value) => sum + value, 0);
        expect(sorted).toBe(forward);
      }),
    );
  });

  it.each([0, 1, 2.5, 12_345, 0.25])('keeps %d as it is', (people) => {
    expect(toExact(people, chooseUnit(Float64Array.of(people, 550_310)))).toBe(people);
  });

  it('moves a decimal figure by less than a millionth of a person in a territory of 70 million', () => {
    const unit = chooseUnit(Float64Array.of(2.1, 70_000_000));
    expect(Math.abs(toExact(2.1, unit) - 2.1)).toBeLessThan(1e-6);
  });

  it('splits people into parts whose sum is exact', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 5_000, noNaN: true }),
        fc.array(fc.double({ min: 0, max: 40_000, noNaN: true }), { minLength: 1, maxLength: 6 }),
        (value, weights) => {
          fc.pre(weights.some((weight) => weight > 1e-9));
          const unit = chooseUnit(Float64Array.of(value));
          const people = toExact(value, unit);
          const parts = splitExact(people, weights, unit);
          expect(parts.reduce((sum, part) => sum + part, 0)).toBe(people);
          expect(Math.min(...parts)).toBeGreaterThanOrEqual(0);
          const total = weights.reduce((sum, weight) => sum + weight, 0);
          parts.forEach((part, at) => {
            expect(Math.abs(part - (people * weights[at]) / total)).toBeLessThan(1e-6);
          });
        },
      ),
    );
  });

  it.each([Number.NaN, -1, Number.POSITIVE_INFINITY])('refuses a population of %d', (people) => {
    expect(() => chooseUnit(Float64Array.of(3, people))).toThrow('population of cell 1');
  });

  it('refuses weights that are all zero', () => {
    expect(() => splitExact(3, [0, 0], 1)).toThrow('no positive sum');
  });
});
