/** Both languages say everything, and neither says it in the other. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { afterAll, describe, expect, it } from 'vitest';
import { LANGUAGES, languageOfLocale } from '../../src/common/language.ts';
import { languageOfStudyText } from '../../src/study/study-text.ts';
import { FAULT_WORDS as ENGLISH } from '../../src/words/en/faults.ts';
import { FAULT_WORDS as FRENCH } from '../../src/words/fr/faults.ts';
import { COMMAND_LINE_WORDS } from '../../src/words/words.ts';
import { startCli } from '../commands/run-many.ts';
import { temporaryFolder } from '../run-cli.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

/** Words that stand in every sentence or two of a language, and in none of the other. */
const OF_ENGLISH = /(?<![-\w"“/.])(the|of|and|is|are|its|with|which|that|from|this|write|give)(?![-\w"”/.])/i;
const OF_FRENCH = /(?<![-\w"“/.])(le|la|les|des|est|sont|une|avec|dans|qui|ou|pas|vers)(?![-\w"”/.])/i;

/** What the users' own files and the system may say, and what is the same everywhere. */
const EXEMPT =
  /"[^"]*"|« [^»]* »|`[^`]*`|--direction (?:to|from)|to,\s+from|\((?:to|from)\)|--[a-z-]+|\[[^\]]*\]|<[^>]*>|[\w.-]+\.(?:txt|csv|pbf|gpkg|geojson|json|yaml)|out body|out skel/g;

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'function') return textsIn(callWithSamples(value as (given: unknown) => unknown));
  if (value === null || typeof value !== 'object') return [];
  return Object.values(value).flatMap(textsIn);
}

/** Parameters of any kind: every name gives something that prints, lists and counts. */
function callWithSamples(word: (...given: unknown[]) => unknown): unknown {
  const day = { date: '2026-10-06', weekday: 1 };
  const sample: Record<string, unknown> = {
    feeds: [{ name: 'bus', first: '2026-01-01', last: '2026-12-31' }],
    day,
    proposals: [day],
    count: 2,
  };
  const parameters = new Proxy(sample, { get: (target, name) => target[name as string] ?? 'x7' });
  try {
    return word(parameters, 2, 3, 4, 5);
  } catch {
    return word('x7', 'y8', 2, 3, 4);
  }
}

describe('the words of faults', () => {
  it.each(Object.keys(ENGLISH) as Array<keyof typeof ENGLISH>)('%s differ, each in its language', (code) => {
    const english = textsIn(ENGLISH[code]);
    const french = textsIn(FRENCH[code]);
    expect(french.length).toBe(2);
    expect(english.every((text) => text.length > 3)).toBe(true);
    expect(english[0]).not.toBe(french[0]);
    expect(english[1]).not.toBe(french[1]);
    for (const text of english) expect(text.replace(EXEMPT, '')).not.toMatch(OF_FRENCH);
    for (const text of french) expect(text.replace(EXEMPT, '')).not.toMatch(OF_ENGLISH);
  });

  it('are of codes that the sources raise, each', () => {
    const sources = fileURLToPath(new URL('../../src', import.meta.url));
    const raised = new Set<string>();
    for (const file of readdirSync(sources, { recursive: true }) as string[]) {
      if (!file.endsWith('.ts')) continue;
      const source = ts.createSourceFile(file, readFileSync(join(sources, file), 'utf8'), 99, true);
      const visit = (node: ts.Node): void => {
        if (ts.isNewExpression(node) && node.expression.getText(source) === 'Fault') {
          const [code] = node.arguments ?? [];
          if (code !== undefined && ts.isStringLiteral(code)) raised.add(code.text);
        }
        ts.forEachChild(node, visit);
      };
      visit(source);
    }
    expect([...raised].sort()).toEqual(Object.keys(ENGLISH).sort());
  });
});

describe('the words of the command line', () => {
  it('are each in its language', () => {
    for (const text of textsIn(COMMAND_LINE_WORDS.en))
      expect(text.replace(EXEMPT, '')).not.toMatch(OF_FRENCH);
    for (const text of textsIn(COMMAND_LINE_WORDS.fr)) {
      expect(text.replace(EXEMPT, '')).not.toMatch(OF_ENGLISH);
    }
  });
});

describe('the language of a run', () => {
  it.each([
    [{}, undefined],
    [{ LANG: 'fr_FR.UTF-8' }, 'fr'],
    [{ LANG: 'en_GB' }, 'en'],
    [{ LANG: 'C.UTF-8' }, undefined],
    [{ LANG: 'POSIX' }, undefined],
    [{ LANG: 'de_DE.UTF-8' }, undefined],
    [{ LANG: 'frp_IT' }, undefined],
    [{ LC_ALL: 'en_US.UTF-8', LANG: 'fr_FR.UTF-8' }, 'en'],
    [{ LC_ALL: '', LC_MESSAGES: 'fr_CA', LANG: 'en_US' }, 'fr'],
    [{ LC_ALL: 'C', LANG: 'fr_FR.UTF-8' }, undefined],
  ])('of the locale %j is %s', (environment, language) => {
    expect(languageOfLocale(environment)).toBe(language);
  });

  it.each([
    ['name: A\nlang: en\n', 'en'],
    ['lang: "fr"', 'fr'],
    ["lang : 'en' # comment", 'en'],
    ['name: lang', undefined],
    ['# lang: en', undefined],
    ['walk:\n  lang: en', undefined],
    ['lang: de', undefined],
  ])('of the study %j is %s', (text, language) => {
    expect(languageOfStudyText(text)).toBe(language);
  });

  const FRENCH_FAULT = 'est permis : un nombre de minutes de 1 à 240';
  const ENGLISH_FAULT = 'allowed is a number of minutes from 1 to 240';

  it.each([
    ['--lang, over study and locale', ['--lang', 'fr'], 'lang: en', 'en_GB.UTF-8', FRENCH_FAULT],
    ['--lang=, over study and locale', ['--lang=en'], 'lang: fr', 'fr_FR.UTF-8', ENGLISH_FAULT],
    ['the study, over the locale', [], 'lang: en', 'fr_FR.UTF-8', ENGLISH_FAULT],
    ['the study, over the locale, in French', [], 'lang: fr', 'en_GB.UTF-8', FRENCH_FAULT],
    ['the locale, where the study names none', [], '', 'en_GB.UTF-8', ENGLISH_FAULT],
    ['French, where nothing does', [], '', 'C.UTF-8', FRENCH_FAULT],
  ])('is that of %s', async (name, options, line, locale, expected) => {
    const file = `study ${name.replaceAll(/\W/g, ' ')}.yaml`;
    writeFileSync(
      join(folder.path, file),
      `name: A\n${line}\nthreshold_minutes: 900\nroads: [a]\npopulation: [b]\nstructures: [c]\n`,
    );
    const end = await startCli(['coverage', file, ...options], {
      cwd: folder.path,
      env: { LC_ALL: locale },
    });
    expect(end.exitCode).toBe(2);
    expect(end.stderr).toContain(expected);
  });

  it.each(LANGUAGES)('is the only one of the help: %s', async (language) => {
    const other = language === 'fr' ? OF_ENGLISH : OF_FRENCH;
    for (const command of [
      [],
      ['coverage'],
      ['uncovered'],
      ['isochrones'],
      ['matrix'],
      ['check'],
      ['init'],
      ['cache'],
    ]) {
      const { stdout, exitCode } = await startCli([...command, '--help', '--lang', language], {
        cwd: folder.path,
      });
      expect(exitCode).toBe(0);
      expect(stdout.replace(EXEMPT, '')).not.toMatch(other);
    }
  });
});
