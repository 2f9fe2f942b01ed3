/** How a flow began; what `FlowColumns.begin` stores. */
export const FRESH = 0;
/** It goes on where the active timeout cut the flow before it. */
export const CONTINUED = 1;
/** A TCP connection that went on without a handshake after the idle timeout had cut it. */
export const RESUMED = 2;

/** Counts of bytes: of 32 bits where all of a column fit, which halves the memory of a large log. */
export type ByteCounts = Float64Array | Uint32Array;

/**
 * Flows as columns of equal length, in the order the meter emitted them: an index is NFStream's flow id.
 * Times are milliseconds since 1970, bytes are wire bytes of whole frames.
 */
export interface FlowColumns {
  length: number;
  /** Indexes into `addresses`. */
  source: Uint32Array;
  destination: Uint32Array;
  /** Distinct addresses as text. */
  addresses: string[];
  sourcePort: Uint16Array;
  destinationPort: Uint16Array;
  protocol: Uint8Array;
  ipVersion: Uint8Array;
  vlanId: Uint16Array;
  tunnelId: Uint8Array;
  firstMs: Float64Array;
  lastMs: Float64Array;
  packetsSent: Uint32Array;
  packetsReceived: Uint32Array;
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
  /** 1 for a TCP connection that never came about: its SYN got no answer, or a reset and nothing else. */
  failed: Uint8Array;
  /** Index into `names` (0: no name), and into `NAME_SOURCES`. */
  name: Uint32Array;
  nameSource: Uint8Array;
  names: string[];
  /** By address: index into `names` of the name that a capture's own name blocks give it, 0 for none. */
  hostName: Uint32Array;
}

/** Columns for `length` flows, all 0, with empty pools. */
export function emptyColumns(length: number): FlowColumns {
  return {
    length,
    source: new Uint32Array(length),
    destination: new Uint32Array(length),
    addresses: [],
    sourcePort: new Uint16Array(length),
    destinationPort: new Uint16Array(length),
    protocol: new Uint8Array(length),
    ipVersion: new Uint8Array(length),
    vlanId: new Uint16Array(length),
    tunnelId: new Uint8Array(length),
    firstMs: new Float64Array(length),
    lastMs: new Float64Array(length),
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
    name: new Uint32Array(length),
    nameSource: new Uint8Array(length),
    names: [],
    hostName: new Uint32Array(0),
  };
}
