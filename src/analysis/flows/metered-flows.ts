import type { FlowColumns } from './columns.ts';
import type { Conversations } from './conversations.ts';
import type { FlowInspector } from './inspector.ts';
import { observePackets } from './observed.ts';
import type { OffloadedFrames } from './offloaded.ts';
import type { SaneTimes } from './sane-times.ts';
import { turnedFlows } from './turned-flows.ts';
import { type BesideFlows, joinedFlows } from './whole-flows.ts';

/** All flows of a meter, in the order in which they were emitted. */
export interface MeteredFlows {
  flows: FlowColumns;
  /** The same as NFStream has them; and at times that can be believed, from who began them. */
  nfstream: FlowColumns;
  sane: FlowColumns;
  /** What was counted beside them, for `wholeFlows`. */
  beside: BesideFlows;
}

/** What a meter knows beside the headers of its flows. */
export interface Metering {
  conversations: Conversations;
  saneTimes: SaneTimes;
  inspector: FlowInspector | null;
  offloaded: OffloadedFrames;
  idleTimeoutMs: number;
  /** Nothing is joined or counted that NFStream does not. */
  isExact: boolean;
}

/**
 * Flows with all that was found of them.
 *
 * @param emitted by flow: the number it was noted by
 * @param columns what headers say of the flows, as they were emitted
 */
export function meteredFlows(
  { conversations, saneTimes, inspector, offloaded, idleTimeoutMs, isExact }: Metering,
  emitted: Uint32Array,
  columns: FlowColumns,
): MeteredFlows {
  const flows = { ...columns, ...inspector?.columnsOf(emitted, columns) };
  const noted = columns.observed.slice();
  observePackets(flows, noted);
  const parts = saneTimes.partsOf(emitted);
  return {
    flows,
    nfstream: parts === null ? flows : joinedFlows(flows, parts, noted),
    sane: isExact ? flows : turnedFlows(saneTimes.applied(flows, emitted), noted),
    beside: {
      whole: conversations.hasHalves
        ? columns.conversation.map((half) => conversations.whole(half))
        : columns.conversation,
      offloaded: offloaded.byPlace(emitted),
      idleTimeoutMs,
      noted,
      created: saneTimes.hasBegun ? emitted : null,
    },
  };
}
