import { bufferSource } from 'pcap-ts-parser';
import type { Analysis } from '../../src/analysis/report/analysis.ts';
import type { Report } from '../../src/analysis/report/report.ts';
import { openSaved, savedAnalysis, type OpenedAnalysis, type SavedFacts } from '../../src/saved/saved.ts';

const FACTS: SavedFacts = { program: '0.0.0', savedMs: 1_700_000_000_000, digests: [], remarks: '', packets: null };

/** An analysis as the bytes of a file. */
export function savedBytes(
  analysis: Analysis,
  facts: Partial<SavedFacts> = {},
  pcapng: Uint8Array | null = null,
): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.concat([...savedAnalysis(analysis, { ...FACTS, ...facts }, pcapng)]));
}

/** Opens the bytes of a file. */
export function openedBytes(bytes: Uint8Array): Promise<OpenedAnalysis> {
  return openSaved(bufferSource(bytes, 'saved.beaconscope'));
}

/** Everything that is shown of an analysis: its report under a grouping and limit, and every connection's detail. */
export function shownOf(analysis: Analysis, list: Partial<Report['settings']> = {}) {
  const report = analysis.report({ ...analysis.parts.settings, ...list });
  return { report, details: [...report.connections.group].map((group) => analysis.detail(group)) };
}
