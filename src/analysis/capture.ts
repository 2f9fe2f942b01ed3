/** A fault or an oddity in one capture: what was read is analysed all the same. */
export interface Warning {
  kind: string;
  /** Byte offset in the file, or null where the warning is about the capture as a whole. */
  offset: number | null;
  message: string;
}

/** What a log lacks that is passed over as a whole. */
export const ANYTHING_USED = 'anything that is used here';

/** Faults that lie in how a file was read, not in the file: another reading may give another result. */
const NOT_READ_WHOLE: ReadonlySet<string> = new Set(['unreadable', 'changed-file']);
/** Files that are named. */
const MOST_NAMED = 3;

/** "Not all was read: a.pcap from byte 4096 on, for the file changed while it was read ..."; '' where all was. */
export function unreadWords(captures: readonly Pick<CaptureSummary, 'file' | 'warnings'>[]): string {
  const cut = captures.flatMap(({ file, warnings }) =>
    warnings
      .filter(({ kind }) => NOT_READ_WHOLE.has(kind))
      .map(({ offset, message }) => `${file}${offset === null ? '' : ` from byte ${offset} on`}: ${message}`),
  );
  if (cut.length === 0) return '';
  const more = cut.length > MOST_NAMED ? `; and ${cut.length - MOST_NAMED} more files` : '';
  return `Not all was read: ${cut.slice(0, MOST_NAMED).join('; ')}${more}.`;
}

/** What was read of one file. */
export interface CaptureSummary {
  file: string;
  /**
   * "pcap", "pcapng", or what flow log it is ("Zeek conn.log"); null for a file that could not be read: its warning
   * says why.
   */
  format: string | null;
  /** What the file is packed with ("gzip", ...), null for nothing. */
  compression: string | null;
  /** Packet records read. */
  packets: number;
  /** Bytes of the file that were read, as they lie on the disk. */
  bytes: number;
  /** Comments that people or programs left in it. */
  comments: number;
  /** Earliest and latest timestamp in milliseconds since 1970, null without packets or flows. */
  firstMs: number | null;
  lastMs: number | null;
  warnings: Warning[];
  /** Of a flow log: flows that were taken from it, and what it does not say of them ("link-layer bytes: ..."). */
  flows?: number;
  lacks?: string[];
}

/** The earliest and the latest stamp of all captures, milliseconds since 1970; null without any. */
export function timesOf(captures: readonly CaptureSummary[]): { firstMs: number; lastMs: number } | null {
  const first = captures.reduce((least, { firstMs }) => Math.min(least, firstMs ?? least), Infinity);
  const last = captures.reduce((most, { lastMs }) => Math.max(most, lastMs ?? most), -Infinity);
  return first > last ? null : { firstMs: first, lastMs: last };
}

/** What is told of the packets that are kept with an analysis: the first ones of some connections. */
export interface KeptFacts {
  /** Connections that were kept, and those of them that had more packets than there is room for. */
  connections: number;
  cut: number;
  /** Bytes of one connection that there is room for. */
  bytesEach: number;
}
