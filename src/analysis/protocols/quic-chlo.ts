import { u16LittleEndian, u32LittleEndian } from '../memory/numbers.ts';

const HEADER = 8;
const ENTRY = 8;
/** The message lies behind a header of at most this many bytes: flags, ids, version, packet number, hash, frame. */
const LATEST_START = 64;
/** The message's own tags, and those of the values wanted, as they lie on the wire. */
const CHLO = [0x43, 0x48, 0x4c, 0x4f];
const SNI = [0x53, 0x4e, 0x49, 0x00];
const UAID = [0x55, 0x41, 0x49, 0x44];

/** Where the texts of a hello lie, `start === end` for one that it has not. */
export interface QuicChlo {
  serverNameStart: number;
  serverNameEnd: number;
  userAgentStart: number;
  userAgentEnd: number;
}

const reused: QuicChlo = { serverNameStart: 0, serverNameEnd: 0, userAgentStart: 0, userAgentEnd: 0 };

/**
 * Reads the client hello of QUIC as Google first had it, in the clear (versions Q024 to Q046: "QUIC Crypto", A. Langley
 * and W.-T. Chang, 2016), from the datagram in `bytes[start, end)`. Null for anything else. What is returned is
 * overwritten by the next call.
 */
export function readQuicChlo(bytes: Uint8Array, start: number, end: number): QuicChlo | null {
  const message = findChlo(bytes, start, end);
  if (message < 0) return null;
  const entries = u16LittleEndian(bytes, message + 4);
  const values = message + HEADER + entries * ENTRY;
  if (values > end) return null;
  reused.serverNameStart = reused.serverNameEnd = reused.userAgentStart = reused.userAgentEnd = 0;
  let valueStart = values;
  for (let at = message + HEADER; at < values; at += ENTRY) {
    const valueEnd = values + u32LittleEndian(bytes, at + 4);
    if (valueEnd < valueStart || valueEnd > end) break;
    if (isTag(bytes, at, SNI)) {
      reused.serverNameStart = valueStart;
      reused.serverNameEnd = valueEnd;
    } else if (isTag(bytes, at, UAID)) {
      reused.userAgentStart = valueStart;
      reused.userAgentEnd = valueEnd;
    }
    valueStart = valueEnd;
  }
  return reused;
}

/** -1 where there is none. */
function findChlo(bytes: Uint8Array, start: number, end: number): number {
  const stop = Math.min(start + LATEST_START, end - HEADER);
  for (let at = start; at <= stop; at++) {
    if (bytes[at] === CHLO[0] && isTag(bytes, at, CHLO)) return at;
  }
  return -1;
}

function isTag(bytes: Uint8Array, at: number, tag: readonly number[]): boolean {
  return bytes[at] === tag[0] && bytes[at + 1] === tag[1] && bytes[at + 2] === tag[2] && bytes[at + 3] === tag[3];
}
