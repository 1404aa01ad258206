/** Elements made of text, never of markup: names from the data cannot inject anything. */

export function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  text = '',
  className = '',
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  if (text !== '') element.textContent = text;
  if (className !== '') element.className = className;
  return element;
}

/** The element of an id that the report always writes. */
export function getElement(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`the report has no element ${id}`);
  return element;
}

/** Without case and accents, for searches. */
export function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[’'-]/g, ' ')
    .trim();
}
