import { beginsAsCase, LARGEST_CASE_BYTES } from '../../analysis/report/case-file.ts';
import { formatBytes } from '../text/format.ts';

/** Characters that a case is told by. */
const BEGINNING = 256;

/** Whether a file was saved as a case; of what cannot be read, reading it says so. */
export async function isCase(file: File): Promise<boolean> {
  try {
    return beginsAsCase(await file.slice(0, BEGINNING).text());
  } catch {
    return false;
  }
}

/** Opens the case of a file by its text. Returns why it cannot be opened, null where it was. */
export async function openCase(file: File, open: (text: string) => boolean): Promise<string | null> {
  if (file.size > LARGEST_CASE_BYTES)
    return `too large for a case, which has at most ${formatBytes(LARGEST_CASE_BYTES)}`;
  try {
    return open(await file.text()) ? null : 'not a case that was saved here, or one of a later version';
  } catch {
    return 'it cannot be read';
  }
}
