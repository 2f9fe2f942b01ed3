import { CONTINUED, firstMsOf, type FlowColumns, lastMsOf } from './columns.ts';
import type { BesideFlows } from './whole-flows.ts';

/**
 * By flow: the one that it goes on, which NFStream cut only because a stray stamp moved its clock; -1 for others. Null where
 * no stamp was stray. A flow that goes on another is named by the first of them.
 *
 * @param flows at times that can be believed
 */
export function cutByStamps(flows: FlowColumns, { created, idleTimeoutMs }: BesideFlows): Int32Array | null {
  if (created === null) return null;
  const inOrder = Uint32Array.from({ length: flows.length }, (_, id) => id).sort((a, b) => created[a] - created[b]);
  const firsts = new Int32Array(flows.length).fill(-1);
  /** By conversation: its flow so far, and when that was last seen. */
  const open = new Map<number, { first: number; lastMs: number }>();
  let cuts = 0;
  for (const id of inOrder) {
    const known = open.get(flows.conversation[id]);
    const lastMs = lastMsOf(flows, id);
    if (known === undefined || flows.begin[id] === CONTINUED || firstMsOf(flows, id) - known.lastMs >= idleTimeoutMs) {
      open.set(flows.conversation[id], { first: id, lastMs });
      continue;
    }
    firsts[id] = known.first;
    known.lastMs = Math.max(known.lastMs, lastMs);
    cuts++;
  }
  return cuts === 0 ? null : firsts;
}
