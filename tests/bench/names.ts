import { execFileSync } from 'node:child_process';
import path from 'node:path';

const DECODER = path.join(import.meta.dirname, 'decode.ts');
const TURNS = 4;

/** Seconds of processor time to decode a file into flows, without and with looking into packets: the best of several turns. */
export interface NamesMeasurement {
  withoutSeconds: number;
  withSeconds: number;
}

/**
 * What names, fingerprints and applications cost on a file, in Node. Either is decoded in processes of its own, in turn:
 * in one process, code compiled for both would be slower than what an analyst runs.
 */
export function costOfNames(file: string): NamesMeasurement {
  const best: NamesMeasurement = { withoutSeconds: Number.POSITIVE_INFINITY, withSeconds: Number.POSITIVE_INFINITY };
  for (let turn = 0; turn < TURNS; turn++) {
    best.withoutSeconds = Math.min(best.withoutSeconds, decode(file, 'without'));
    best.withSeconds = Math.min(best.withSeconds, decode(file, 'with'));
  }
  return best;
}

function decode(file: string, names: 'with' | 'without'): number {
  return Number(execFileSync(process.execPath, ['--import', 'tsx', DECODER, file, names], { encoding: 'utf8' }));
}
