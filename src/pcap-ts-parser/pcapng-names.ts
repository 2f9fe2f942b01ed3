import { boundedText, padded } from './pcapng-options.ts';

const RECORD_END = 0;
const IPV4 = 1;
const IPV6 = 2;
const ZERO = 0;

/** Names of one address that are read of a record: a host has an official name and a few others. */
const MOST_OF_ONE = 16;

/**
 * Reads a name resolution block (draft-ietf-opsawg-pcapng, section 4.5): records of an address and the names it has,
 * each ended by a zero byte.
 *
 * @returns where the records end and the block's options begin
 */
export function readNames(
  view: DataView,
  body: number,
  end: number,
  littleEndian: boolean,
  onName: (address: Uint8Array, name: string) => void,
): number {
  let at = body;
  while (end - at >= 4) {
    const type = view.getUint16(at, littleEndian);
    const length = view.getUint16(at + 2, littleEndian);
    at += 4;
    if (type === RECORD_END || length > end - at) break;
    const addressLength = type === IPV4 ? 4 : type === IPV6 ? 16 : 0;
    if (addressLength > 0 && length > addressLength) {
      const address = new Uint8Array(view.buffer, view.byteOffset + at, addressLength).slice();
      eachText(view, at + addressLength, at + length, (name) => onName(address, name));
    }
    at += padded(length);
  }
  return at;
}

function eachText(view: DataView, from: number, end: number, visit: (text: string) => void): void {
  let start = from;
  let left = MOST_OF_ONE;
  for (let at = from; at < end && left > 0; at++) {
    if (view.getUint8(at) !== ZERO) continue;
    if (at > start) {
      visit(boundedText(view, start, at - start));
      left--;
    }
    start = at + 1;
  }
}
