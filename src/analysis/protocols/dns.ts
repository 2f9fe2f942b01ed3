import { ByteMemo } from '../memory/byte-memo.ts';
import { u16 } from '../memory/numbers.ts';
import { textOfBytes } from '../memory/words.ts';
import { type Finding, isPrintable, rememberedText } from './text.ts';

export const DNS_PORT = 53;
export const MDNS_PORT = 5353;
export const LLMNR_PORT = 5355;

const HEADER_LENGTH = 12;
/** Where the header has its counts of questions and answers. */
const QUESTION_COUNT = 4;
const ANSWER_COUNT = 6;
const RESPONSE = 0x80;
/** Longest label, and longest name on the wire, its length bytes and the root included (RFC 1035, section 2.3.4). */
const LONGEST_LABEL = 63;
const LONGEST_NAME = 255;
/** More records than this in one section is no message that is sent, but for the answers of a response. */
const MOST_RECORDS = 48;
/** Of those, whatever a resolver has: as many as the longest message holds, of 11 bytes and more each. */
const MOST_ANSWERS = Math.floor((0xffff - HEADER_LENGTH) / 11);
/** A label with both high bits set is a pointer: 14 bits of offset from the message's beginning. */
const POINTER = 0xc0;
const DOT = 0x2e;
const UNDERSCORE = 0x5f;
const BACKSLASH = 0x5c;
const QUESTION_MARK = 0x3f;

/** A name, in which a backslash may stand before each byte. */
const dotted = new Uint8Array(2 * LONGEST_NAME);

/** What a name has for each byte of a label. */
const HOST_BYTES = Uint8Array.from({ length: 256 }, (_, byte) => hostByte(byte));

/** A name, and where what comes after it begins. */
export interface DnsName {
  name: string;
  next: number;
}

const reused: DnsName = { name: '', next: 0 };

/** Names by their labels on the wire, the root included: a query, its answer and their like for IPv6 say the same. */
const names = new ByteMemo((bytes, start, end) => textOfBytes(dotted, 0, readDotted(bytes, start, end)));

/** Where a first name does not end: it is none, or its bytes end before. */
const NO_NAME = -1;
const CUT = -2;

/**
 * Whether the header that begins at `start`, all 12 bytes of it, counts as many records as a message has (RFC 1035,
 * section 4.1.1): keeps other protocols on these ports out.
 */
export function dnsCountsFit(bytes: Uint8Array, start: number): boolean {
  const mostAnswers = bytes[start + 2] < RESPONSE ? MOST_RECORDS : MOST_ANSWERS;
  for (let at = QUESTION_COUNT; at < HEADER_LENGTH; at += 2) {
    if (u16(bytes, start + at) > (at === ANSWER_COUNT ? mostAnswers : MOST_RECORDS)) return false;
  }
  return true;
}

/**
 * The name of the first question of a DNS message, query or response, in `bytes[start, end)` (RFC 1035, section 4.1).
 * Characters outside [A-Za-z0-9_-] become `_`, those that cannot be printed `?`. The name is read label after label
 * and never through a compression pointer: before the first question there is no name a pointer could lead to.
 */
export function dnsQuestion(bytes: Uint8Array, start: number, end: number): Finding {
  if (end - start < HEADER_LENGTH) return null;
  if (!dnsCountsFit(bytes, start) || u16(bytes, start + QUESTION_COUNT) === 0) return '';
  return firstName(bytes, start, end);
}

/**
 * The first name of a multicast DNS or LLMNR message (RFC 6762, RFC 4795): of its first question, or where it has none
 * of its first record, since such responses leave the question out.
 */
export function multicastDnsName(bytes: Uint8Array, start: number, end: number): Finding {
  if (end - start < HEADER_LENGTH) return null;
  if (!dnsCountsFit(bytes, start) || u16(bytes, start + QUESTION_COUNT) + u16(bytes, start + ANSWER_COUNT) === 0)
    return '';
  return firstName(bytes, start, end);
}

/** Pointers followed in one name: those of sane messages lead to a place before, in one or two steps. */
const MOST_POINTERS = 16;

/**
 * The name at `at` of a message in `bytes[start, end)` (RFC 1035, section 4.1.4) and where what comes after it begins;
 * null for one that does not fit. Every pointer must lead further back than the one before, so that none makes a loop.
 * What is returned is overwritten by the next call.
 */
export function dnsName(bytes: Uint8Array, start: number, at: number, end: number): DnsName | null {
  const length = readName(bytes, start, at, end, false);
  if (length < 0) return null;
  reused.name = rememberedText(dotted, length);
  return reused;
}

/**
 * The same name byte for byte as it was sent, as Latin-1: what a tunnel says needs its case and its signs. A dot or a
 * backslash within a label has a backslash before it (RFC 4343, section 2.1).
 */
export function dnsNameAsSent(bytes: Uint8Array, start: number, at: number, end: number): string | null {
  const length = readName(bytes, start, at, end, true);
  return length < 0 ? null : textOfBytes(dotted, 0, length);
}

/** Reads a name into `dotted`, and where it ends into `reused`; comes back with its length, below 0 for none. */
function readName(bytes: Uint8Array, start: number, at: number, end: number, asSent: boolean): number {
  let next = -1;
  let length = 0;
  let onWire = 0;
  let pointers = 0;
  let earliest = at;
  let place = at;
  while (place < end) {
    const label = bytes[place++];
    if (label === 0) {
      reused.next = next < 0 ? place : next;
      return length;
    }
    if (label >= POINTER) {
      if (place >= end || ++pointers > MOST_POINTERS) return NO_NAME;
      if (next < 0) next = place + 1;
      place = start + (((label - POINTER) << 8) | bytes[place]);
      if (place >= earliest) return NO_NAME;
      earliest = place;
      continue;
    }
    if (label > LONGEST_LABEL || place + label > end || onWire + label > LONGEST_NAME) return NO_NAME;
    onWire += label + 1;
    if (length > 0) dotted[length++] = DOT;
    const labelEnd = place + label;
    if (asSent) length = putAsSent(bytes, place, labelEnd, length);
    else for (let index = place; index < labelEnd; index++) dotted[length++] = HOST_BYTES[bytes[index]];
    place = labelEnd;
  }
  return NO_NAME;
}

/** Puts a label at `length` of `dotted`; comes back with the length that this has then. */
function putAsSent(bytes: Uint8Array, start: number, end: number, length: number): number {
  let to = length;
  for (let at = start; at < end; at++) {
    if (bytes[at] === DOT || bytes[at] === BACKSLASH) dotted[to++] = BACKSLASH;
    dotted[to++] = bytes[at];
  }
  return to;
}

/** A name in labels in `bytes[start, end)` that may end without the root label; '' for none. */
export function dottedName(bytes: Uint8Array, start: number, end: number): string {
  return rememberedText(dotted, readDotted(bytes, start, end));
}

/** Reads such a name into `dotted`; comes back with its length, 0 for none. */
function readDotted(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  let length = 0;
  while (at < end && bytes[at] > 0) {
    const labelEnd = at + 1 + bytes[at];
    if (bytes[at] > LONGEST_LABEL || labelEnd > end || labelEnd - start > LONGEST_NAME) return 0;
    if (length > 0) dotted[length++] = DOT;
    for (at++; at < labelEnd; at++) dotted[length++] = HOST_BYTES[bytes[at]];
  }
  return length;
}

/** The name right behind the header. */
function firstName(bytes: Uint8Array, start: number, end: number): Finding {
  const question = start + HEADER_LENGTH;
  const nameEnd = labelsEnd(bytes, question, end);
  if (nameEnd < 0) return nameEnd === CUT ? null : '';
  return names.get(bytes, question, nameEnd);
}

/**
 * Where the name that begins at `start` ends, the root label included; below 0 where it does not, or leads through a
 * pointer: the first name of a message has nothing before it to point at.
 */
export function labelsEnd(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end) {
    const label = bytes[at++];
    if (label === 0) return at;
    if (label > LONGEST_LABEL || at + label + 1 - start > LONGEST_NAME) return NO_NAME;
    if (at + label > end) return CUT;
    at += label;
  }
  return CUT;
}

/**
 * The first question of a DNS message with 12 bytes of header at least, which has one: its name, and where its type
 * begins; null for one that does not fit.
 */
export function dnsFirstQuestion(bytes: Uint8Array, start: number, end: number): DnsName | null {
  const question = start + HEADER_LENGTH;
  const nameEnd = labelsEnd(bytes, question, end);
  if (nameEnd < 0) return null;
  reused.name = names.get(bytes, question, nameEnd);
  reused.next = nameEnd;
  return reused;
}

/** The same for the first message of a TCP stream, which has its length in two bytes before it (section 4.2.2). */
export function dnsQuestionOverTcp(bytes: Uint8Array, start: number, end: number): Finding {
  if (end - start < 2) return null;
  const claimed = start + 2 + bytes[start] * 256 + bytes[start + 1];
  const finding = dnsQuestion(bytes, start + 2, Math.min(end, claimed));
  return finding === null && claimed <= end ? '' : finding;
}

/**
 * Whether the message is a response that holds any record: nothing new comes after it. False for fewer than 12 bytes.
 */
export function isDnsAnswer(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start < HEADER_LENGTH || bytes[start + 2] < RESPONSE) return false;
  for (let i = 6; i < HEADER_LENGTH; i++) {
    if (bytes[start + i] !== 0) return true;
  }
  return false;
}

/** Letters in lower case; `_` for what is no part of a host name, `?` for what cannot be printed. */
function hostByte(byte: number): number {
  if (byte >= 0x41 && byte <= 0x5a) return byte + 0x20;
  const isHost =
    (byte >= 0x61 && byte <= 0x7a) || (byte >= 0x30 && byte <= 0x39) || byte === 0x2d || byte === UNDERSCORE;
  if (isHost) return byte;
  return isPrintable(byte) ? UNDERSCORE : QUESTION_MARK;
}
