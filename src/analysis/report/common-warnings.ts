import { ANYTHING_USED, type CaptureSummary } from '../capture.ts';
import { countText } from '../count-text.ts';

/** What is to be said of one file or of several, however often. */
export interface CommonWarning {
  message: string;
  /** The files that have it, in order, each once. */
  files: string[];
  /** How often it was given. */
  count: number;
  /** Where the first one is: a byte offset, or null where it is about a file as a whole. */
  offset: number | null;
}

/** The warnings of all captures, those that say the same as one, in the order of the first of each. */
export function commonWarnings(captures: readonly CaptureSummary[]): CommonWarning[] {
  const found = new Map<string, CommonWarning>();
  for (const { file, warnings } of captures) {
    for (const { message, offset } of warnings) {
      const known = found.get(message);
      if (known === undefined) {
        found.set(message, { message, files: [file], count: 1, offset });
      } else {
        known.count++;
        if (known.files.at(-1) !== file) known.files.push(file);
      }
    }
  }
  return [...found.values()];
}

/** "a.log", or "a.log and 22 more files". */
export function filesWords(files: readonly string[]): string {
  const more = files.length - 1;
  return more === 0 ? files[0] : `${files[0]} and ${more} more ${more === 1 ? 'file' : 'files'}`;
}

/** Where a warning is, and how often it was given: "byte 24; 12 times"; '' where there is nothing to say. */
export function placeWords({ files, count, offset }: CommonWarning): string {
  const place = offset === null ? [] : [`${count > 1 ? 'first at ' : ''}byte ${countText(offset)}`];
  return [...place, ...(count > files.length ? [`${countText(count)} times`] : [])].join('; ');
}

/** Of what kind of log how many files were passed over, since nothing in them is of use here; '' for none. */
export function passedOverWords(captures: readonly CaptureSummary[]): string {
  const kinds = captures.filter(({ lacks }) => lacks?.includes(ANYTHING_USED)).map(({ format }) => format ?? '');
  if (kinds.length === 0) return '';
  const distinct = [...new Set(kinds)].sort();
  const files = kinds.length === 1 ? '1 file holds' : `${kinds.length} files hold`;
  return `${files} nothing that is used here, and ${kinds.length === 1 ? 'is' : 'are'} passed over: ${distinct.join(', ')}`;
}
