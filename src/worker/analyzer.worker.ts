import { expose, transfer } from 'comlink';
import { bufferSource, type ByteSource } from 'pcap-ts-parser';
import type { Analysis } from '../analysis/report/analysis.ts';
import { withFiles } from '../analysis/lists/list-import.ts';
import { analyze, NothingRead, type OnProgress, type ReadingProgress } from '../analysis/pipeline.ts';
import { READABLE } from '../analysis/reading/reading-order.ts';
import { showingSoFar } from '../analysis/so-far-pace.ts';
import { openArchives } from '../decompress/archives/open-archives.ts';
import { closeBegun } from '../decompress/decompressed.ts';
import type { Report } from '../analysis/report/report.ts';
import { DEFAULT_SETTINGS, type Settings } from '../analysis/settings.ts';
import { follow } from '../evidence/follow.ts';
import { keptPacketsOf } from '../evidence/keep-packets.ts';
import { readEvidence } from '../evidence/read-evidence.ts';
import { carve } from '../export/carve.ts';
import { flowsCsv } from '../export/csv.ts';
import { digestsOf, digestsRead } from '../export/digest.ts';
import { flowsParquet } from '../export/parquet.ts';
import { savedBaseline, withoutBaselines } from '../saved/baselines.ts';
import { isSaved, openSaved, savedAnalysis, type SavedDigest, type SavedFacts } from '../saved/saved.ts';
import { NotSaved } from '../saved/pack.ts';
import { SavedFault } from '../saved/unpack.ts';
import { vendorOf } from '../vendors/vendor-of.ts';
import { FileParts } from './file-parts.ts';
import { fileSources } from './file-sources.ts';
import type { Analyzer, Outcome, Progress } from './protocol.ts';
import { buffersOf, copied } from './transferables.ts';
import { answerOn } from './worker-gone.ts';

const PROGRESS_INTERVAL_MS = 100;
/** Half of what the terminal keeps: tabs end where they take some gigabytes, and then nothing is left of what was read. */
const MOST_FLOWS = 2_500_000;
/** So often code runs before it is compiled to its best; more gains little. */
const WARM_UPS = 6;

let analysis: Analysis | null = null;
/** Warming up gives way to the first analysis that is asked for. */
const warming = new AbortController();
/** What the analysis was made of, for what reads it once more. */
let read: { files: ByteSource[]; sources: ByteSource[]; settings: Settings } = {
  files: [],
  sources: [],
  settings: DEFAULT_SETTINGS,
};

/** What is said of the analysis beside it where it was saved; null where it was read of captures. */
let saved: SavedFacts | null = null;

/** The reading for evidence that is under way: another one ends it. */
let reading = 0;

const analyzer: Analyzer = {
  async warmUp(capture) {
    const sources = fileSources([capture]);
    for (let run = 0; run < WARM_UPS && !warming.signal.aborted; run++) {
      const warm = await analyze(sources, DEFAULT_SETTINGS, (_, soFar) => soFar()?.rows(DEFAULT_SETTINGS), vendorOf);
      warm.report(DEFAULT_SETTINGS);
    }
  },
  async analyze(chosen, settings, { passwords, leaveOutLocked }, onProgress, onRows) {
    warming.abort();
    analysis = null;
    saved = null;
    const report = throttledProgress(chosen, onProgress);
    return settle(async () => {
      const { captures: files, baseline } = await withoutBaselines(fileSources(chosen));
      const [first, ...others] = files;
      if (others.length > 0 || !(await isSaved(first))) {
        const { sources, locked } = await openArchives(files, { passwords, ...READABLE });
        if (locked.length > 0 && !leaveOutLocked) throw new Locked(locked);
        read = { files, sources, settings };
        const { bytesTotal } = report;
        const showSoFar = showingSoFar(
          bytesTotal,
          () => performance.now(),
          (soFar, bytesRead) => {
            if (baseline !== null) soFar.compareWith(baseline);
            const rows = movable(soFar.rows(settings));
            onRows(transfer({ report: rows, bytesRead, bytesTotal }, buffersOf(rows)));
          },
        );
        const tell: OnProgress = (progress, soFar) => {
          report.read(progress);
          showSoFar(progress, soFar);
        };
        analysis = await analyze(sources, settings, tell, vendorOf, null, MOST_FLOWS);
        if (baseline !== null) analysis.compareWith(baseline);
        return { report: movable(analysis.report(settings, report.scored)), saved };
      }
      const { analysis: opened, pcapng, ...facts } = await openSaved(first);
      const own = opened.parts.settings;
      analysis = opened;
      saved = facts;
      if (baseline !== null) opened.compareWith(baseline);
      const sources = pcapng === null ? [] : [bufferSource(pcapng, first.name)];
      read = { files: [], sources, settings: own };
      return { report: movable(opened.report({ ...own, grouping: settings.grouping }, report.scored)), saved };
    });
  },
  async rescore(list, range, onProgress) {
    return settle(async () => {
      const asked = analysed();
      asked.lookAt(range);
      const tell = throttled((scored, listed) => onProgress({ scored, listed }));
      return movable(asked.report(list, tell));
    });
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
  async savedFile(remarks, program, withPackets, onProgress) {
    return settle(async () => {
      const digests = saved?.digests ?? digestsRead(await ownDigests(onProgress), read.sources);
      const kept =
        withPackets === null
          ? null
          : await keptPacketsOf(analysed(), withPackets, captures(), read.settings, throttled(onProgress));
      const facts = { program, savedMs: Date.now(), digests, remarks, packets: kept?.told ?? null };
      const file = new FileParts('application/gzip');
      for (const piece of savedAnalysis(analysed(), facts, kept?.pcapng ?? null)) file.add(piece);
      return { file: file.blob(), unread: kept?.unread ?? '' };
    });
  },
  async baselineFile() {
    return settle(async () => {
      const file = new FileParts('application/gzip');
      for (const piece of savedBaseline(analysed().ownBaseline())) file.add(piece);
      return file.blob();
    });
  },
  async giveCaptures(chosen, onProgress) {
    return settle(async () => {
      const files = fileSources(chosen);
      const { sources } = await openArchives(files, { passwords: [], ...READABLE });
      const found = new Set((await digestsOf(files, sources, { onProgress: throttled(onProgress) })).values());
      const missing = (saved?.digests ?? []).filter(({ sha256 }) => !found.has(sha256));
      if (missing.length > 0) throw new NeedsCaptures(`not with this SHA-256: ${captureNames(missing)}`);
      read = { ...read, files, sources };
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
      const carved = ifKept(await carve(captures(), connections, read.settings, add, throttled(onProgress)));
      return { ...carved, file: file.blob() };
    });
  },
  async evidence(ends, onProgress) {
    return settle(async () => {
      const [found] = await readEvidence(captures(), [ends], read.settings, stoppable(onProgress));
      return ifKept(found);
    });
  },
  async follow(ends, onProgress) {
    return settle(async () => ifKept(await follow(captures(), ends, read.settings, stoppable(onProgress))));
  },
  async stopReading() {
    reading++;
  },
  hold(lock, port) {
    answerOn(port);
    const { locks } = navigator as Partial<WorkerNavigator>;
    return new Promise((resolve) => {
      const forEver = (): Promise<never> => {
        resolve(true);
        return new Promise(() => {});
      };
      if (locks === undefined) resolve(false);
      else locks.request(lock, forEver).catch(() => resolve(false));
    });
  },
};

expose(analyzer);

/** What ends a reading that nobody waits for any more. */
class ReadingStopped extends Error {
  override readonly name = 'ReadingStopped';
}

/** Files of archives that no password opens. */
class Locked extends Error {
  override readonly name = 'Locked';
  readonly files: readonly string[];

  constructor(files: readonly string[]) {
    super('encrypted');
    this.files = files;
  }
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

/** What packets are read from. Throws where only an analysis of them is there. */
function captures(): ByteSource[] {
  if (read.sources.length === 0 && saved !== null)
    throw new NeedsCaptures(`packets are not part of a saved analysis; they are in ${captureNames(saved.digests)}`);
  return read.sources;
}

/** What was read of packets. Throws where those that a saved analysis holds are others. */
function ifKept<Found extends { packets: number }>(found: Found): Found {
  if (found.packets === 0 && saved !== null && read.files.length === 0)
    throw new NeedsCaptures(`these packets are not in the saved analysis; they are in ${captureNames(saved.digests)}`);
  return found;
}

function captureNames(digests: readonly SavedDigest[]): string {
  return digests.map(({ file, sha256 }) => `${file} (${sha256})`).join(', ');
}

/** SHA-256 of the captures by name. */
async function ownDigests(onProgress: (bytesRead: number) => void): Promise<Map<string, string>> {
  if (saved !== null) return new Map(saved.digests.map(({ file, sha256 }) => [file, sha256]));
  return digestsOf(read.files, read.sources, { onProgress: throttled(onProgress) });
}

function analysed(): Analysis {
  if (analysis === null) throw new Error('asked for results before a capture was analysed');
  return analysis;
}

/** A report of which all can be moved to the page. */
function movable(report: Report): Report {
  const { connections, dns, traces } = report;
  return { ...report, connections: copied(connections), dns: copied(dns), traces: copied(traces) };
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
    bytesTotal,
    read: (progress: ReadingProgress): void => {
      latest = progress;
      send({}, progress.bytesRead >= bytesTotal);
    },
    scored: (scored: number, listed: number): void => send({ scoring: { scored, listed } }, false),
  };
}

/** What browsers call a file that is gone, or that they let nobody read. */
const UNREADABLE: ReadonlySet<string> = new Set(['NotReadableError', 'NotFoundError', 'SecurityError']);

/** What the analyst can do something about becomes data; anything else is a bug and stays an exception. */
async function settle<T extends object>(work: () => Promise<T>): Promise<Outcome<T>> {
  try {
    const value = await work();
    return transfer({ ok: true as const, value }, buffersOf(value));
  } catch (error) {
    if (error instanceof ReadingStopped) {
      return { ok: false, failure: { kind: 'cancelled', message: 'cancelled', file: null, offset: null } };
    }
    if (error instanceof Locked) {
      const [file, ...others] = error.files;
      const more = others.length === 0 ? '' : ` The same is true of ${others.length} more.`;
      const message = `It is encrypted, and none of the passwords that were tried opens it.${more}`;
      return { ok: false, failure: { kind: 'locked', message, file, offset: null } };
    }
    if (error instanceof NeedsCaptures)
      return { ok: false, failure: { kind: 'needs-captures', message: error.message, file: null, offset: null } };
    if (error instanceof NothingRead || error instanceof SavedFault) {
      return {
        ok: false,
        failure: { kind: error.kind, message: error.message, file: error.file, offset: error.offset },
      };
    }
    if (error instanceof NotSaved)
      return { ok: false, failure: { kind: 'not-saved', message: error.message, file: null, offset: null } };
    if (error instanceof DOMException && UNREADABLE.has(error.name)) {
      const message = `the browser could not read it: ${error.message}`;
      return { ok: false, failure: { kind: 'unreadable', message, file: null, offset: null } };
    }
    if (error instanceof RangeError && /allocation|array length|memory/i.test(error.message)) {
      const message = 'the capture has more flows than this browser has memory for';
      return { ok: false, failure: { kind: 'out-of-memory', message, file: null, offset: null } };
    }
    throw error;
  } finally {
    await closeBegun();
  }
}
