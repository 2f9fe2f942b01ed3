import { roughWords } from '../../analysis/durations.ts';
import type { Progress, Scoring } from '../../worker/protocol.ts';
import { formatCount, formatCounted } from '../text/format.ts';

/** Before this much time the speed says more about starting than about reading. */
const SETTLED_MS = 300;

/** Bytes a second since reading began, null while it is too early to say. */
export function bytesPerSecond(progress: Progress): number | null {
  if (progress.elapsedMs < SETTLED_MS || progress.bytesRead === 0) return null;
  return progress.bytesRead / (progress.elapsedMs / 1000);
}

/** The time that is left at this speed: "about 12 s". */
export function timeLeft(progress: Progress): string {
  const speed = bytesPerSecond(progress);
  if (speed === null) return 'measuring';
  const seconds = Math.ceil(Math.max(0, progress.bytesTotal - progress.bytesRead) / speed);
  if (seconds <= 1) return 'a moment';
  return `about ${roughWords(seconds)}`;
}

/** How far scoring has come: "12,032 of 50,000 connections". */
export function scoredSoFar({ scored, listed }: Scoring): string {
  return `${formatCount(scored)} of ${formatCounted(listed, 'connection')}`;
}
