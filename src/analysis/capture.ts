/** A fault or an oddity in one capture: what was read is analysed all the same. */
export interface Warning {
  kind: string;
  /** Byte offset in the file, or null where the warning is about the capture as a whole. */
  offset: number | null;
  message: string;
}

/** What a log lacks that is passed over as a whole. */
export const ANYTHING_USED = 'anything that is used here';

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
