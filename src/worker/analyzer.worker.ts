import { expose, transfer } from 'comlink';
import { blobSource, type ByteSource } from 'pcap-ts-parser';
import type { Analysis } from '../analysis/report/analysis.ts';
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
import { FileParts } from './file-parts.ts';
import type { Analyzer, Outcome, Progress } from './protocol.ts';
import { buffersOf, copied } from './transferables.ts';

const PROGRESS_INTERVAL_MS = 100;

let analysis: Analysis | null = null;
/** What the analysis was made of, for what reads it once more. */
let read: { files: File[]; settings: Settings } = { files: [], settings: DEFAULT_SETTINGS };

/** The reading for evidence that is under way: another one ends it. */
let reading = 0;

const analyzer: Analyzer = {
  async analyze(files, settings, onProgress) {
    analysis = null;
    read = { files, settings };
    const report = throttledProgress(files, onProgress);
    return settle(async () => {
      analysis = await analyze(sources(files).map(decompressed), settings, report.read);
      return movable(analysis.report(settings, report.scored));
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
  async detail(group) {
    return settle(async () => analysed().detail(group));
  },
  async digests(onProgress) {
    return settle(() => digestsOf(sources(read.files), throttled(onProgress)));
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
      const carved = await carve(
        sources(read.files).map(decompressed),
        connections,
        read.settings,
        add,
        throttled(onProgress),
      );
      return { ...carved, file: file.blob() };
    });
  },
  async evidence(ends, onProgress) {
    return settle(async () => {
      const [found] = await readEvidence(
        sources(read.files).map(decompressed),
        [ends],
        read.settings,
        stoppable(onProgress),
      );
      return found;
    });
  },
  async follow(ends, onProgress) {
    return settle(() => follow(sources(read.files).map(decompressed), ends, read.settings, stoppable(onProgress)));
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
    if (error instanceof NothingRead) {
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
