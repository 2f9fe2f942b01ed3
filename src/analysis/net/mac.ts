/** A MAC address (IEEE 802) is one number of 48 bits; 0 stands for none. */
const BYTES = 6;
const TEXT = /^[\da-f]{2}([:-][\da-f]{2}){5}$/i;

/** The MAC address whose six bytes begin at `at`. */
export function macAt(bytes: Uint8Array, at: number): number {
  let mac = 0;
  for (let index = 0; index < BYTES; index++) mac = mac * 256 + bytes[at + index];
  return mac;
}

/** A MAC address from text with colons or hyphens; 0 for a text that is none. */
export function parseMac(text: string): number {
  return TEXT.test(text) ? Number.parseInt(text.replaceAll(/[:-]/g, ''), 16) : 0;
}

/** "00:0c:29:aa:bb:cc". */
export function macText(mac: number): string {
  const digits = mac.toString(16).padStart(2 * BYTES, '0');
  return (digits.match(/../g) ?? []).join(':');
}

/** Whether frames to it go to several stations: its first byte is odd. */
export function isGroupMac(mac: number): boolean {
  return (Math.floor(mac / 2 ** 40) & 1) === 1;
}

/** Whether it was given out by hand or at random, not by who made the adapter: it tells no vendor. */
export function isLocalMac(mac: number): boolean {
  return (Math.floor(mac / 2 ** 40) & 2) === 2;
}
