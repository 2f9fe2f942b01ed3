import type { TextPool } from '../memory/text-pool.ts';
import type { BaselineSummary } from './baseline.ts';
import type { OwnNetwork } from './internal-addresses.ts';
import type { ListProblem } from '../lists/list.ts';

/** What is true of a report as a whole. */
export interface TriageSummary {
  /** Internal sources, and all addresses that were taken as inside. */
  hosts: number;
  internalAddresses: number;
  /** Whether no connection leaves the network. */
  staysInternal: boolean;
  /** "only 3 hosts open connections: how many others go there cannot be judged"; '' with enough of them. */
  prevalenceGap: string;
  /** Rows set aside by the allow list, rows folded under a twin, and rows that the watch list meets. */
  setAside: number;
  folded: number;
  watchHits: number;
  /** Entries of the watch list that rows meet, as phrases name them; entry 0 is ''. */
  watched: TextPool;
  allow: ListSummary;
  watch: ListSummary;
  /** A public address or network that was taken as internal for what flows say; null for none. */
  internalTaken: OwnNetwork | null;
  /** The baseline that the connections are compared with, and how many go where nobody went before; null for none. */
  baseline: (BaselineSummary & { newRows: number }) | null;
  /** Lines of the list of internal networks that are none. */
  internalProblems: ListProblem[];
}

/** What was read of a list. */
export interface ListSummary {
  entries: number;
  /** How many of them are pairs: what one source has with one place. */
  pairs: number;
  /** Objects of a JSON list that no connection can meet. */
  others: number;
  problems: ListProblem[];
}
