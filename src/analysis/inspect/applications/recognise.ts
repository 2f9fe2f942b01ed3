import { PROTOCOL_TCP, PROTOCOL_UDP } from 'pcap-ts-parser';
import { recogniseDatabase } from './databases.ts';
import { recogniseEncryptedTcp, recogniseEncryptedUdp } from './encrypted.ts';
import { recogniseHttpDatagram, recogniseHttpLike } from './http.ts';
import { recogniseIndustrialTcp, recogniseIndustrialUdp } from './industrial.ts';
import { recogniseMediaTcp, recogniseMediaUdp } from './media.ts';
import { applicationId, UNKNOWN } from '../../protocols/application-ids.ts';
import type { Payload } from './payload.ts';
import { recognisePeerTcp, recognisePeerUdp } from './peers.ts';
import { isSocks, isTelnet, recogniseServiceTcp, recogniseServiceUdp } from './services.ts';
import { recogniseText } from './text.ts';
import { recogniseTunnel } from './tunnels.ts';
import { recogniseWindowsTcp, recogniseWindowsUdp } from './windows.ts';

const SOCKS = applicationId('SOCKS');
const TELNET = applicationId('Telnet');

type Recogniser = (packet: Payload) => number;

/** From what is told by the fewest bytes and occurs most to what needs a port beside it: the first that knows wins. */
const OVER_TCP: readonly Recogniser[] = [
  recogniseHttpLike,
  recogniseText,
  recogniseWindowsTcp,
  recogniseServiceTcp,
  recogniseIndustrialTcp,
  recogniseMediaTcp,
  recogniseDatabase,
  recognisePeerTcp,
];
const OVER_UDP: readonly Recogniser[] = [
  recogniseEncryptedUdp,
  recogniseHttpDatagram,
  recogniseWindowsUdp,
  recogniseMediaUdp,
  recognisePeerUdp,
  recogniseTunnel,
  recogniseIndustrialUdp,
];

/**
 * What one packet's payload says about its application: an index into `APPLICATIONS`, 0 for nothing. Meant for the
 * first few packets with payload of a flow, in either direction, until one is recognised. Reads the payload alone,
 * never beyond its captured bytes, keeps nothing, and takes a time that is bounded whatever the payload holds.
 */
export function recogniseApplication(packet: Payload): number {
  if (packet.payloadLength === 0) return UNKNOWN;
  // What occurs most, TLS and DNS, is asked for without going through a list.
  if (packet.protocol === PROTOCOL_UDP) return recogniseServiceUdp(packet) || firstOf(OVER_UDP, packet);
  if (packet.protocol !== PROTOCOL_TCP) return UNKNOWN;
  const application = recogniseEncryptedTcp(packet) || firstOf(OVER_TCP, packet);
  if (application !== UNKNOWN) return application;
  if (isSocks(packet)) return SOCKS;
  return isTelnet(packet) ? TELNET : UNKNOWN;
}

function firstOf(recognisers: readonly Recogniser[], packet: Payload): number {
  for (const recognise of recognisers) {
    const application = recognise(packet);
    if (application !== UNKNOWN) return application;
  }
  return UNKNOWN;
}
