import type { AnalyzerClient } from '../worker/client.ts';
import type { Outcome } from '../worker/protocol.ts';

/** What the worker gives for files that are saved: flows, packets, digests, and single connections. */
export type ExportSource = Pick<
  AnalyzerClient,
  'detail' | 'flowsFile' | 'digests' | 'savedFile' | 'baselineFile' | 'carve'
>;

/** The value of an outcome; throws an `Error` with the failure's message where there is none. */
export function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(outcome.failure.message);
  return outcome.value;
}
