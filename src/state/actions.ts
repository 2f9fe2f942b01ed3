import type { ConnectionDetail } from '../analysis/connections/connection-detail.ts';
import type { ImportedFiles } from '../analysis/lists/list-import.ts';
import type { TimeRange } from '../analysis/report/time-range.ts';
import type { ListSettings, ReadingSettings } from '../analysis/settings.ts';
import type { SavedFacts } from '../saved/saved.ts';
import type { Failure, Outcome } from '../worker/protocol.ts';
import type { AnalyzerClient } from '../worker/client.ts';
import type { ExportSource } from './export-source.ts';

/** Readings for evidence; another one ends the one under way. */
export interface EvidenceSource extends Pick<AnalyzerClient, 'evidence' | 'follow' | 'stopReading' | 'giveCaptures'> {
  /** How often captures were given to a saved analysis: from then on this is another source. */
  given: number;
}

/** What the page can ask of its session and of the worker behind it. */
export interface Actions {
  open: (files: readonly File[]) => void;
  /** Reads files together with those of the analysis. */
  add: (files: readonly File[]) => void;
  openSample: () => void;
  /** Reads the same files once more. */
  retry: () => void;
  /** Reads the first bytes of the same files alone. */
  openFirst: (bytes: number) => void;
  /** Reads the same files once more with a password for encrypted ones; with null those are left out. */
  unlock: (password: string | null) => void;
  /** Reads the same files once more, in another way, which later files are read in too. */
  readAgain: (settings: ReadingSettings) => void;
  /** Leaves what is being read, the report or the failure, and frees the worker. */
  close: () => void;
  /** Says why what was offered cannot be read at all. */
  refuse: (failure: Failure) => void;
  /** Lists and scores the flows again under other settings, which later captures are listed by too. */
  relist: (settings: Partial<ListSettings>) => void;
  /** Lists and scores the flows that began in some time alone; with null all of them. */
  lookAt: (range: TimeRange | null) => void;
  /** Changes what is set aside, beginning from the list as it is at that moment. */
  editAllow: (edit: (allow: string) => string) => void;
  /** A list with the entries of some files at its end. */
  addToList: (list: string, files: readonly File[]) => Promise<Outcome<ImportedFiles>>;
  /** Whether this browser keeps the lists: it may have no storage, or none for so much. */
  listsKept: boolean;
  /** What is said of the analysis beside it where it is a saved one, which is without its packets; else null. */
  saved: SavedFacts | null;
  detail: (group: number) => Promise<Outcome<ConnectionDetail>>;
  /** What packets say, read from the files once more when it is asked for. */
  evidence: EvidenceSource;
  /** What files are made of that the report alone does not hold. */
  exports: ExportSource;
}
