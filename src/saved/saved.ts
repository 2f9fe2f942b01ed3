import type { ByteSource } from 'pcap-ts-parser';
import { SAVED_MAGIC } from '../analysis/flow-logs/kind.ts';
import type { KeptFacts } from '../analysis/capture.ts';
import { Analysis, type AnalysisParts } from '../analysis/report/analysis.ts';
import { ListedSessions, sessionRows } from '../analysis/sessions/session-rows.ts';
import { baselineCheck } from './baselines.ts';
import {
  bytes,
  type Check,
  count,
  list,
  longText,
  number,
  object,
  orMissing,
  orNull,
  partsOf,
  text,
} from './checks.ts';
import { inPieces, NotSaved } from './pack.ts';
import { isSavedFile, openSavedFile, savedFile } from './file.ts';
import { flowColumns } from './flow-checks.ts';
import { dnsCheck, MOST_CAPTURES, networkCheck, readCheck, sessionsCheck, settingsCheck } from './part-checks.ts';

/** The ending of a saved analysis. */
export const SAVED_ENDING = 'beaconscope';

/** Characters from which on remarks are in pieces: programs of before read no pieces, and no head that is so large. */
const LONG_REMARKS = 1 << 23;

/** SHA-256 of a capture that an analysis was made of. */
export interface SavedDigest {
  file: string;
  sha256: string;
}

/** What is said of an analysis beside the analysis itself. */
export interface SavedFacts {
  /** Of the program that saved it, and when, in milliseconds since 1970. */
  program: string;
  savedMs: number;
  /** Of its captures, in their order. */
  digests: SavedDigest[];
  /** The notes and verdicts as the text of a case. */
  remarks: string;
  /** What is told of the packets that are in it; null where there are none. */
  packets: KeptFacts | null;
}

/** A saved analysis that was opened. */
export interface OpenedAnalysis extends SavedFacts {
  analysis: Analysis;
  /** Its packets as a pcapng; null where it has none. */
  pcapng: Uint8Array | null;
}

/**
 * An analysis as a file, piece by piece: everything but the packets. Throws a `NotSaved`, be it after the last
 * piece, for one that could not be opened again.
 *
 * @param pcapng packets that are in it all the same, as `facts.packets` tells of them
 */
export function* savedAnalysis(
  { parts }: Analysis,
  facts: SavedFacts,
  pcapng: Uint8Array | null = null,
): Generator<Uint8Array<ArrayBuffer>> {
  const captures = Math.max(parts.read.captures.length, facts.digests.length);
  if (captures > MOST_CAPTURES) throw new NotSaved(`it is of ${captures} captures, and ${MOST_CAPTURES} are the most`);
  const sessions = sessionRows(parts.sessions);
  const packets = pcapng === null ? {} : { pcapng };
  const { internal, allow, watch } = parts.settings;
  const lists = { internal: inPieces(internal), allow: inPieces(allow), watch: inPieces(watch) };
  const settings = { ...parts.settings, ...lists };
  const remarks = inPieces(facts.remarks, LONG_REMARKS);
  const analysis = { ...parts, settings, sessions };
  yield* savedFile(SAVED_MAGIC, { ...facts, ...packets, remarks, analysis });
}

/** Whether a file is a saved analysis, told by its first bytes. */
export function isSaved(source: ByteSource): Promise<boolean> {
  return isSavedFile(source, SAVED_MAGIC);
}

/** Opens a saved analysis. Throws a `SavedFault` for one that is damaged, of a later version, or made up. */
export async function openSaved(source: ByteSource): Promise<OpenedAnalysis> {
  const { parts, ...others } = await openSavedFile(source, SAVED_MAGIC, (value) => ({
    ...FACTS(value, 'file'),
    parts: partsCheck(value['analysis'], 'analysis'),
    pcapng: orMissing(orNull(bytes), null)(value['pcapng'], 'pcapng'),
  }));
  // Only now is nothing left of what was read but the parts: the texts of millions of addresses are gone.
  return { ...others, analysis: new Analysis(parts) };
}

const FACTS: Check<SavedFacts> = object<SavedFacts>({
  program: text,
  savedMs: number(),
  digests: list(object<SavedDigest>({ file: text, sha256: text }), MOST_CAPTURES),
  packets: orMissing(orNull(object<KeptFacts>({ connections: count, cut: count, bytesEach: count })), null),
  remarks: longText,
});

/** All parts that an analysis is made of; the compiler asks for each. */
const partsCheck: Check<AnalysisParts> = (value, at) => {
  const parts = partsOf(value, at);
  const sessions = sessionsCheck(parts['sessions'], `${at}.sessions`);
  const flows = flowColumns(sessions.conversations);
  const own = { flows: flows(parts['flows'], `${at}.flows`), sessions: new ListedSessions(sessions) };
  return {
    ...own,
    nfstreamFlows: flows(parts['nfstreamFlows'], `${at}.nfstreamFlows`),
    settings: settingsCheck(parts['settings'], `${at}.settings`),
    read: readCheck(parts['read'], `${at}.read`),
    dns: dnsCheck(parts['dns'], `${at}.dns`),
    baseline: orMissing(orNull(baselineCheck), null)(parts['baseline'], `${at}.baseline`),
    network: orMissing(orNull(networkCheck), null)(parts['network'], `${at}.network`),
  };
};
