import { expose, transfer } from 'comlink';
import { blobSource } from 'pcap-ts-parser';
import type { Analysis } from '../analysis/analysis.ts';
import { analyze, NothingRead, type ReadingProgress } from '../analysis/pipeline.ts';
import { decompressed } from '../decompress/decompressed.ts';
import type { Analyzer, Outcome, Progress } from './protocol.ts';
import { buffersOf } from './transferables.ts';

const PROGRESS_INTERVAL_MS = 100;

let analysis: Analysis | null = null;

const analyzer: Analyzer = {
  async analyze(files, settings, onProgress) {
    analysis = null;
    const report = throttledProgress(files, onProgress);
    return settle(async () => {
      analysis = await analyze(files.map((file) => decompressed(blobSource(file, file.name))), settings, report.read);
      return analysis.report(settings, report.scored);
    });
  },
  async rescore(list) {
    return settle(async () => analysed().report(list));
  },
  async detail(group) {
    return settle(async () => analysed().detail(group));
  },
};

expose(analyzer);

function analysed(): Analysis {
  if (analysis === null) throw new Error('asked for results before a capture was analysed');
  return analysis;
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
    if (error instanceof NothingRead) {
      return { ok: false, failure: { kind: error.kind, message: error.message, file: error.file, offset: error.offset } };
    }
    if (error instanceof RangeError && /allocation|array length|memory/i.test(error.message)) {
      const message = 'the capture has more flows than this browser has memory for';
      return { ok: false, failure: { kind: 'out-of-memory', message, file: null, offset: null } };
    }
    throw error;
  }
}
