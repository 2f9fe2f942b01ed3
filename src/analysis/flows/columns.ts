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
  bytesSent: Float64Array;
  bytesReceived: Float64Array;
  /** 0 idle or end of capture, 1 active timeout. */
  expirationId: Uint8Array;
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
   * QUIC, HASSH of SSH, and the list of options of DHCP; JA4 and JA4S of TLS and QUIC; headers are those of HTTP.
   */
  certificate: Uint32Array;
  clientFingerprint: Uint32Array;
  serverFingerprint: Uint32Array;
  ja4: Uint32Array;
  ja4s: Uint32Array;
  userAgent: Uint32Array;
  contentType: Uint32Array;
  texts: string[];
}
