import type { Report } from '../analysis/report/report.ts';
import type { ConnectionDetail } from '../analysis/connections/connection-detail.ts';
import type { Conversation, Evidence, FlowEnds } from '../evidence/evidence.ts';
import type { Carved, ConnectionEnds } from '../export/carve.ts';
import type { ImportedFiles } from '../analysis/lists/list-import.ts';
import type { SavedFacts } from '../saved/saved.ts';
import type { TimeRange } from '../analysis/report/time-range.ts';
import type { ListSettings, Settings } from '../analysis/settings.ts';

/** How far scoring has come: connections scored so far, and how many there are to score. */
export interface Scoring {
  scored: number;
  listed: number;
}

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
  /** There once all files are read. */
  scoring?: Scoring;
}

/** The connections of what was read so far, as if reading ended there; without hosts and long ones. */
export interface RowsSoFar {
  report: Report;
  /** Bytes that they are of, and bytes of all files. */
  bytesRead: number;
  bytesTotal: number;
}

/** Why there is no result. Comlink keeps only an error's name, message and stack, so failures travel as data. */
export interface Failure {
  /**
   * A `FaultKind` of the parser ("locked" asks for a password), or "cancelled", "crashed", "broken-off" (with its page),
   * "out-of-memory", "bad-saved", "not-saved", "needs-captures".
   */
  kind: string;
  message: string;
  /** The file it happened in, and the byte offset, where there is one. */
  file: string | null;
  offset: number | null;
}

export type Outcome<T> = { ok: true; value: T } | { ok: false; failure: Failure };

/** A report, and what is said of the analysis beside it where it is a saved one. */
export interface Analyzed {
  report: Report;
  saved: SavedFacts | null;
}

/** How a file of flows is written. */
export type FlowsForm = 'csv' | 'parquet';

/** A file for which captures were read once more, and what of them could not be; '' where all was. */
export interface FileAgain {
  file: Blob;
  unread: string;
}

/** Packets that were cut out. */
export interface CarvedFile extends Carved {
  file: Blob;
}

/** How encrypted files of archives are opened. */
export interface Keys {
  passwords: readonly string[];
  /** What none of them opens is left out and said; else the analysis fails as "locked". */
  leaveOutLocked: boolean;
}

/**
 * What the worker can do. It keeps the flows of its last analysis, so that limits and grouping change without reading
 * again.
 */
export interface Analyzer {
  /** Analyses a capture again and again, until asked for more, for nothing: code that has run runs faster. */
  warmUp(capture: File): Promise<void>;
  /** @param onRows told first a tenth of a second after reading began, then ever more seldom: see `showingSoFar` */
  analyze(
    files: File[],
    settings: Settings,
    keys: Keys,
    onProgress: (progress: Progress) => void,
    onRows: (rows: RowsSoFar) => void,
  ): Promise<Outcome<Analyzed>>;
  /**
   * Groups and scores the flows again, without reading, those that began in some time or (null) all; told of about ten
   * times a second. What is scored already takes no scoring.
   */
  rescore(
    list: ListSettings,
    range: TimeRange | null,
    onProgress: (scoring: Scoring) => void,
  ): Promise<Outcome<Report>>;
  /** A list with the entries of some files at its end: reading those takes as long as whoever wrote them likes. */
  addToList(list: string, files: File[]): Promise<Outcome<ImportedFiles>>;
  /**
   * SHA-256 of the files of the last analysis by name, in hexadecimal (see `digestsOf`); computed when it is asked for.
   */
  digests(onProgress: (bytesRead: number) => void): Promise<Outcome<Map<string, string>>>;
  /**
   * The analysis as a file that opens without its captures, with a case; the captures are read once more for their SHA-256,
   * and for the packets of some groups where those are to be in it.
   */
  savedFile(
    remarks: string,
    program: string,
    withPackets: Uint32Array | null,
    onProgress: (bytesRead: number) => void,
  ): Promise<Outcome<FileAgain>>;
  /** Where hosts went, as a baseline file; with what the one in use says. */
  baselineFile(): Promise<Outcome<Blob>>;
  /** Takes the captures of a saved analysis, so that what packets say can be read. Resolves with how many files they are. */
  giveCaptures(files: File[], onProgress: (bytesRead: number) => void): Promise<Outcome<{ files: number }>>;
  /** All flows of the last analysis as a file. */
  flowsFile(form: FlowsForm): Promise<Outcome<Blob>>;
  /** The packets of connections, cut out of the files of the last analysis as a pcapng file. */
  carve(connections: ConnectionEnds[], onProgress: (bytesRead: number) => void): Promise<Outcome<CarvedFile>>;
  /**
   * What the packets of a connection say, by the places that it goes to; reads the files of the last analysis once more. A
   * reading that is under way ends as "cancelled".
   */
  evidence(ends: FlowEnds[], onProgress: (bytesRead: number) => void): Promise<Outcome<Evidence>>;
  /** One flow put together, given once for each address that its server may have; reads the files once more likewise. */
  follow(ends: FlowEnds[], onProgress: (bytesRead: number) => void): Promise<Outcome<Conversation>>;
  /**
   * Answers on a port, and holds a lock (`navigator.locks`), for as long as the worker lives; resolves with whether it holds
   * the lock.
   */
  hold(lock: string, port: MessagePort): Promise<boolean>;
  /** Ends the reading of `evidence` or `follow` that is under way. */
  stopReading(): Promise<void>;
  /** All of one connection (`ConnectionTable.group`) of the report given last. */
  detail(group: number): Promise<Outcome<ConnectionDetail>>;
}
