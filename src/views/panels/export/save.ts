import { FileParts } from '../../../worker/file-parts.ts';

/** The page answers between slices of this length. */
const SLICE_MS = 12;
/** How long a saved file's address stays: a browser may begin to read it late, and asks where to put it first. */
const KEPT_MS = 60_000;

/** A file that is saved: what it is called, and what is in it. */
export interface SavedFile {
  name: string;
  blob: Blob;
  /** What is to be said of it beside its name and size. */
  note?: string;
}

/** A file with what is to be said of it, as far as there is anything. */
export function savedWith(file: SavedFile, ...notes: readonly string[]): SavedFile {
  const said = notes.filter((note) => note !== '');
  return said.length === 0 ? file : { ...file, note: said.join('; ') };
}

/** Lets the browser save a file; it never leaves the machine, for its address is the page's own. */
export function save({ name, blob }: SavedFile): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT_MS);
}

/** Makes a file of pieces in slices of time, so that the page stays responsive. */
export async function inSlices(pieces: Iterable<string>, type: string): Promise<Blob> {
  const file = new FileParts(type);
  let startedMs = performance.now();
  for (const piece of pieces) {
    file.add(piece);
    if (performance.now() - startedMs < SLICE_MS) continue;
    await new Promise((resolve) => {
      setTimeout(resolve);
    });
    startedMs = performance.now();
  }
  return file.blob();
}

/** Name of a saved file: what is in it, and when it was made, in UTC (`beaconscope-flows-20240131-175959.csv`). */
export function fileName(what: string, ending: string, madeMs: number): string {
  const [day, time] = new Date(madeMs).toISOString().replaceAll(/[-:]/g, '').split('T');
  return `beaconscope-${what}-${day}-${time.slice(0, 6)}.${ending}`;
}
