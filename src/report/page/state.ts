/** What the reader has chosen, and who wants to know. */

/** Something picked on the map or from a list: positions in the page's data. */
export type Pick =
  | { kind: 'commune'; index: number }
  | { kind: 'structure'; index: number }
  | { kind: 'cell'; index: number };

export class PageState {
  /** Position of the mode. */
  mode = 0;
  picked: Pick | undefined;
  private readonly onMode: Array<() => void> = [];
  private readonly onPick: Array<(isFromMap: boolean) => void> = [];

  whenMode(listener: () => void): void {
    this.onMode.push(listener);
  }

  whenPicked(listener: (isFromMap: boolean) => void): void {
    this.onPick.push(listener);
  }

  setMode(mode: number): void {
    this.mode = mode;
    for (const listener of this.onMode) listener();
  }

  pick(picked: Pick | undefined, isFromMap: boolean): void {
    this.picked = picked;
    for (const listener of this.onPick) listener(isFromMap);
  }
}
