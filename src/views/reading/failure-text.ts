import type { Failure } from '../../worker/protocol.ts';

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
      return (
        'Beaconscope reads pcap and pcapng, and flows from NFStream, Zeek, Suricata or Parquet. Other captures ' +
        'can be saved as pcapng with Wireshark, or with: editcap -F pcapng IN OUT'
      );
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
      return 'Split the capture (editcap -c 1000000 IN OUT) or close other tabs, and try again.';
    case 'crashed':
      return 'Nothing was sent anywhere. Try again; if it happens again, the rest of the message says where.';
    default:
      return 'The file is damaged before its first packet. Another copy of it may be whole.';
  }
}
