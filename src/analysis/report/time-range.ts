import { columnOf } from '../memory/columns.ts';
import type { DnsPairs } from '../dns/report.ts';
import { firstMsOf, type FlowColumns, selectFlows } from '../flows/columns.ts';
import { ListedSessions, sessionRows } from '../sessions/session-rows.ts';
import type { Sessions } from '../sessions/sessions.ts';

/** A part of the time that was analysed, both ends included, in milliseconds since 1970. */
export interface TimeRange {
  fromMs: number;
  toMs: number;
}

/** Whether two parts of the time are the same; null is all of it. */
export function isSameRange(one: TimeRange | null, other: TimeRange | null): boolean {
  return one?.fromMs === other?.fromMs && one?.toMs === other?.toMs;
}

/** What of an analysis depends on the time that is looked at. */
interface TimedParts {
  flows: FlowColumns;
  nfstreamFlows: FlowColumns;
  sessions: Sessions;
  dns: DnsPairs;
}

/**
 * What an analysis of some time is made of: flows that began in it, the messages in it of their sessions, and clients
 * with the domains that they asked for in it. What is counted by flow, session or domain is counted whole.
 */
export function partsWithin<Parts extends TimedParts>(parts: Parts, range: TimeRange): Parts {
  const flows = flowsWithin(parts.flows, range);
  return {
    ...parts,
    flows,
    nfstreamFlows: parts.nfstreamFlows === parts.flows ? flows : flowsWithin(parts.nfstreamFlows, range),
    sessions: sessionsWithin(parts.sessions, flows, range),
    dns: dnsWithin(parts.dns, range),
  };
}

function flowsWithin(flows: FlowColumns, { fromMs, toMs }: TimeRange): FlowColumns {
  const ids = new Uint32Array(flows.length);
  const places = new Int32Array(flows.length).fill(-1);
  let count = 0;
  for (let flow = 0; flow < flows.length; flow++) {
    const ms = firstMsOf(flows, flow);
    if (ms < fromMs || ms > toMs) continue;
    places[flow] = count;
    ids[count++] = flow;
  }
  const kept = ids.subarray(0, count);
  const part = selectFlows(flows, kept, (column, length) => column.slice(0, length));
  // A piece whose first one began before is the first of the others, and still no check-in.
  part.firstPiece = columnOf(Uint32Array, kept, (flow, place) => {
    const first = places[flows.firstPiece[flow]] ?? -1;
    return first < 0 ? place : first;
  });
  return part;
}

/** Sessions that go on in some time, of conversations that have a flow in it. */
function sessionsWithin(sessions: Sessions, flows: FlowColumns, range: TimeRange): Sessions {
  const hasFlow = new Uint8Array(sessions.conversations);
  for (const conversation of flows.conversation) if (conversation < hasFlow.length) hasFlow[conversation] = 1;
  const kept: number[] = [];
  for (let session = 0; session < sessions.length; session++) {
    const startMs = sessions.startMs(session);
    const isWithin = startMs <= range.toMs && startMs + sessions.durationMs(session) >= range.fromMs;
    if (isWithin && hasFlow[sessions.conversationOf(session)] === 1) kept.push(session);
  }
  return new ListedSessions(sessionRows(sessions, Uint32Array.from(kept), range));
}

function dnsWithin(dns: DnsPairs, { fromMs, toMs }: TimeRange): DnsPairs {
  const rows: number[] = [];
  for (let row = 0; row < dns.length; row++) if (dns.firstMs[row] <= toMs && dns.lastMs[row] >= fromMs) rows.push(row);
  const columns = Object.entries(dns).map(([name, column]: [string, unknown]) => {
    if (!ArrayBuffer.isView(column)) return [name, column];
    const whole = column as Float64Array;
    return [name, whole.slice(0, rows.length).map((_, place) => whole[rows[place]])];
  });
  const part = Object.fromEntries(columns) as DnsPairs;
  const tunnels = part.rules.reduce((sum, rules) => sum + (rules === 0 ? 0 : 1), 0);
  // When pairs were asked for that found no room is not known: they may be of this time.
  const total = rows.length + dns.total - dns.length;
  return { ...part, length: rows.length, total, tunnels };
}
