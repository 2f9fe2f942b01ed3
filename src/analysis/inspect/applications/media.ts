import { applicationId, UNKNOWN } from '../../protocols/application-ids.ts';
import { isAtPort, type Payload, u16, u32, u8 } from './payload.ts';

const STUN = applicationId('STUN');
const RTMP = applicationId('RTMP');
const H323 = applicationId('H323');
const MPEG_TS = applicationId('MPEG_TS');
const RTCP = applicationId('RTCP');
const SKINNY = applicationId('CiscoSkinny');

const MAGIC_COOKIE = 0x2112a442;
const STUN_HEADER = 20;
const STUN_PORTS = [3478, 3479, 19_302, 5349];
const TRANSPORT_PACKET = 188;
const RTMP_HANDSHAKE = 1537;
const RTMP_SEGMENT = 1200;
const RTMP_PORT = 1935;
const RTCP_SENDER_REPORT = 200;
const RTCP_LAST = 207;

/** Recognises voice, video and what sets them up, in datagrams. RTP needs two packets: see `rtp.ts`. */
export function recogniseMediaUdp(packet: Payload): number {
  if (isStun(packet, 0)) return STUN;
  if (isMpegTransport(packet)) return MPEG_TS;
  return isRtcp(packet) ? RTCP : UNKNOWN;
}

/** The same over TCP. */
export function recogniseMediaTcp(packet: Payload): number {
  if (isStun(packet, 0) || (u16(packet, 0) === packet.payloadLength - 2 && isStun(packet, 2))) return STUN;
  if (isRtmp(packet)) return RTMP;
  // TPKT with a message of Q.931 (H.225.0).
  if (u16(packet, 0) === 0x0300 && u8(packet, 4) === 8 && u16(packet, 2) === packet.payloadLength) return H323;
  const isSkinny = isAtPort(packet, 2000) && u16(packet, 2) === 0 && u32(packet, 4) === 0 && u8(packet, 1) === 0;
  return isSkinny && u8(packet, 0) === packet.payloadLength - 8 ? SKINNY : UNKNOWN;
}

/** Two zero bits, a length that is a multiple of four, and the cookie; without it (RFC 3489) only on its ports. */
function isStun(packet: Payload, at: number): boolean {
  const type = u16(packet, at);
  const length = u16(packet, at + 2);
  if (type < 0 || type >= 0x4000 || length < 0 || length + STUN_HEADER + at > packet.payloadLength) return false;
  if (u32(packet, at + 4) === MAGIC_COOKIE) return length % 4 === 0;
  return (
    length + STUN_HEADER + at === packet.payloadLength &&
    (type & 0x3eef) <= 3 &&
    (type & 15) !== 0 &&
    STUN_PORTS.some((port) => isAtPort(packet, port))
  );
}

/** Whole packets of a transport stream, each with its sync byte (ISO 13818-1, section 2.4.3.2). */
function isMpegTransport(packet: Payload): boolean {
  const { payloadLength } = packet;
  if (payloadLength < TRANSPORT_PACKET || payloadLength % TRANSPORT_PACKET !== 0) return false;
  for (let at = 0; at < payloadLength; at += TRANSPORT_PACKET) {
    if (u8(packet, at) !== 0x47) return false;
  }
  return true;
}

/** Reports whose lengths add up to that of the datagram (RFC 3550, appendix A.2). */
function isRtcp(packet: Payload): boolean {
  const { payloadLength } = packet;
  if (u8(packet, 1) !== RTCP_SENDER_REPORT && u8(packet, 1) !== RTCP_SENDER_REPORT + 1) return false;
  let at = 0;
  while (at + 4 <= payloadLength) {
    if (u8(packet, at) >> 6 !== 2 || u8(packet, at + 1) < RTCP_SENDER_REPORT || u8(packet, at + 1) > RTCP_LAST)
      return false;
    at += 4 * (1 + u16(packet, at + 2));
  }
  return at === payloadLength;
}

/**
 * The first two parts of the client's handshake (RTMP specification, section 5.2): version 3, a time, then four zeros,
 * or the player's version behind a time of zero. It fills the first segment.
 */
function isRtmp(packet: Payload): boolean {
  if (u8(packet, 0) !== 3 || packet.payloadLength < 9) return false;
  if (isAtPort(packet, RTMP_PORT)) return true;
  const isFull = packet.payloadLength >= RTMP_SEGMENT && packet.payloadLength <= RTMP_HANDSHAKE;
  return isFull && (u32(packet, 5) === 0 || (u32(packet, 1) === 0 && u8(packet, 5) < 0x80 && u8(packet, 6) === 0));
}
