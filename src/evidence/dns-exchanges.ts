import { u16 } from '../analysis/memory/numbers.ts';
import { addressTextAt } from '../analysis/net/address-text.ts';
import { dnsName, dnsNameAsSent } from '../analysis/protocols/dns.ts';
import { typeName } from '../analysis/protocols/dns-types.ts';
import type { DnsExchange } from './evidence.ts';
import { latin1Text, shown } from './shown.ts';

const HEADER = 12;
const RECORD_FIXED = 10;
const MOST_ANSWERS = 20;

/** A record about the message: it has the response code's high bits where others have a time to live (RFC 6891). */
const OPT = 41;

/** Names of response codes (IANA "DNS RCODEs"). */
const RESULTS: ReadonlyMap<number, string> = new Map([
  [0, 'NOERROR'],
  [1, 'FORMERR'],
  [2, 'SERVFAIL'],
  [3, 'NXDOMAIN'],
  [4, 'NOTIMP'],
  [5, 'REFUSED'],
  [6, 'YXDOMAIN'],
  [7, 'YXRRSET'],
  [8, 'NXRRSET'],
  [16, 'BADVERS'],
  [23, 'BADCOOKIE'],
]);

/** When a message came, the client's port, and whether it went to a group. */
type DnsSeen = Pick<DnsExchange, 'atMs' | 'clientPort' | 'toGroup'>;

/** The questions of one connection to a resolver with the answers to them. */
export class DnsExchanges {
  /** Those of the wanted ones that no answer came for yet. */
  private readonly pending = new Map<string, DnsExchange>();
  private readonly begin: (exchange: DnsExchange) => boolean;
  private isFull = false;

  /** @param begin told of each question as it comes; false where no more are wanted */
  constructor(begin: (exchange: DnsExchange) => boolean) {
    this.begin = begin;
  }

  /** Takes a message in `bytes[start, end)`; what is none is passed over. */
  add(bytes: Uint8Array, start: number, end: number, seen: DnsSeen): void {
    if (this.isFull && this.pending.size === 0) return;
    if (end - start < HEADER || u16(bytes, start + 4) === 0) return;
    const question = dnsName(bytes, start, start + HEADER, end);
    if (question === null || question.next + 4 > end) return;
    const { name, next } = question;
    const type = typeName(u16(bytes, next));
    const key = `${seen.clientPort} ${u16(bytes, start)} ${type} ${name}`;
    if (bytes[start + 2] < 0x80) {
      const exchange: DnsExchange = {
        kind: 'dns',
        ...seen,
        name: shownName(bytes, start, start + HEADER, end),
        type,
        result: null,
        answers: [],
        otherAnswers: 0,
      };
      if (this.pending.has(key)) return;
      this.isFull = !this.begin(exchange);
      if (!this.isFull) this.pending.set(key, exchange);
      return;
    }
    const exchange = this.pending.get(key);
    if (exchange === undefined) return;
    this.pending.delete(key);
    const code = readRecords(exchange, bytes, start, next + 4, end) * 16 + (bytes[start + 3] & 0x0f);
    exchange.result = RESULTS.get(code) ?? `code ${code}`;
  }
}

/**
 * Tells the first records of the answer section (RFC 1035, section 4.1.3), as far as they are there. Comes back with
 * the high bits of the response code, which lie behind all answers.
 */
function readRecords(exchange: DnsExchange, bytes: Uint8Array, start: number, first: number, end: number): number {
  const answers = u16(bytes, start + 6);
  const additional = answers + u16(bytes, start + 8);
  const count = additional + u16(bytes, start + 10);
  exchange.otherAnswers = answers;
  let at = first;
  for (let index = 0; index < count; index++) {
    const owner = dnsName(bytes, start, at, end);
    if (owner === null || owner.next + RECORD_FIXED > end) return 0;
    const fixed = owner.next;
    const type = u16(bytes, fixed);
    const content = fixed + RECORD_FIXED;
    at = content + u16(bytes, fixed + 8);
    if (at > end) return 0;
    if (index < Math.min(answers, MOST_ANSWERS)) {
      exchange.answers.push(`${typeName(type)} ${recordText(bytes, start, type, content, at)}`);
      exchange.otherAnswers--;
    } else if (type === OPT && index >= additional) return bytes[fixed + 4];
  }
  return 0;
}

function recordText(bytes: Uint8Array, message: number, type: number, start: number, end: number): string {
  const length = end - start;
  const nameAt = (at: number): string => shownName(bytes, message, at, end);
  switch (type) {
    case 1:
      if (length === 4) return addressTextAt(bytes, start, 4);
      break;
    case 28:
      if (length === 16) return addressTextAt(bytes, start, 6);
      break;
    case 2:
    case 5:
    case 12:
    case 39:
      return nameAt(start);
    case 15:
      return `${u16(bytes, start)} ${nameAt(start + 2)}`;
    case 33:
      return `${u16(bytes, start)} ${u16(bytes, start + 2)} ${u16(bytes, start + 4)} ${nameAt(start + 6)}`;
    case 16:
      return stringsText(bytes, start, end);
    default:
  }
  return `${length} bytes`;
}

function shownName(bytes: Uint8Array, message: number, at: number, end: number): string {
  return shown(dnsNameAsSent(bytes, message, at, end) ?? '');
}

/** Strings, each behind its length. */
function stringsText(bytes: Uint8Array, start: number, end: number): string {
  const strings: string[] = [];
  let at = start;
  while (at < end) {
    const next = Math.min(end, at + 1 + bytes[at]);
    strings.push(`"${latin1Text(bytes, at + 1, next)}"`);
    at = next;
  }
  return strings.join(' ').slice(0, 1024);
}
