import { applicationId, UNKNOWN } from '../../protocols/application-ids.ts';
import { type Payload, startsWith, u16, u32, u32LittleEndian, u8 } from './payload.ts';

const MYSQL = applicationId('MySQL');
const POSTGRESQL = applicationId('PostgreSQL');
const MONGODB = applicationId('MongoDB');
const DRDA = applicationId('DRDA');
const FASTCGI = applicationId('FastCGI');

/**
 * Requests that come before a session has a version: SSL, GSSAPI, cancel (PostgreSQL documentation, "Message Formats").
 */
const POSTGRESQL_REQUESTS = new Set([80_877_102, 80_877_103, 80_877_104]);
/** Operations that a client of MongoDB begins with: a query, a command, compressed, a message. */
const MONGODB_OPERATIONS = new Set([2004, 2010, 2012, 2013]);

/** Recognises databases over TCP. */
export function recogniseDatabase(packet: Payload): number {
  if (isMySql(packet)) return MYSQL;
  if (isPostgreSql(packet)) return POSTGRESQL;
  const isMongo =
    u32LittleEndian(packet, 0) >= 16 &&
    MONGODB_OPERATIONS.has(u32LittleEndian(packet, 12)) &&
    u8(packet, 2) === 0 &&
    u8(packet, 3) === 0;
  if (isMongo) return MONGODB;
  // A data stream of DDM: its length, the constant D0, and an object whose length is six less.
  if (u8(packet, 2) === 0xd0 && u16(packet, 0) >= 10 && u16(packet, 6) === u16(packet, 0) - 6) return DRDA;
  return isFastCgi(packet) ? FASTCGI : UNKNOWN;
}

/** The server's greeting: a packet number of 0, protocol version 10, and its version as digits. */
function isMySql(packet: Payload): boolean {
  const length = u8(packet, 0) + u8(packet, 1) * 256;
  const digit = u8(packet, 5);
  return (
    u8(packet, 2) === 0 &&
    u8(packet, 3) === 0 &&
    u8(packet, 4) === 10 &&
    length === packet.payloadLength - 4 &&
    digit >= 0x30 &&
    digit <= 0x39
  );
}

function isPostgreSql(packet: Payload): boolean {
  const length = u32(packet, 0);
  if (length === packet.payloadLength && length >= 8) {
    const code = u32(packet, 4);
    return (code === 0x00030000 && startsWith(packet, 'user\0', 8)) || POSTGRESQL_REQUESTS.has(code);
  }
  // The server asks for a password, or says that none is needed: R, length, kind.
  return u8(packet, 0) === 0x52 && u32(packet, 1) >= 8 && u32(packet, 1) <= 64 && u32(packet, 5) <= 12;
}

/** The beginning of a request to a responder, which has eight bytes. */
function isFastCgi(packet: Payload): boolean {
  return (
    u16(packet, 0) === 0x0101 && u16(packet, 4) === 8 && u8(packet, 8) === 0 && u8(packet, 9) >= 1 && u8(packet, 9) <= 3
  );
}
