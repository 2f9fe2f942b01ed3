import { expose, transfer } from 'comlink';
import { blobSource, type ByteSource } from 'pcap-ts-parser';
import type { Analysis } from '../analysis/report/analysis.ts';
import { withFiles } from '../analysis/lists/list-import.ts';
import { analyze, NothingRead, type ReadingProgress } from '../analysis/pipeline.ts';
import { decompressed } from '../decompress/decompressed.ts';
import type { Report } from '../analysis/report/report.ts';
import { DEFAULT_SETTINGS, type Settings } from '../analysis/settings.ts';
import { follow } from '../evidence/follow.ts';
import { readEvidence } from '../evidence/read-evidence.ts';
import { carve } from '../export/carve.ts';
import { flowsCsv } from '../export/csv.ts';
import { digestsOf } from '../export/digest.ts';
import { flowsParquet } from '../export/parquet.ts';
import { isSaved, openSaved, savedAnalysis, type SavedDigest, type SavedFacts } from '../saved/saved.ts';
import { SavedFault } from '../saved/unpack.ts';
import { FileParts } from './file-parts.ts';
import type { Analyzer, Outcome, Progress } from './protocol.ts';
import { buffersOf, copied } from './transferables.ts';

const PROGRESS_INTERVAL_MS = 100;

let analysis: Analysis | null = null;
/** What the analysis was made of, for what reads it once more. */
let read: { files: File[]; settings: Settings } = { files: [], settings: DEFAULT_SETTINGS };

/** What is said of the analysis beside it where it was saved; null where it was read of captures. */
let saved: SavedFacts | null = null;

/** The reading for evidence that is under way: another one ends it. */
let reading = 0;

const analyzer: Analyzer = {
  async analyze(files, settings, onProgress) {
    analysis = null;
    saved = null;
    read = { files, settings };
    const report = throttledProgress(files, onProgress);
    return settle(async () => {
      const [first, ...others] = sources(files);
      if (others.length > 0 || !(await isSaved(first))) {
        analysis = await analyze([first, ...others].map(decompressed), settings, report.read);
        return { report: movable(analysis.report(settings, report.scored)), saved };
      }
      const { analysis: opened, ...facts } = await openSaved(first);
      const own = opened.parts.settings;
      analysis = opened;
      saved = facts;
      read = { files: [], settings: own };
      return { report: movable(opened.report({ ...own, grouping: settings.grouping }, report.scored)), saved };
    });
  },
  async rescore(list, onProgress) {
    return settle(async () =>
      movable(
        analysed().report(
          list,
          throttled((scored, listed) => onProgress({ scored, listed })),
        ),
      ),
    );
  },
  async addToList(list, files) {
    return settle(() => withFiles(list, files));
  },
  async detail(group) {
    return settle(async () => analysed().detail(group));
  },
  async digests(onProgress) {
    return settle(() => ownDigests(onProgress));
  },
  async savedFile(remarks, program, onProgress) {
    return settle(async () => {
      const digests = Array.from(await ownDigests(onProgress), ([file, sha256]) => ({ file, sha256 }));
      const file = new FileParts('application/gzip');
      for (const piece of savedAnalysis(analysed(), { program, savedMs: Date.now(), digests, remarks }))
        file.add(piece);
      return file.blob();
    });
  },
  async giveCaptures(files, onProgress) {
    return settle(async () => {
      const found = new Set((await digestsOf(sources(files), throttled(onProgress))).values());
      const missing = (saved?.digests ?? []).filter(({ sha256 }) => !found.has(sha256));
      if (missing.length > 0) throw new NeedsCaptures(`not with this SHA-256: ${captureNames(missing)}`);
      read = { ...read, files };
      return { files: files.length };
    });
  },
  async flowsFile(form) {
    return settle(async () => {
      const { nfstreamFlows: flows } = analysed();
      const file = new FileParts(form === 'csv' ? 'text/csv' : 'application/vnd.apache.parquet');
      for (const piece of form === 'csv' ? flowsCsv(flows) : flowsParquet(flows)) file.add(piece);
      return file.blob();
    });
  },
  async carve(connections, onProgress) {
    return settle(async () => {
      const file = new FileParts('application/vnd.tcpdump.pcap');
      const add = (piece: Uint8Array<ArrayBuffer>): void => file.add(piece);
      const carved = await carve(captures().map(decompressed), connections, read.settings, add, throttled(onProgress));
      return { ...carved, file: file.blob() };
    });
  },
  async evidence(ends, onProgress) {
    return settle(async () => {
      const [found] = await readEvidence(captures().map(decompressed), [ends], read.settings, stoppable(onProgress));
      return found;
    });
  },
  async follow(ends, onProgress) {
    return settle(() => follow(captures().map(decompressed), ends, read.settings, stoppable(onProgress)));
  },
  async stopReading() {
    reading++;
  },
};

expose(analyzer);

/** What ends a reading that nobody waits for any more. */
class ReadingStopped extends Error {
  override readonly name = 'ReadingStopped';
}

/** Begins a reading: what tells its progress ends it, once another one has begun. */
function stoppable(onProgress: (bytesRead: number) => void): (bytesRead: number) => void {
  const own = ++reading;
  const tell = throttled(onProgress);
  return (bytesRead) => {
    if (reading !== own) throw new ReadingStopped();
    tell(bytesRead);
  };
}

/** Packets are asked for of a saved analysis, which holds none. */
class NeedsCaptures extends Error {
  override readonly name = 'NeedsCaptures';
}

/** The captures that packets are read from. Throws where only an analysis of them is there. */
function captures(): ByteSource[] {
  if (read.files.length === 0 && saved !== null)
    throw new NeedsCaptures(`packets are not part of a saved analysis; they are in ${captureNames(saved.digests)}`);
  return sources(read.files);
}

function captureNames(digests: readonly SavedDigest[]): string {
  return digests.map(({ file, sha256 }) => `${file} (${sha256})`).join(', ');
}

/** SHA-256 of the captures by name. */
async function ownDigests(onProgress: (bytesRead: number) => void): Promise<Map<string, string>> {
  if (saved !== null) return new Map(saved.digests.map(({ file, sha256 }) => [file, sha256]));
  return digestsOf(sources(read.files), throttled(onProgress));
}

function analysed(): Analysis {
  if (analysis === null) throw new Error('asked for results before a capture was analysed');
  return analysis;
}

/** A report of which all can be moved to the page. */
function movable(report: Report): Report {
  return { ...report, connections: copied(report.connections), dns: copied(report.dns) };
}

function sources(files: readonly File[]): ByteSource[] {
  return files.map((file) => blobSource(file, file.name));
}

/** Passes counts on about ten times a second. */
function throttled<Counts extends number[]>(onProgress: (...counts: Counts) => void): (...counts: Counts) => void {
  let lastMs = 0;
  return (...counts) => {
    const nowMs = Date.now();
    if (nowMs - lastMs < PROGRESS_INTERVAL_MS) return;
    lastMs = nowMs;
    onProgress(...counts);
  };
}

/** Passes progress on about ten times a second: more would cost the reading its time. */
function throttledProgress(files: File[], onProgress: (progress: Progress) => void) {
  const startedMs = Date.now();
  const bytesTotal = files.reduce((sum, file) => sum + file.size, 0);
  let latest: ReadingProgress = { file: '', fileNumber: 0, bytesRead: 0, packets: 0 };
  let lastMs = 0;
  const send = (stage: Pick<Progress, 'scoring'>, now: boolean): void => {
    const nowMs = Date.now();
    if (nowMs - lastMs < PROGRESS_INTERVAL_MS && !now) return;
    lastMs = nowMs;
    onProgress({ ...latest, fileCount: files.length, bytesTotal, elapsedMs: nowMs - startedMs, ...stage });
  };
  return {
    read: (progress: ReadingProgress): void => {
      latest = progress;
      send({}, progress.bytesRead >= bytesTotal);
    },
    scored: (scored: number, listed: number): void => send({ scoring: { scored, listed } }, false),
  };
}

/** What the analyst can do something about becomes data; anything else is a bug and stays an exception. */
async function settle<T extends object>(work: () => Promise<T>): Promise<Outcome<T>> {
  try {
    const value = await work();
    return transfer({ ok: true as const, value }, buffersOf(value));
  } catch (error) {
    if (error instanceof ReadingStopped) {
      return { ok: false, failure: { kind: 'cancelled', message: 'cancelled', file: null, offset: null } };
    }
    if (error instanceof NeedsCaptures)
      return { ok: false, failure: { kind: 'needs-captures', message: error.message, file: null, offset: null } };
    if (error instanceof NothingRead || error instanceof SavedFault) {
      return {
        ok: false,
        failure: { kind: error.kind, message: error.message, file: error.file, offset: error.offset },
      };
    }
    if (error instanceof RangeError && /allocation|array length|memory/i.test(error.message)) {
      const message = 'the capture has more flows than this browser has memory for';
      return { ok: false, failure: { kind: 'out-of-memory', message, file: null, offset: null } };
    }
    throw error;
  }
}
