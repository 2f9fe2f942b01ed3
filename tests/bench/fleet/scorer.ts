import { readFileSync } from 'node:fs';
import { parentPort, threadId } from 'node:worker_threads';
import { serveParts } from '../../../src/fleet/hunt/score-part.ts';

/** The channel on which a thread that scores says after each part what processor time it took so far. */
export const SPENT = 'fleet-bench-spent';

export interface Spent {
  thread: number;
  seconds: number;
}

/** Clock ticks of Linux, in which it counts processor time. */
const TICKS_A_SECOND = 100;

if (parentPort !== null) {
  serveParts();
  const channel = new BroadcastChannel(SPENT);
  // Listeners are called in their order: the part is scored by then.
  parentPort.on('message', () => channel.postMessage({ thread: threadId, seconds: secondsOfThread() } satisfies Spent));
}

/** Processor time of this thread in seconds (proc(5): utime and stime, behind the name in parentheses). */
function secondsOfThread(): number {
  const state = readFileSync('/proc/thread-self/stat', 'latin1');
  const [user, system] = state
    .slice(state.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13)
    .map(Number);
  return (user + system) / TICKS_A_SECOND;
}
