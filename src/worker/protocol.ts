import type { ConnectionDetail, Report } from '../analysis/report.ts';
import type { ListSettings, Settings } from '../analysis/settings.ts';

/** How far an analysis has come; sent about ten times a second. */
export interface Progress {
  /** Name of the file being read. */
  file: string;
  /** Its place among the files, from 1, and how many there are. */
  fileNumber: number;
  fileCount: number;
  /** Bytes read of all files together. */
  bytesRead: number;
  bytesTotal: number;
  packets: number;
  elapsedMs: number;
  /** There once all files are read: connections scored so far, and how many there are to score. */
  scoring?: { scored: number; listed: number };
}

/** Why there is no result. Comlink keeps only an error's name, message and stack, so failures travel as data. */
export interface Failure {
  /** A `FaultKind` of the parser, or "cancelled", "crashed", "out-of-memory". */
  kind: string;
  message: string;
  /** The file it happened in, and the byte offset, where there is one. */
  file: string | null;
  offset: number | null;
}

export type Outcome<T> = { ok: true; value: T } | { ok: false; failure: Failure };

/** What the worker can do. It keeps the flows of its last analysis, so that limits and grouping change without reading again. */
export interface Analyzer {
  analyze(files: File[], settings: Settings, onProgress: (progress: Progress) => void): Promise<Outcome<Report>>;
  /** Groups and scores the flows again, without reading. */
  rescore(list: ListSettings): Promise<Outcome<Report>>;
  /** All of one connection (`ConnectionTable.group`) of the report given last. */
  detail(group: number): Promise<Outcome<ConnectionDetail>>;
}
