import { applicationId, UNKNOWN } from '../../protocols/application-ids.ts';
import { behindEmptyLines, isHttpRequest } from '../../protocols/http.ts';
import { contains, type Payload, startsWith, u8 } from './payload.ts';

const HTTP = applicationId('HTTP');
const HTTP_CONNECT = applicationId('HTTP_Connect');
const HTTP_PROXY = applicationId('HTTP_Proxy');
const RTSP = applicationId('RTSP');
const SIP = applicationId('SIP');
const SSDP = applicationId('SSDP');

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** The registered methods and those of WebDAV and RPC over HTTP (IANA "HTTP Method Registry"). */
const METHODS = [
  'GET ',
  'POST ',
  'HEAD ',
  'PUT ',
  'DELETE ',
  'OPTIONS ',
  'PATCH ',
  'TRACE ',
  'PRI * HTTP/2.0',
  'PROPFIND ',
  'PROPPATCH ',
  'MKCOL ',
  'COPY ',
  'MOVE ',
  'LOCK ',
  'UNLOCK ',
  'REPORT ',
  'SEARCH ',
  'RPC_IN_DATA ',
  'RPC_OUT_DATA ',
  'NOTIFY ',
  'SUBSCRIBE ',
];
const SIP_METHODS = [
  'INVITE ',
  'ACK ',
  'BYE ',
  'CANCEL ',
  'REGISTER ',
  'OPTIONS ',
  'PRACK ',
  'SUBSCRIBE ',
  'NOTIFY ',
  'PUBLISH ',
  'INFO ',
  'REFER ',
  'MESSAGE ',
  'UPDATE ',
];
const RTSP_METHODS = [
  'OPTIONS ',
  'DESCRIBE ',
  'ANNOUNCE ',
  'SETUP ',
  'PLAY ',
  'PAUSE ',
  'TEARDOWN ',
  'GET_PARAMETER ',
  'SET_PARAMETER ',
  'RECORD ',
];

/** Recognises HTTP/1, requests to a proxy apart, and what is written like it: RTSP (RFC 7826), SIP (RFC 3261). */
export function recogniseHttpLike(packet: Payload): number {
  const first = u8(packet, 0);
  if (first === CARRIAGE_RETURN || first === LINE_FEED) return recogniseBehindLines(packet);
  if (first < 0x41 || first > 0x5a) return UNKNOWN;
  if (startsWith(packet, 'HTTP/1.')) return HTTP;
  if (startsWith(packet, 'RTSP/1.') || startsWith(packet, 'RTSP/2.')) return RTSP;
  if (startsWith(packet, 'SIP/2.0 ')) return SIP;
  if (startsWith(packet, 'CONNECT ')) return HTTP_CONNECT;
  if (beginsWithOneOf(packet, SIP_METHODS) && contains(packet, 'SIP/2.0')) return SIP;
  if (beginsWithOneOf(packet, RTSP_METHODS) && contains(packet, 'rtsp://')) return RTSP;
  if (!beginsWithOneOf(packet, METHODS)) return UNKNOWN;
  return contains(packet, ' http://') && isAbsolute(packet) ? HTTP_PROXY : HTTP;
}

function recogniseBehindLines(packet: Payload): number {
  const end = packet.payload + packet.payloadLength;
  const payload = behindEmptyLines(packet.bytes, packet.payload, end);
  const { bytes, protocol, sourcePort, destinationPort } = packet;
  if (!isHttpRequest(bytes, payload, end)) return UNKNOWN;
  return recogniseHttpLike({ bytes, payload, payloadLength: end - payload, protocol, sourcePort, destinationPort });
}

/** Recognises SSDP (UPnP Device Architecture 2.0, section 1), which is HTTP in datagrams. */
export function recogniseHttpDatagram(packet: Payload): number {
  if (startsWith(packet, 'M-SEARCH * HTTP/1.') || startsWith(packet, 'NOTIFY * HTTP/1.')) return SSDP;
  const application = recogniseHttpLike(packet);
  if (application === SIP || application === RTSP) return application;
  return application === HTTP && (packet.sourcePort === 1900 || packet.destinationPort === 1900) ? SSDP : UNKNOWN;
}

/** Whether the target right behind the method is a whole URI, as a proxy is asked (RFC 9112, section 3.2.2). */
function isAbsolute(packet: Payload): boolean {
  let at = 0;
  while (u8(packet, at) > 0x20) at++;
  return startsWith(packet, ' http://', at);
}

function beginsWithOneOf(packet: Payload, words: readonly string[]): boolean {
  for (const word of words) {
    if (startsWith(packet, word)) return true;
  }
  return false;
}
