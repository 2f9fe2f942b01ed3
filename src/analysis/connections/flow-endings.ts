import { columnOf } from '../memory/columns.ts';
import { type FlowColumns, isLogged, lastMsOf } from '../flows/columns.ts';
import type { SessionIndex } from '../sessions/session-index.ts';
import { CLOSED_BY_FIN, CLOSED_BY_RESET } from '../sessions/sessions.ts';

/** How a flow ended; the index is what `flowEndings` gives. */
export const FLOW_ENDINGS = ['silence', 'cut', 'closed', 'reset', 'no answer', 'logged', 'open'] as const;
export type FlowEnding = (typeof FLOW_ENDINGS)[number];

const CODES = Object.fromEntries(FLOW_ENDINGS.map((ending, code) => [ending, code])) as Record<FlowEnding, number>;

/**
 * How each flow ended, indexes into `FLOW_ENDINGS`: closed by a FIN or a RST of its TCP session, never answered, cut by
 * the active timeout, or by silence; open where the capture ended before that could be told. What logs say of it is not
 * kept.
 *
 * @param id the flows of one group, in any order
 * @param openSinceMs a flow with a packet after this had not been silent for long enough to have ended
 */
export function flowEndings(
  flows: FlowColumns,
  sessionIndex: SessionIndex,
  group: number,
  id: Uint32Array,
  openSinceMs: number,
): Uint8Array {
  const closed = new Map<number, number>();
  for (const session of sessionIndex.sessionsOf(group)) {
    const state = sessionIndex.ends.sessions.closed(session);
    const last = sessionIndex.ends.pieces(session).at(-1);
    if (last === undefined) continue;
    if (state === CLOSED_BY_FIN) closed.set(last, CODES.closed);
    if (state === CLOSED_BY_RESET) closed.set(last, CODES.reset);
  }
  return columnOf(Uint8Array, id, (flow) => {
    const code = closed.get(flow);
    if (code !== undefined) return code;
    if (flows.failed[flow] === 1) return CODES['no answer'];
    if (flows.expirationId[flow] === 1) return CODES.cut;
    if (isLogged(flows, flow)) return CODES.logged;
    return lastMsOf(flows, flow) > openSinceMs ? CODES.open : CODES.silence;
  });
}
