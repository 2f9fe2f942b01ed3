import { applicationId, UNKNOWN } from '../../protocols/application-ids.ts';
import { isAtPort, type Payload, startsWith, u16, u16LittleEndian, u32, u8 } from './payload.ts';

const MODBUS = applicationId('Modbus');
const S7COMM = applicationId('S7Comm');
const DNP3 = applicationId('DNP3');
const BACNET = applicationId('BACnet');
const IEC104 = applicationId('IEC60870');
const ETHERNET_IP = applicationId('EthernetIP');
const SOMEIP = applicationId('SOMEIP');
const MQTT = applicationId('MQTT');
const COAP = applicationId('CoAP');
const TUYA = applicationId('TuyaLP');

/** Requests, notifications, responses, their acknowledgements; with the bit that says it is a segment. */
const SOMEIP_MESSAGES = new Set([0, 1, 2, 0x20, 0x21, 0x22, 0x40, 0x41, 0x42, 0x80, 0x81, 0xa0, 0xa1]);

/** Recognises what machines and things speak over TCP. */
export function recogniseIndustrialTcp(packet: Payload): number {
  if (isMqttConnect(packet)) return MQTT;
  if (isModbus(packet)) return MODBUS;
  // TPKT, a data message of COTP, and S7's protocol number.
  if (u16(packet, 0) === 0x0300 && u16(packet, 4) === 0x02f0 && u8(packet, 7) === 0x32) return S7COMM;
  if (isDnp3(packet)) return DNP3;
  // APCI: start byte, and the length of the rest (IEC 60870-5-104, section 5).
  const apduLength = u8(packet, 1);
  const isApdu = u8(packet, 0) === 0x68 && apduLength >= 4 && apduLength <= packet.payloadLength - 2;
  if (isApdu && isAtPort(packet, 2404)) return IEC104;
  return isAtPort(packet, 44_818) && u16LittleEndian(packet, 2) === packet.payloadLength - 24 ? ETHERNET_IP : UNKNOWN;
}

/** The same for datagrams. */
export function recogniseIndustrialUdp(packet: Payload): number {
  // BVLC: type, function, length of the datagram (ASHRAE 135, annex J).
  if (u8(packet, 0) === 0x81 && u8(packet, 1) <= 0x0c && u16(packet, 2) === packet.payloadLength) return BACNET;
  if (isDnp3(packet)) return DNP3;
  if (isSomeIp(packet)) return SOMEIP;
  if (isAtPort(packet, 44_818) && u16LittleEndian(packet, 2) === packet.payloadLength - 24) return ETHERNET_IP;
  if (isAtPort(packet, 5683) && isCoap(packet)) return COAP;
  const isTuya = u32(packet, 0) === 0x000055aa && (isAtPort(packet, 6666) || isAtPort(packet, 6667));
  return isTuya ? TUYA : UNKNOWN;
}

/** CONNECT with the protocol's name (MQTT 3.1.1, section 3.1), behind a remaining length of one to four bytes. */
function isMqttConnect(packet: Payload): boolean {
  if (u8(packet, 0) !== 0x10) return false;
  let at = 1;
  while (at < 4 && u8(packet, at) >= 0x80) at++;
  return startsWith(packet, '\0\u0004MQTT', at + 1) || startsWith(packet, '\0\u0006MQIsdp', at + 1);
}

/**
 * Version 1, a token of at most eight bytes, and a class of code that exists: request or response (RFC 7252, section
 * 3).
 */
function isCoap(packet: Payload): boolean {
  const first = u8(packet, 0);
  const codeClass = u8(packet, 1) >> 5;
  return (
    first >> 6 === 1 &&
    (first & 15) <= 8 &&
    packet.payloadLength >= 4 + (first & 15) &&
    codeClass <= 5 &&
    codeClass !== 1 &&
    codeClass !== 3
  );
}

/** MBAP: protocol 0, and the length of the rest (Modbus Messaging on TCP/IP, section 3.1.3). */
function isModbus(packet: Payload): boolean {
  const code = u8(packet, 7) & 0x7f;
  const fits = u16(packet, 2) === 0 && u16(packet, 4) === packet.payloadLength - 6;
  return isAtPort(packet, 502) && fits && code >= 1 && code <= 0x2b;
}

/** Two start bytes, and a frame that fits: its length leaves out checksums, one every 16 bytes of data (IEEE 1815). */
function isDnp3(packet: Payload): boolean {
  const data = u8(packet, 2) - 5;
  return u16(packet, 0) === 0x0564 && data >= 0 && packet.payloadLength >= 10 + data + 2 * Math.ceil(data / 16);
}

/** Length of the rest, protocol version 1, and a type of message (AUTOSAR SOME/IP, section 4.1.2). */
function isSomeIp(packet: Payload): boolean {
  const length = u32(packet, 4);
  return (
    length >= 8 &&
    length <= packet.payloadLength - 8 &&
    u8(packet, 12) === 1 &&
    SOMEIP_MESSAGES.has(u8(packet, 14)) &&
    u8(packet, 15) <= 10
  );
}
