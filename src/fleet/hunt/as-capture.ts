import type { CaptureSummary, Warning } from '../../analysis/capture.ts';
import type { Target } from '../engine/open.ts';
import type { Network } from './network.ts';

/** What a report says of a hunt in the place of captures: how much it looked at, and in words what it left out. */
export function huntAsCapture(
  { engine }: Target,
  hunt: number,
  { network, flows, warnings }: { network: Network | null; flows: number; warnings: Warning[] },
): CaptureSummary {
  return {
    file: `hunt ${new Date(hunt).toISOString()} in ${engine.place}`,
    format: 'hunt',
    compression: null,
    packets: 0,
    bytes: 0,
    comments: 0,
    firstMs: network?.firstMs ?? null,
    lastMs: network?.lastMs ?? null,
    warnings,
    flows,
    lacks: ['packets'],
  };
}
