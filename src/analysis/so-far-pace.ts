import type { OnProgress } from './pipeline.ts';
import type { Analysis } from './report/analysis.ts';

/** From when on there is something to see; with what it takes to make it, the first rows are there within a second. */
const FIRST_MS = 100;
/** Whoever watches reads no faster than that. */
const LEAST_PAUSE_MS = 300;
/** Of less there is nothing to say. */
const LEAST_BYTES = 1e6;
/**
 * So many times what the last rows took goes by before the next, and of all the time no larger share is spent on them.
 * About half of what the first ones take is for code that runs for the first time: the result would have to wait for it.
 */
const PAUSE = 10;
const FIRST_COUNTS = 0.5;
const MOST_SHARE = 0.1;
/** Where less than this is left, all rows are there almost as soon. */
const LEAST_LEFT_MS = 1250;
const LEAST_LEFT_BYTES = 16e6;
/** So many packets are enough to see something, and so much is left for long enough, whatever the time says. */
const ENOUGH_PACKETS = 5000;
const MUCH_LEFT_BYTES = 64e6;

/**
 * Shows what was read so far while reading goes on: first after a tenth of a second, then ever more seldom, as what there
 * is takes longer; not at all where reading is almost done.
 *
 * @param bytesTotal bytes of all that is read
 * @param nowMs the time in milliseconds, from any moment on
 * @param show takes an analysis of what was read, and how many bytes that was; what it takes counts
 */
export function showingSoFar(
  bytesTotal: number,
  nowMs: () => number,
  show: (analysis: Analysis, bytesRead: number) => void,
): OnProgress {
  /** When the first bytes were read, and when there may be rows again. */
  let startMs = Number.NaN;
  let dueMs = Number.NaN;
  let spentMs = 0;
  let last: { bytes: number; ms: number } | null = null;
  /** Milliseconds that a byte adds to what rows take; 0 until two are told apart. */
  let msByByte = 0;
  return ({ bytesRead, packets }, soFar) => {
    const beganMs = nowMs();
    if (Number.isNaN(startMs)) {
      startMs = beganMs;
      dueMs = startMs + FIRST_MS;
    }
    const leftBytes = bytesTotal - bytesRead;
    if (bytesRead < LEAST_BYTES) return;
    const isEnough = last === null && packets >= ENOUGH_PACKETS && leftBytes >= MUCH_LEFT_BYTES;
    if (!isEnough) {
      if (beganMs < dueMs || leftBytes < LEAST_LEFT_BYTES) return;
      const leftMs = ((beganMs - startMs) * leftBytes) / bytesRead;
      const expectedMs = last === null ? 0 : last.ms + msByByte * (bytesRead - last.bytes);
      const isTooDear = last !== null && spentMs + expectedMs > MOST_SHARE * (beganMs - startMs + leftMs);
      if (leftMs < LEAST_LEFT_MS || isTooDear) return;
    }
    const analysis = soFar();
    if (analysis === null) return;
    show(analysis, bytesRead);
    const ms = (nowMs() - beganMs) * (last === null ? FIRST_COUNTS : 1);
    // Reading may have begun anew, in another order.
    if (last !== null) msByByte = Math.max(0, ms - last.ms) / Math.max(1, bytesRead - last.bytes);
    dueMs = nowMs() + Math.max(LEAST_PAUSE_MS, PAUSE * ms);
    last = { bytes: bytesRead, ms };
    spentMs += ms;
  };
}
