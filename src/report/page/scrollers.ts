/**
 * Boxes that scroll can be reached and scrolled by keyboard, under the name of their heading. Looked at once they are
 * laid out, and again as they change size: to ask before would lay out the whole page first.
 */

export function setUpScrollers(): void {
  const observer = new ResizeObserver((entries) => {
    for (const { target } of entries) markScroller(target as HTMLElement);
  });
  for (const box of document.querySelectorAll<HTMLElement>('.scroll, .tall, .bands')) observer.observe(box);
}

function markScroller(box: HTMLElement): void {
  if (box.tabIndex === 0) return;
  if (box.scrollWidth <= box.clientWidth && box.scrollHeight <= box.clientHeight) return;
  box.tabIndex = 0;
  box.setAttribute('role', 'region');
  const heading = box.closest('section')?.querySelector('h2');
  if (!box.hasAttribute('aria-label')) box.setAttribute('aria-label', heading?.textContent ?? '');
}
