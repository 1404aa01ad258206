/**
 * The drawn maps, one per mode: the current mode's is what prints, and what shows where the interactive map
 * cannot; then its communes are picked with a click as well.
 */
import type { PageData } from '../page-data.ts';
import type { PageState } from './state.ts';

export function setUpStaticMaps(data: PageData, state: PageState): void {
  const figures = [...document.querySelectorAll<HTMLElement>('.static-maps > figure')];
  const show = (): void => {
    for (const figure of figures) {
      figure.classList.toggle('current', figure.dataset.mode === data.modes[state.mode].mode);
    }
  };
  const mark = (): void => {
    const { picked } = state;
    for (const figure of figures) {
      for (const path of figure.querySelectorAll('path.picked')) path.classList.remove('picked');
      if (picked?.kind !== 'commune') continue;
      const path = figure.querySelector(`path[data-c="${picked.index}"]`);
      path?.classList.add('picked');
      // Neighbours drawn later would cover its outline.
      path?.parentNode?.append(path);
    }
  };
  for (const figure of figures) {
    figure.addEventListener('click', (event) => {
      const path = (event.target as Element).closest('path[data-c]');
      if (path === null) return;
      state.pick({ kind: 'commune', index: Number(path.getAttribute('data-c')) }, true);
    });
  }
  state.whenMode(show);
  state.whenPicked(mark);
  show();
}
