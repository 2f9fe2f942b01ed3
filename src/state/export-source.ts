import type { AnalyzerClient } from '../worker/client.ts';

/** What the worker gives for files that are saved: flows, packets, digests, and single connections. */
export type ExportSource = Pick<AnalyzerClient, 'detail' | 'flowsFile' | 'digests' | 'carve'>;
