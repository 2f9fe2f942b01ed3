import { expose, transfer } from 'comlink';
import { blobSource } from 'pcap-ts-parser';
import type { Analysis } from '../analysis/analysis.ts';
import { analyze, NothingRead } from '../analysis/pipeline.ts';
import { decompressed } from '../decompress/decompressed.ts';
import type { Analyzer, Outcome, Progress } from './protocol.ts';
import { buffersOf } from './transferables.ts';

const PROGRESS_INTERVAL_MS = 100;

let analysis: Analysis | null = null;

const analyzer: Analyzer = {
  async analyze(files, settings, onProgress) {
    analysis = null;
    const report = throttled(files, onProgress);
    return settle(async () => {
      analysis = await analyze(files.map((file) => decompressed(blobSource(file, file.name))), settings, report);
      return analysis.report(settings.minFlows);
    });
  },
  async rescore(minFlows) {
    return settle(async () => analysed().report(minFlows));
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
function throttled(files: File[], onProgress: (progress: Progress) => void): Parameters<typeof analyze>[2] {
  const startedMs = Date.now();
  const bytesTotal = files.reduce((sum, file) => sum + file.size, 0);
  let lastMs = 0;
  return (progress) => {
    const nowMs = Date.now();
    if (nowMs - lastMs < PROGRESS_INTERVAL_MS && progress.bytesRead < bytesTotal) return;
    lastMs = nowMs;
    onProgress({ ...progress, fileCount: files.length, bytesTotal, elapsedMs: nowMs - startedMs });
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
