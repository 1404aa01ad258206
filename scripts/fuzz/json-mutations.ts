/** Changes of a JSON that keep it one: a value anywhere in it becomes another that its place does not expect. */
import type { SeededRandom } from '../lib/random.ts';
import type { Mutation } from './byte-mutations.ts';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const VALUES: readonly Json[] = [
  ...[null, {}, '', [], true, -1, 0, 1e308, 0.1, 1e20, -180.5, 91, 'NaN', '5,0', '\u0000', '\u001b[2J'],
  ...[[[[[]]]], [null], [[]], { type: 'Feature' }, { type: 'Polygon', coordinates: [] }, 'a'.repeat(5_000)],
  ...[{ coordinates: null }, [5, 47], [[5, 47]], 'Point', 'relation', { __proto__: null, toString: 1 }],
];

/** Each place of a value: the object or list that holds it, and its key there. */
interface Place {
  holder: { [key: string]: Json } | Json[];
  key: string | number;
}

const replaceValue: Mutation = ({ bytes }, random) => {
  const root = JSON.parse(bytes.toString('utf8')) as Json;
  const changes = Array.from({ length: 1 + random.index(2) }, () => {
    const { holder, key } = random.pick(placesIn(root));
    const value = random.pick(VALUES);
    (holder as Record<string | number, Json>)[key] = value;
    return `${key}: ${JSON.stringify(value).slice(0, 40)}`;
  });
  return { change: changes.join(', '), bytes: Buffer.from(JSON.stringify(root)), isDamage: false };
};

const nestValue: Mutation = ({ bytes }, random) => {
  const root = JSON.parse(bytes.toString('utf8')) as Json;
  const { holder, key } = random.pick(placesIn(root));
  const holding = holder as Record<string | number, Json>;
  const depth = random.pick([1, 2, 50, 2_000]);
  for (let i = 0; i < depth; i++) holding[key] = [holding[key]!];
  return { change: `${key} in ${depth} lists`, bytes: Buffer.from(JSON.stringify(root)), isDamage: false };
};

const dropKey: Mutation = ({ bytes }, random) => {
  const root = JSON.parse(bytes.toString('utf8')) as Json;
  const { holder, key } = random.pick(placesIn(root));
  if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else delete holder[key];
  return { change: `${key} left out`, bytes: Buffer.from(JSON.stringify(root)), isDamage: false };
};

export const JSON_MUTATIONS: readonly Mutation[] = [replaceValue, replaceValue, nestValue, dropKey];

function placesIn(root: Json): Place[] {
  const places: Place[] = [];
  const visit = (holder: Json) => {
    if (holder === null || typeof holder !== 'object') return;
    for (const key of Object.keys(holder)) {
      places.push({ holder, key } as Place);
      visit((holder as Record<string, Json>)[key]!);
    }
  };
  visit(root);
  return places;
}

/** Lines of a text exchanged, doubled or left out: for studies and XML. */
export const LINE_MUTATIONS: readonly Mutation[] = [
  onLines('left out', (lines, at) => lines.splice(at, 1)),
  onLines('doubled', (lines, at) => lines.splice(at, 0, lines[at]!)),
  onLines('exchanged with the next', (lines, at) =>
    lines.splice(at, 2, ...lines.slice(at, at + 2).reverse()),
  ),
  replaceNumber,
];

function onLines(name: string, apply: (lines: string[], at: number) => void): Mutation {
  return ({ bytes }, random) => {
    const lines = bytes.toString('utf8').split('\n');
    const at = random.index(lines.length - 1);
    apply(lines, at);
    return { change: `line ${at + 1} ${name}`, bytes: Buffer.from(lines.join('\n')), isDamage: false };
  };
}

/** Any number in the text becomes an extreme one, or none. */
function replaceNumber({ bytes }: { bytes: Buffer }, random: SeededRandom) {
  const text = bytes.toString('utf8');
  const numbers = [...text.matchAll(/-?\d+(\.\d+)?/g)];
  const found = random.pick(numbers);
  const value = random.pick([
    '',
    '-1',
    '0',
    '1e309',
    '1e-5',
    '91',
    '181',
    '99999999999999999999',
    'NaN',
    '*a',
    '{',
  ]);
  const changed = text.slice(0, found.index) + value + text.slice(found.index + found[0].length);
  return { change: `${found[0]} at ${found.index}: ${value}`, bytes: Buffer.from(changed), isDamage: false };
}
