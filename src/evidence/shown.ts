import { printable } from '../export/printable.ts';

/** Characters of a text that are shown. */
const LONGEST = 1024;

const utf8 = new TextDecoder('utf-8');
const utf16 = new TextDecoder('utf-16be');

/** Bytes as text, one character each: bounded, and what could steer a terminal or deceive a reader escaped. */
export function latin1Text(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  const stop = Math.min(end, start + LONGEST);
  for (let at = start; at < stop; at++) text += String.fromCharCode(bytes[at]);
  return bounded(text, end - start > LONGEST);
}

/** UTF-8 as text, bounded and escaped likewise; bytes that are none become a replacement character. */
export function utf8Text(bytes: Uint8Array, start: number, end: number): string {
  return bounded(utf8.decode(bytes.subarray(start, Math.min(end, start + LONGEST))), end - start > LONGEST);
}

export function utf16Text(bytes: Uint8Array, start: number, end: number): string {
  return bounded(utf16.decode(bytes.subarray(start, Math.min(end, start + LONGEST))), end - start > LONGEST);
}

/** A text that is shown, bounded and escaped. */
export function shown(text: string): string {
  return bounded(text.slice(0, LONGEST), text.length > LONGEST);
}

function bounded(text: string, isCut: boolean): string {
  return printable(text) + (isCut ? '...' : '');
}
