/** The card beside the map that tells what was picked; read aloud as it changes. */
import type { PageData } from '../page-data.ts';
import { getElement, make } from './elements.ts';
import { listFacts } from './facts.ts';
import type { PageState } from './state.ts';

export function setUpDetails(data: PageData, state: PageState): void {
  const card = getElement('fiche');
  const content = getElement('fiche-contenu');
  const show = (): void => {
    card.hidden = state.picked === undefined;
    content.replaceChildren();
    if (state.picked === undefined) return;
    const { title, lines, note } = listFacts(data, state.mode, state.picked);
    const heading = make('h3');
    heading.append(isolate(title));
    const list = make('dl');
    for (const [word, figure] of lines) {
      const value = make('dd');
      value.append(isolate(figure));
      list.append(make('dt', word), value);
    }
    content.append(heading, list);
    if (note !== '') content.append(make('p', note, 'note'));
  };
  getElement('fiche-fermer').addEventListener('click', () => state.pick(undefined, false));
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && state.picked !== undefined) state.pick(undefined, false);
  });
  state.whenMode(show);
  state.whenPicked(show);
}

/** A name written from right to left leaves the words around it in their order. */
function isolate(text: string): HTMLElement {
  return make('bdi', text);
}
