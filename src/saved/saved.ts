import { Gzip } from 'fflate';
import type { ByteSource } from 'pcap-ts-parser';
import { SAVED_MAGIC } from '../analysis/flow-logs/kind.ts';
import { Analysis, type AnalysisParts } from '../analysis/report/analysis.ts';
import { ListedSessions, sessionRows } from '../analysis/sessions/session-rows.ts';
import { decompressed } from '../decompress/decompressed.ts';
import { type Check, list, number, object, partsOf, text } from './checks.ts';
import { flowColumns } from './flow-checks.ts';
import { packed } from './pack.ts';
import { dnsCheck, readCheck, sessionsCheck, settingsCheck } from './part-checks.ts';
import { SavedBytes, SavedFault, unpacked } from './unpack.ts';

/** Version of the format: see `FORMAT.md`. Files of all versions up to this one are read. */
export const SAVED_VERSION = 1;
/** The ending of a saved analysis. */
export const SAVED_ENDING = 'beaconscope';

const MOST_FILES = 100_000;

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
}

/** A saved analysis that was opened. */
export interface OpenedAnalysis extends SavedFacts {
  analysis: Analysis;
}

/** An analysis as a file, piece by piece: everything but the packets. */
export function savedAnalysis({ parts }: Analysis, facts: SavedFacts): Generator<Uint8Array<ArrayBuffer>> {
  const value = { version: SAVED_VERSION, ...facts, analysis: { ...parts, sessions: sessionRows(parts.sessions) } };
  return zipped(value);
}

function* zipped(value: unknown): Generator<Uint8Array<ArrayBuffer>> {
  let ready: Uint8Array<ArrayBuffer>[] = [];
  const gzip = new Gzip({ mtime: 0 }, (piece) => void ready.push(piece));
  gzip.push(new TextEncoder().encode(SAVED_MAGIC));
  for (const piece of packed(value)) {
    // The library keeps what it was given until it is compressed, and writes its end only behind something.
    if (piece.length > 0) gzip.push(piece.slice());
    yield* ready;
    ready = [];
  }
  gzip.push(new Uint8Array(0), true);
  yield* ready;
}

/** Whether a file is a saved analysis, told by its first bytes. */
export async function isSaved(source: ByteSource): Promise<boolean> {
  const reader = decompressed(source).open();
  try {
    return await beginsAsSaved(new SavedBytes(reader));
  } catch (error) {
    if (error instanceof SavedFault) return false;
    throw error;
  } finally {
    await reader.close();
  }
}

async function beginsAsSaved(bytes: SavedBytes): Promise<boolean> {
  return new TextDecoder().decode(await bytes.take(SAVED_MAGIC.length)) === SAVED_MAGIC;
}

/** Opens a saved analysis. Throws a `SavedFault` for one that is damaged, of a later version, or made up. */
export async function openSaved(source: ByteSource): Promise<OpenedAnalysis> {
  const unpacking = decompressed(source);
  const reader = unpacking.open();
  try {
    const bytes = new SavedBytes(reader);
    if (!(await beginsAsSaved(bytes))) throw new SavedFault('it is no saved analysis', 0);
    const value = partsOf(await unpacked(bytes), 'file');
    await bytes.end();
    // A capture is analysed in spite of a wrong checksum; of what was saved every byte was right.
    const [damage] = unpacking.warnings ?? [];
    if (damage !== undefined)
      throw new SavedFault('its checksum does not match: it is damaged, another copy may be whole', damage.offset);
    return openedOf(value);
  } catch (error) {
    if (error instanceof SavedFault) error.file = source.name;
    throw error;
  } finally {
    await reader.close();
  }
}

const FACTS: Check<SavedFacts> = object<SavedFacts>({
  program: text,
  savedMs: number(),
  digests: list(object<SavedDigest>({ file: text, sha256: text }), MOST_FILES),
  remarks: (value, at) => (typeof value === 'string' ? value : text(value, at)),
});

function openedOf(value: Record<string, unknown>): OpenedAnalysis {
  const version = number(1)(value['version'], 'version');
  if (version > SAVED_VERSION) {
    throw new SavedFault(
      `it was saved in version ${version} of the format, and this program reads up to version ${SAVED_VERSION}: ` +
        'open it in a later version of Beaconscope',
    );
  }
  return { ...FACTS(value, 'file'), analysis: new Analysis(partsCheck(value['analysis'], 'analysis')) };
}

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
  };
};
