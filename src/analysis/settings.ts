import { DEFAULT_INTERNAL } from './lists/internal-list.ts';

/**
 * What makes flows one connection: the notebook's (source address, destination address, destination port), or the two
 * addresses, or the source address and the destination's name, which is its address where it has none. Only the
 * first is the notebook's: its scores have no value under the others.
 */
export const GROUPINGS = ['src,dst,port', 'src,dst', 'src,name'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** What an analyst may change about an analysis. */
export interface Settings {
  /** A flow ends when a packet comes this long after its last one (milliseconds of packet time). */
  idleTimeoutMs: number;
  /** A flow ends when a packet comes this long after its first one (milliseconds of packet time). */
  activeTimeoutMs: number;
  /** Connections with strictly more flows than this are scored and listed. */
  minFlows: number;
  /** The notebook's scores are for connections with strictly more flows than this. */
  notebookMinFlows: number;
  /** What the flows of one connection have in common. */
  grouping: Grouping;
  /** Networks that are inside, one a line; addresses elsewhere are outside. */
  internal: string;
  /** Addresses, networks and names that the analyst sets aside, as the text of a list. */
  allow: string;
  /** Addresses, networks, names and fingerprints that the analyst looks for, as the text of a list. */
  watch: string;
  /** Opens tunnels that NFStream leaves closed (GRE, VXLAN, Geneve, Teredo, L2TP, AH ...) and reads packets of IPv4 length 0. */
  openTunnels: boolean;
  /**
   * Takes flows exactly as NFStream makes them: halves of a conversation in different VLANs stay apart, and packets
   * that it leaves out do not count.
   */
  nfstream: boolean;
}

/** Settings that decide how captures are read; changing one takes another reading. */
export type ReadingSettings = Pick<Settings, 'idleTimeoutMs' | 'activeTimeoutMs' | 'openTunnels' | 'nfstream'>;

/** The analyst's own lists, which triage goes by: texts as `readList` and `readInternal` read them. */
export type TriageSettings = Pick<Settings, 'internal' | 'allow' | 'watch'>;

/** Settings that decide what is listed of the flows, and in which order; changing one takes no reading. */
export type ListSettings = Pick<Settings, 'minFlows' | 'notebookMinFlows' | 'grouping'> & TriageSettings;

/**
 * NFStream's timeouts, as many flows as a rhythm takes, the notebook's limit and connections, and no lists of one's
 * own.
 */
export const DEFAULT_SETTINGS: Readonly<Settings> = {
  idleTimeoutMs: 120_000,
  activeTimeoutMs: 1_800_000,
  minFlows: 4,
  notebookMinFlows: 10,
  grouping: 'src,dst,port',
  internal: DEFAULT_INTERNAL,
  allow: '',
  watch: '',
  openTunnels: false,
  nfstream: false,
};
