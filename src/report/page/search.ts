/**
 * The search for a commune: a field with the browser's own list of suggestions. A suggestion taken, or Enter,
 * picks the commune; without case and accents, the beginning of a name before its middle.
 */
import type { PageData } from '../page-data.ts';
import { PAGE_TEXTS } from '../page-texts.ts';
import { getElement, make, plain } from './elements.ts';
import type { PageState } from './state.ts';

export function setUpSearch(data: PageData, state: PageState): void {
  const field = document.getElementById('recherche-commune') as HTMLInputElement | null;
  if (field === null) return;
  const { code, name } = data.communes;
  const labels = name.map((text, index) => (code[index] === '' ? text : `${text} (${code[index]})`));
  const list = getElement('liste-communes');
  const indexOfLabel = new Map(labels.map((label, index) => [label, index]));
  list.append(
    ...labels.map((label) => {
      const option = make('option');
      option.value = label;
      return option;
    }),
  );
  const answer = getElement('recherche-reponse');
  const go = (index: number): void => {
    answer.textContent = '';
    state.pick({ kind: 'commune', index }, false);
  };
  field.addEventListener('input', () => {
    answer.textContent = '';
    const index = indexOfLabel.get(field.value);
    if (index !== undefined) go(index);
  });
  field.form?.addEventListener('submit', (event) => {
    event.preventDefault();
    if (field.value.trim() === '') return;
    const index = indexOfLabel.get(field.value) ?? findCommune(field.value, name, code);
    if (index === undefined) answer.textContent = PAGE_TEXTS[data.language].searchNone(field.value.trim());
    else go(index);
  });
}

/** The best answer to the words; undefined where no commune has them. */
export function findCommune(
  words: string,
  names: readonly string[],
  codes: readonly string[],
): number | undefined {
  const wanted = plain(words);
  const plainNames = names.map(plain);
  const tests: Array<(index: number) => boolean> = [
    (index) => codes[index].toLowerCase() === wanted,
    (index) => plainNames[index] === wanted,
    (index) => plainNames[index].startsWith(wanted),
    (index) => plainNames[index].includes(wanted),
  ];
  for (const test of tests) {
    const index = names.findIndex((_, at) => test(at));
    if (index >= 0) return index;
  }
  return undefined;
}
