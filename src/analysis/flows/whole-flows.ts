import { columnOf } from '../memory/columns.ts';
import { APPLICATIONS, UNKNOWN } from '../protocols/application-ids.ts';
import { SIGNS } from '../protocols/signs.ts';
import { CONTINUED, firstMsOf, type FlowColumns, lastMsOf, selectFlows } from './columns.ts';
import { PACKET_TEXTS } from './name-sources.ts';
import { NOTED, OBSERVED, observePackets } from './observed.ts';

/** What the meter counted beside NFStream's flows. */
export interface BesideFlows {
  /** By flow: the conversation that its own is a half of, which is its own for most. */
  whole: Uint32Array;
  /** Packets and frames' bytes each way that NFStream leaves out, by flow: [sent, received] packets, then bytes. */
  offloaded: ReadonlyMap<number, Float64Array>;
  idleTimeoutMs: number;
  /** By flow: what was noted of what it could show (see `observePackets`). */
  noted: Uint16Array;
  /** By flow: its place in the order in which they were begun, where stamps were stray; else null. */
  created: Uint32Array | null;
}

const SSH = APPLICATIONS.indexOf('SSH');
/** Columns that add up, by direction. */
const AMOUNTS = [
  ['packetsSent', 'packetsReceived'],
  ['bytesSent', 'bytesReceived'],
  ['payloadSent', 'payloadReceived'],
  ['ipBytesSent', 'ipBytesReceived'],
] as const;

/**
 * Flows with what was cut off them joined. Where requests and answers of one conversation are in different VLANs or tunnels,
 * NFStream makes two flows of it, each in one direction; where a stray stamp moves its clock, it ends what is live. The
 * one that began stays, the other is added to it; pieces that the active timeout cut are joined piece by piece.
 * Packets that NFStream leaves out are counted too. Without any of those, the same columns.
 *
 * @param halves by flow: the one that it is the other half of, which `hostsOf` gives
 * @param cuts by flow: the one that it goes on, which `cutByStamps` gives
 */
export function wholeFlows(
  flows: FlowColumns,
  beside: BesideFlows,
  halves: Int32Array | null,
  cuts: Int32Array | null,
): FlowColumns {
  const hosts = halves === null || cuts === null ? (halves ?? cuts) : hostsOfBoth(flows, halves, cuts);
  if (hosts === null && beside.offloaded.size === 0) return flows;
  const kept = keptFlows(flows.length, hosts);
  const { places } = kept;
  const joined = joinedFlows(flows, hosts, beside.noted, kept);
  for (let place = 0; place < kept.ids.length; place++) joined.conversation[place] = beside.whole[kept.ids[place]];
  for (const [id, [packetsSent, packetsReceived, bytesSent, bytesReceived]] of beside.offloaded) {
    const place = places[id];
    const turned = joined.swapped[place] !== flows.swapped[id];
    joined.packetsSent[place] += turned ? packetsReceived : packetsSent;
    joined.packetsReceived[place] += turned ? packetsSent : packetsReceived;
    joined.bytesSent[place] += turned ? bytesReceived : bytesSent;
    joined.bytesReceived[place] += turned ? bytesSent : bytesReceived;
  }
  if (cuts !== null) {
    for (let id = 0; id < flows.length; id++) if (cuts[id] >= 0 && goesOn(flows, id)) joined.failed[places[id]] = 0;
  }
  return joined;
}

/**
 * Flows with some of them added to others.
 *
 * @param hosts by flow: the one that it is added to, -1 for one that stays
 * @param noted by flow: what the meter noted of what it could show
 */
export function joinedFlows(
  flows: FlowColumns,
  hosts: Int32Array | null,
  noted: Uint16Array,
  { ids, places } = keptFlows(flows.length, hosts),
): FlowColumns {
  const joined = selectFlows(flows, ids, (column, length) => column.slice(0, length));
  for (let place = 0; place < ids.length; place++) {
    joined.firstPiece[place] = places[flows.firstPiece[ids[place]]];
    joined.observed[place] = noted[ids[place]];
  }
  hosts?.forEach((host, id) => {
    if (host < 0) return;
    addHalf(flows, id, joined, places[id]);
    joined.observed[places[id]] |= noted[id] & ~(OBSERVED.begin | NOTED.answersFirst);
  });
  observePackets(joined, joined.observed);
  return joined;
}

/** By flow: what it is added to in the end, by either reason: the first of those that belong together; -1 for that. */
function hostsOfBoth({ sinceMs }: FlowColumns, halves: Int32Array, cuts: Int32Array): Int32Array {
  const firsts = columnOf(Int32Array, halves, (_, id) => id);
  const firstOf = (id: number): number => {
    let first = id;
    while (firsts[first] !== first) first = firsts[first] = firsts[firsts[first]];
    return first;
  };
  for (const hosts of [halves, cuts]) {
    hosts.forEach((host, id) => {
      if (host < 0) return;
      const [one, other] = [firstOf(id), firstOf(host)];
      if (sinceMs[one] < sinceMs[other]) firsts[other] = one;
      else firsts[one] = other;
    });
  }
  return firsts.map((_, id) => (firstOf(id) === id ? -1 : firstOf(id)));
}

/** Whether a piece has more than an answer that refuses. */
function goesOn({ payloadSent, payloadReceived, packetsSent, packetsReceived }: FlowColumns, id: number): boolean {
  return payloadSent[id] + payloadReceived[id] > 0 || packetsSent[id] + packetsReceived[id] > 1;
}

/** How many flows are halves of others, and which VLANs the commonest pair of halves is in. */
export function halvesOf(flows: FlowColumns, hosts: Int32Array): { count: number; vlans: [number, number] } {
  const pairs = new Map<number, number>();
  let count = 0;
  for (let id = 0; id < flows.length; id++) {
    if (hosts[id] < 0 || flows.conversation[id] === flows.conversation[hosts[id]]) continue;
    count++;
    const pair = flows.vlanId[hosts[id]] * 4096 + flows.vlanId[id];
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  const [commonest] = [...pairs].reduce((most, pair) => (pair[1] > most[1] ? pair : most));
  return { count, vlans: [Math.floor(commonest / 4096), commonest % 4096] };
}

/**
 * By flow: the flow that it is added to, -1 for one that stays; null where all do. Of a conversation in halves a flow goes on
 * while either half does: what the idle timeout cut of one of them may be joined by the other.
 */
export function hostsOf(flows: FlowColumns, { whole, idleTimeoutMs }: BesideFlows): Int32Array | null {
  const inHalves = new Map<number, number[]>();
  for (let id = 0; id < flows.length; id++) if (whole[id] !== flows.conversation[id]) inHalves.set(whole[id], []);
  if (inHalves.size === 0) return null;
  for (let id = 0; id < flows.length; id++) inHalves.get(whole[id])?.push(id);
  const hosts = new Int32Array(flows.length).fill(-1);
  for (const ids of inHalves.values()) joinPieces(flows, ids, idleTimeoutMs, hosts);
  return hosts.some((host) => host >= 0) ? hosts : null;
}

/** Adds flows of one conversation to those that they go on, as `hosts` has it. What the active timeout cut stays a piece. */
function joinPieces(flows: FlowColumns, ids: number[], idleTimeoutMs: number, hosts: Int32Array): void {
  ids.sort((a, b) => flows.sinceMs[a] - flows.sinceMs[b] || a - b);
  let [host] = ids;
  let lastMs = Number.NEGATIVE_INFINITY;
  for (const id of ids) {
    const isPiece = flows.begin[id] === CONTINUED && flows.conversation[id] === flows.conversation[host];
    if (isPiece || firstMsOf(flows, id) - lastMs >= idleTimeoutMs) host = id;
    else hosts[id] = host;
    lastMs = Math.max(lastMs, lastMsOf(flows, id));
  }
}

/** The flows that stay, in order, and by flow where it is among them. */
function keptFlows(length: number, hosts: Int32Array | null): { ids: Uint32Array; places: Uint32Array } {
  const places = new Uint32Array(length);
  const ids = new Uint32Array(length);
  let count = 0;
  for (let id = 0; id < length; id++) {
    places[id] = count;
    if (hosts === null || hosts[id] < 0) ids[count++] = id;
  }
  hosts?.forEach((host, id) => {
    if (host >= 0) places[id] = places[host];
  });
  return { ids: ids.slice(0, count), places };
}

/** Adds flow `id` to the flow at `place`, the half that began. */
function addHalf(flows: FlowColumns, id: number, joined: FlowColumns, place: number): void {
  const turned = joined.swapped[place] !== flows.swapped[id];
  for (const [sent, received] of AMOUNTS) {
    joined[sent][place] += flows[turned ? received : sent][id];
    joined[received][place] += flows[turned ? sent : received][id];
  }
  const firstMs = Math.min(firstMsOf(joined, place), firstMsOf(flows, id));
  const lastMs = Math.max(lastMsOf(joined, place), lastMsOf(flows, id));
  joined.sinceMs[place] = firstMs - joined.originMs;
  joined.durationMs[place] = lastMs - firstMs;
  if (joined.name[place] === 0) {
    joined.name[place] = flows.name[id];
    joined.nameSource[place] = flows.nameSource[id];
  }
  if (joined.resolvedName[place] === 0 && !turned) joined.resolvedName[place] = flows.resolvedName[id];
  const own = joined.application[place] !== UNKNOWN && joined.applicationGuessed[place] === 0;
  joined.signs[place] |= own ? flows.signs[id] & ~SIGNS.unrecognised : flows.signs[id];
  if (!own && flows.application[id] !== UNKNOWN && flows.applicationGuessed[id] === 0) {
    joined.application[place] = flows.application[id];
    joined.applicationGuessed[place] = 0;
    joined.signs[place] &= ~SIGNS.unrecognised;
  }
  // What SSH's ends say of themselves is told apart by direction alone.
  const isTurnedSsh = turned && joined.application[place] === SSH;
  for (const text of PACKET_TEXTS) {
    const from = !isTurnedSsh
      ? text
      : text === 'clientFingerprint'
        ? 'serverFingerprint'
        : text === 'serverFingerprint'
          ? 'clientFingerprint'
          : text;
    if (joined[text][place] === 0) joined[text][place] = flows[from][id];
  }
}
