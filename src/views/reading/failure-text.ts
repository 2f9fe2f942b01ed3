import type { HowFar } from '../../state/session.ts';
import type { Failure } from '../../worker/protocol.ts';

/** Of what was read before memory ran out, the part that is read next: half as much leaves room. */
const PART = 0.5;

/** The heading over a failure: which file, and in three words what happened to it. */
export function failureTitle(failure: Failure): string {
  const file = failure.file ?? 'The capture';
  switch (failure.kind) {
    case 'empty':
      return `${file} is empty`;
    case 'not-a-capture':
      return `${file} is not a capture`;
    case 'bad-saved':
      return `${file} is not a saved analysis that can be opened`;
    case 'out-of-memory':
      return `${file} needs more memory than this browser gives a page`;
    case 'locked':
      return `${file} needs a password`;
    case 'crashed':
    case 'broken-off':
      return 'Reading stopped unexpectedly';
    default:
      return `${file} could not be read`;
  }
}

/** What the analyst can do about it. */
export function failureAdvice(failure: Failure): string {
  switch (failure.kind) {
    case 'empty':
      return 'Check that the capture was written and copied completely.';
    case 'not-a-capture':
      return 'A capture of another kind can be saved as pcapng with Wireshark, or with: editcap -F pcapng IN OUT';
    case 'other-format':
      return (
        'Beaconscope knows this format by its first bytes, but does not read it: the line above says what to do ' +
        'with the file.'
      );
    case 'bad-saved':
      return 'Save the analysis again from its capture, or ask whoever sent it for another copy.';
    case 'unreadable':
      return (
        'The file may have been moved or changed since it was chosen: choose it again. Safari and other browsers with ' +
        'WebKit let a page that was opened from disk read no files: open it there from a web server.'
      );
    case 'out-of-memory':
      return (
        'Close other tabs and try again, read the beginning alone, split the capture (editcap -c 1000000 IN OUT), or use ' +
        'the terminal program, which has all the memory of the machine.'
      );
    case 'broken-off':
      return (
        'What was read is gone with it, and nothing was sent anywhere. Choose the files again; where memory was short, close ' +
        'other tabs, split the capture (editcap -c 1000000 IN OUT), or use the terminal program, which has all the memory of ' +
        'the machine.'
      );
    case 'crashed':
      return (
        'What was read is gone with it, and nothing was sent anywhere. Try again; if it happens again, read the beginning ' +
        'alone: the machine may lack the memory for all of it.'
      );
    default:
      return 'The file is damaged before its first packet. Another copy of it may be whole.';
  }
}

/** How many of the first bytes may be read where reading all of them ended too early; 0 where that would change nothing. */
export function partWorthReading({ kind }: Failure, progress: HowFar | null): number {
  if (progress === null || (kind !== 'crashed' && kind !== 'out-of-memory')) return 0;
  return Math.floor(progress.bytesRead * PART);
}
