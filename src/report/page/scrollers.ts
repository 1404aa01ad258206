/** Boxes that scroll can be reached and scrolled by keyboard, under the name of their heading. */

export function setUpScrollers(): void {
  for (const box of document.querySelectorAll<HTMLElement>('.scroll, .tall, .bands')) {
    if (box.scrollWidth <= box.clientWidth && box.scrollHeight <= box.clientHeight) continue;
    box.tabIndex = 0;
    box.setAttribute('role', 'region');
    const heading = box.closest('section')?.querySelector('h2');
    if (!box.hasAttribute('aria-label')) box.setAttribute('aria-label', heading?.textContent ?? '');
  }
}
