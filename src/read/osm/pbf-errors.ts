/** Raised inside the PBF reader where a file turns out not to be sorted by type and id. */
export class UnsortedError extends Error {}
