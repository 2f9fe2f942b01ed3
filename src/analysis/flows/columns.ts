/** How a flow began; what `FlowColumns.begin` stores. */
export const FRESH = 0;
/** It goes on where the active timeout cut the flow before it. */
export const CONTINUED = 1;
/** A TCP connection that went on without a handshake after the idle timeout had cut it. */
export const RESUMED = 2;

/** The conversation of flows that came as a log's row. */
export const NO_CONVERSATION = 0xffff_ffff;

/** Numbers that are small in most captures: of 16 bits where all of a column fit. */
export type Numbers = Uint32Array | Uint16Array;
/** Counts of bytes: of 32 bits where all of a column fit, which halves the memory of a large log. */
export type ByteCounts = Float64Array | Uint32Array;
/** Milliseconds, likewise: 32 bits are 49 days. */
export type Durations = Float64Array | Uint32Array;

/**
 * Flows as columns of equal length, in the order the meter emitted them: an index is NFStream's flow id.
 * Times are milliseconds since 1970, bytes are wire bytes of whole frames.
 */
export interface FlowColumns {
  length: number;
  /** What `sinceMs` is counted from, in milliseconds since 1970. */
  originMs: number;
  /**
   * Number of its 5-tuple (with VLAN and tunnel), the same for both directions, and 1 where its source is the higher end.
   * `NO_CONVERSATION` for a flow that no packet was seen of; without any packets there are no numbers.
   */
  conversation: Uint32Array;
  swapped: Uint8Array;
  /** Indexes into `addresses`. */
  source: Numbers;
  destination: Numbers;
  /** Distinct addresses as text. */
  addresses: string[];
  sourcePort: Uint16Array;
  destinationPort: Uint16Array;
  /**
   * The proxy that the flow goes to where its destination is whom that was asked for: its address plus one, and its port.
   * 0 for a flow that goes to its destination itself. The host that a proxy was asked for is among `addresses` by its name.
   */
  through: Numbers;
  throughPort: Uint16Array;
  protocol: Uint8Array;
  vlanId: Uint16Array;
  tunnelId: Uint8Array;
  /** When the first packet came, counted from `originMs`: see `firstMsOf`. */
  sinceMs: Durations;
  /** From the first packet to the last. */
  durationMs: Durations;
  packetsSent: Numbers;
  packetsReceived: Numbers;
  bytesSent: ByteCounts;
  bytesReceived: ByteCounts;
  /** Transport payload on the wire each way, by the headers; retransmissions count. */
  payloadSent: ByteCounts;
  payloadReceived: ByteCounts;
  /** IP packets with their headers each way, link-layer headers and padding left out. */
  ipBytesSent: ByteCounts;
  ipBytesReceived: ByteCounts;
  /** 0 idle or end of capture, 1 active timeout. */
  expirationId: Uint8Array;
  /** `FRESH`, `CONTINUED` or `RESUMED`. */
  begin: Uint8Array;
  /** The flow that the active timeout cut first where a flow is `CONTINUED`; of no meaning for others. */
  firstPiece: Uint32Array;
  /**
   * 1 for a TCP connection that never came about: its SYN got no answer, or a reset and nothing else, and its source sent no
   * acknowledgment and no data after it.
   */
  failed: Uint8Array;
  /** Bits of `OBSERVED`: what could be seen of the flow, so that what is missing says something. */
  observed: Uint16Array;
  /** Index into `APPLICATIONS`, and 1 where only the ports suggest it. */
  application: Uint8Array;
  applicationGuessed: Uint8Array;
  /** What the flow itself calls its destination: index into `names` (0: no name), and into `NAME_SOURCES`. */
  name: Uint32Array;
  nameSource: Uint8Array;
  names: string[];
  /** Index into `names` of the name that the source last resolved to the destination before the flow began, 0 for none. */
  resolvedName: Uint32Array;
  /** By address: index into `names` of the name that a capture's own name blocks give it, 0 for none. */
  hostName: Uint32Array;
  /**
   * Indexes into `texts` (0: nothing) of what the flow's first packets say. The certificate is the server's, where it was
   * sent in the clear: subject, issuer and first alternative name, a line each. Fingerprints are JA3 and JA3S of TLS and
   * QUIC, HASSH of SSH, and the list of options of DHCP; JA4 and JA4S of TLS and QUIC; headers are those of HTTP, and a
   * request is its method, target and status, which logs alone say ("GET /news.php 200").
   */
  certificate: Uint32Array;
  clientFingerprint: Uint32Array;
  serverFingerprint: Uint32Array;
  ja4: Uint32Array;
  ja4s: Uint32Array;
  userAgent: Uint32Array;
  contentType: Uint32Array;
  request: Uint32Array;
  texts: string[];
  /** Bits of `SIGNS`: what its payloads show of who made it. */
  signs: Uint16Array;
}

/** When a flow's first packet came. */
export function firstMsOf({ originMs, sinceMs }: FlowColumns, flow: number): number {
  return originMs + sinceMs[flow];
}

/** When a flow's last packet came. */
export function lastMsOf(flows: FlowColumns, flow: number): number {
  return firstMsOf(flows, flow) + flows.durationMs[flow];
}

/** Columns for `length` flows, all 0, without an address; the only name and the only text are ''. */
export function emptyColumns(length: number): FlowColumns {
  return {
    length,
    originMs: 0,
    conversation: new Uint32Array(length),
    swapped: new Uint8Array(length),
    source: new Uint32Array(length),
    destination: new Uint32Array(length),
    addresses: [],
    sourcePort: new Uint16Array(length),
    destinationPort: new Uint16Array(length),
    through: new Uint32Array(length),
    throughPort: new Uint16Array(length),
    protocol: new Uint8Array(length),
    vlanId: new Uint16Array(length),
    tunnelId: new Uint8Array(length),
    sinceMs: new Float64Array(length),
    durationMs: new Float64Array(length),
    packetsSent: new Uint32Array(length),
    packetsReceived: new Uint32Array(length),
    bytesSent: new Float64Array(length),
    bytesReceived: new Float64Array(length),
    payloadSent: new Float64Array(length),
    payloadReceived: new Float64Array(length),
    ipBytesSent: new Float64Array(length),
    ipBytesReceived: new Float64Array(length),
    expirationId: new Uint8Array(length),
    begin: new Uint8Array(length),
    firstPiece: new Uint32Array(length),
    failed: new Uint8Array(length),
    observed: new Uint16Array(length),
    application: new Uint8Array(length),
    applicationGuessed: new Uint8Array(length),
    name: new Uint32Array(length),
    nameSource: new Uint8Array(length),
    names: [''],
    resolvedName: new Uint32Array(length),
    hostName: new Uint32Array(0),
    certificate: new Uint32Array(length),
    clientFingerprint: new Uint32Array(length),
    serverFingerprint: new Uint32Array(length),
    ja4: new Uint32Array(length),
    ja4s: new Uint32Array(length),
    userAgent: new Uint32Array(length),
    contentType: new Uint32Array(length),
    request: new Uint32Array(length),
    texts: [''],
    signs: new Uint16Array(length),
  };
}

/**
 * The columns of some flows, given in ascending order; what is kept by address and by text is shared. `targetOf` gives
 * the array that a column's values are moved into, as long as there are flows: the column's own beginning will do.
 * Columns that are one array stay one, as bytes and IP bytes of some logs are.
 */
export function selectFlows(
  flows: FlowColumns,
  ids: Uint32Array,
  targetOf: (column: Uint32Array, length: number) => Uint32Array,
): FlowColumns {
  const selected = new Map<Uint32Array, Uint32Array>();
  const columns = Object.entries(flows).map(([name, column]: [string, unknown]) => {
    if (!ArrayBuffer.isView(column) || name === 'hostName') return [name, column];
    const from = column as Uint32Array;
    if (!selected.has(from)) {
      const target = targetOf(from, ids.length);
      // A column may be empty: there is nothing to say of any flow.
      if (from.length > 0) for (let place = 0; place < ids.length; place++) target[place] = from[ids[place]];
      selected.set(from, target);
    }
    return [name, selected.get(from)];
  });
  return { ...(Object.fromEntries(columns) as FlowColumns), length: ids.length };
}
