/** Header of a DNS message, and the type and class behind a question's name (RFC 1035, sections 4.1.1 and 4.1.2). */
const HEADER_LENGTH = 12;
const QUESTION_TAIL = 4;
/** Longest label, and longest name on the wire, its length bytes and the root included (section 2.3.4). */
const LONGEST_LABEL = 63;
const LONGEST_NAME = 255;
/** More records than this in one section is no message of a resolver's: keeps other protocols on port 53 out. */
const MOST_RECORDS = 48;
const RESPONSE = 0x80;
const OPCODE = 0x78;

/** The first question of one DNS message; overwritten by the next. */
export class DnsQuestion {
  /** Whether the message answers it. */
  isResponse = false;
  /** Record type asked for (IANA "DNS Parameters"). */
  type = 0;
  /** Its name as labels behind their lengths, as on the wire but in lower case and without the root; `length` bytes. */
  readonly name = new Uint8Array(LONGEST_NAME);
  length = 0;

  /**
   * Reads the one question of a query or response in `bytes[start, end)`; false where there is none, or not all of it was
   * captured. The name is read label after label and never through a pointer: there is nothing before it to point at.
   */
  read(bytes: Uint8Array, start: number, end: number): boolean {
    if (end - start < HEADER_LENGTH || !isPlausible(bytes, start)) return false;
    let at = start + HEADER_LENGTH;
    this.length = 0;
    for (;;) {
      if (at >= end) return false;
      const label = bytes[at++];
      if (label === 0) break;
      if (label > LONGEST_LABEL || this.length + label + 2 > LONGEST_NAME || at + label > end) return false;
      this.name[this.length++] = label;
      for (let index = 0; index < label; index++) this.name[this.length++] = lowerCase(bytes[at++]);
    }
    if (at + QUESTION_TAIL > end) return false;
    this.isResponse = (bytes[start + 2] & RESPONSE) !== 0;
    this.type = bytes[at] * 256 + bytes[at + 1];
    return true;
  }

  /** A number that is the same for the same name, and different for nearly every other. */
  hash(): number {
    let hash = 0x811c_9dc5;
    for (let index = 0; index < this.length; index++) hash = Math.imul(hash ^ this.name[index], 0x0100_0193);
    return hash;
  }

  /**
   * The name as text: labels between dots; what is neither a letter, a digit, `-` nor `_` as a backslash and three
   * decimal digits (RFC 1035, section 5.1), so that it holds no character that could do harm or be taken for a dot.
   */
  text(): string {
    let text = '';
    for (let at = 0; at < this.length;) {
      const end = at + 1 + this.name[at];
      if (at > 0) text += '.';
      for (at++; at < end; at++) text += characterOf(this.name[at]);
    }
    return text;
  }
}

/** A standard query with one question, or a response to one, with counts that fit a message. */
function isPlausible(bytes: Uint8Array, start: number): boolean {
  if ((bytes[start + 2] & OPCODE) !== 0) return false;
  for (let at = 4; at < HEADER_LENGTH; at += 2) {
    if (bytes[start + at] !== 0 || bytes[start + at + 1] > MOST_RECORDS) return false;
  }
  return bytes[start + 5] === 1;
}

function lowerCase(byte: number): number {
  return byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte;
}

function characterOf(byte: number): string {
  const isPlain = (byte >= 0x61 && byte <= 0x7a) || (byte >= 0x30 && byte <= 0x39) || byte === 0x2d || byte === 0x5f;
  return isPlain ? String.fromCharCode(byte) : `\\${String(byte).padStart(3, '0')}`;
}
