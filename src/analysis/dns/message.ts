import { ByteMemo } from '../memory/byte-memo.ts';
import { mix, mixOther } from '../memory/hash.ts';
import { u16 } from '../memory/numbers.ts';
import { dnsCountsFit, labelsEnd } from '../protocols/dns.ts';
import { textOfBytes } from '../memory/words.ts';
import { isLeftOut, registrableDomain } from './domain.ts';

/** Header of a DNS message, and the type and class behind a question's name (RFC 1035, sections 4.1.1 and 4.1.2). */
const HEADER_LENGTH = 12;
const QUESTION_TAIL = 4;
/** Bytes of a label, and of a name (RFC 1035, section 2.3.4). */
const LONGEST_LABEL = 63;
const LONGEST_NAME = 254;
/** Bytes of a message that hold its question, at most. */
export const LONGEST_QUESTION = HEADER_LENGTH + LONGEST_NAME + 1 + QUESTION_TAIL;
const RESPONSE = 0x80;
const OPCODE = 0x78;
const CODE = 0x0f;
const NO_SUCH_NAME = 3;

/** Codes of the characters of the name that is being read: up to four for each of its bytes. */
const codes = new Uint8Array(4 * (LONGEST_NAME + 1));
const DOT = 0x2e;
const BACKSLASH = 0x5c;
const ZERO = 0x30;

/** A name that is asked for. */
export interface AskedName {
  /**
   * Its labels between dots, in lower case; what is neither a letter, a digit, `-` nor `_` as a backslash and three decimal
   * digits (RFC 1035, section 5.1), so that it holds no character that could do harm or be taken for a dot.
   */
  text: string;
  /** 64 bits in two numbers that are the same for the same name, others for every other name, and others in another run. */
  hash: number;
  otherHash: number;
  /** Bytes of its labels and of their lengths, the root left out. */
  length: number;
  /** The registrable domain it lies in, null where it has none; and 64 bits that are that domain's. */
  domain: string | null;
  domainHash: number;
  otherDomainHash: number;
  /** Whether it is left out of the search for tunnels. */
  isLeftOut: boolean;
}

/** The domain of a name. */
export type AskedDomain = Pick<AskedName, 'domain' | 'domainHash' | 'otherDomainHash'>;

/** Names by their labels: what belongs to one takes longer to find out than all the rest. */
const names = new ByteMemo(askedName);

/** The first question of one DNS message; overwritten by the next. */
export class DnsQuestion {
  /** Whether the message answers it. */
  isResponse = false;
  /** Whether it answers that there is no such name. */
  isMissing = false;
  /** Record type asked for (IANA "DNS Parameters"). */
  type = 0;
  name = askedName(new Uint8Array(0), 0, 0);

  /** Takes a question that a log has: a name as text, and a type. */
  take(name: string, type: number): void {
    const labels = lastLabels(name);
    const bytes: number[] = [];
    for (const label of labels) {
      bytes.push(label.length);
      for (let at = 0; at < label.length; at++) bytes.push(label.charCodeAt(at) & 0xff);
    }
    this.name = names.get(Uint8Array.from(bytes), 0, bytes.length);
    this.isResponse = false;
    this.type = type;
  }

  /** Whether `bytes[start, end)` could be the beginning of what `read` reads. */
  couldBegin(bytes: Uint8Array, start: number, end: number): boolean {
    return end - start < HEADER_LENGTH || isPlausible(bytes, start);
  }

  /**
   * Reads the one question of a query or response in `bytes[start, end)`; false where there is none, or not all of it was
   * captured. The name is read label after label and never through a pointer: there is nothing before it to point at.
   */
  read(bytes: Uint8Array, start: number, end: number): boolean {
    if (end - start < HEADER_LENGTH || !isPlausible(bytes, start)) return false;
    const name = start + HEADER_LENGTH;
    const at = labelsEnd(bytes, name, end);
    if (at < 0 || at + QUESTION_TAIL > end) return false;
    this.name = names.get(bytes, name, at - 1);
    this.isResponse = (bytes[start + 2] & RESPONSE) !== 0;
    this.isMissing = this.isResponse && (bytes[start + 3] & CODE) === NO_SUCH_NAME;
    this.type = bytes[at] * 256 + bytes[at + 1];
    return true;
  }
}

/** The name whose labels, without the root, are in `bytes[start, end)`. */
function askedName(bytes: Uint8Array, start: number, end: number): AskedName {
  let length = 0;
  let hash = 0;
  let otherHash = 0;
  for (let at = start; at < end;) {
    const label = bytes[at++];
    const labelEnd = at + label;
    hash = mix(hash, label);
    otherHash = mixOther(otherHash, label);
    if (length > 0) codes[length++] = DOT;
    for (; at < labelEnd; at++) {
      const byte = lowerCase(bytes[at]);
      hash = mix(hash, byte);
      otherHash = mixOther(otherHash, byte);
      if (isPlain(byte)) {
        codes[length++] = byte;
      } else {
        codes[length++] = BACKSLASH;
        codes[length++] = ZERO + Math.floor(byte / 100);
        codes[length++] = ZERO + (Math.floor(byte / 10) % 10);
        codes[length++] = ZERO + (byte % 10);
      }
    }
  }
  const text = textOfBytes(codes, 0, length);
  const domain = registrableDomain(text);
  let domainHash = 0;
  let otherDomainHash = 0;
  for (let at = 0; at < (domain ?? '').length; at++) {
    const code = codes[length - at - 1];
    domainHash = mix(domainHash, code);
    otherDomainHash = mixOther(otherDomainHash, code);
  }
  return {
    text,
    hash,
    otherHash,
    length: end - start,
    domain,
    domainHash,
    otherDomainHash,
    isLeftOut: isLeftOut(text),
  };
}

/**
 * The last labels of a name that is text, as many as a name may have. A log may hold a line of a million labels: it is
 * looked at from its end, and no further than that takes.
 */
function lastLabels(name: string): string[] {
  const labels: string[] = [];
  let left = LONGEST_NAME;
  for (let end = name.length; end > 0;) {
    const dot = name.lastIndexOf('.', end - 1);
    const label = name.slice(dot + 1, Math.min(end, dot + 1 + LONGEST_LABEL));
    end = dot;
    if (label === '') continue;
    left -= label.length + 1;
    if (left < 0) break;
    labels.push(label);
  }
  return labels.toReversed();
}

/** A standard query with one question, or a response to one, with counts that fit a message. */
function isPlausible(bytes: Uint8Array, start: number): boolean {
  return (bytes[start + 2] & OPCODE) === 0 && u16(bytes, start + 4) === 1 && dnsCountsFit(bytes, start);
}

function lowerCase(byte: number): number {
  return byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte;
}

/** Whether a name's text has a byte in lower case as the character that it is. */
function isPlain(byte: number): boolean {
  return (byte >= 0x61 && byte <= 0x7a) || (byte >= 0x30 && byte <= 0x39) || byte === 0x2d || byte === 0x5f;
}
