import { describe, expect, it } from 'vitest';
import { dnsName as readName } from '../../../../src/analysis/protocols/dns.ts';
import { readAnswers } from '../../../../src/analysis/protocols/dns-answers.ts';
import { concat, u16 } from '../../../builders/payloads/bytes.ts';
import {
  DNS_TYPE_A,
  DNS_TYPE_AAAA,
  DNS_TYPE_CNAME,
  dnsAnswer,
  dnsName,
  dnsQuery,
  dnsRecord,
} from '../../../builders/payloads/dns.ts';

const QUESTION = [0xc0, 12];
const IPV6 = [0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];

function answersIn(message: Uint8Array, everySection = false): string[] {
  const found: string[] = [];
  readAnswers(message, 0, message.length, everySection, (name, bytes, at, length) => {
    found.push(`${name} ${bytes.subarray(at, at + length).join('.')}`);
  });
  return found;
}

describe('readAnswers', () => {
  it('gives addresses of both versions with the name that was asked for', () => {
    const answers = [dnsRecord(QUESTION, DNS_TYPE_A, [192, 0, 2, 1]), dnsRecord(QUESTION, DNS_TYPE_AAAA, IPV6)];
    expect(answersIn(dnsAnswer('Host.Example', answers))).toEqual([
      'host.example 192.0.2.1',
      `host.example ${IPV6.join('.')}`,
    ]);
  });

  it('follows aliases back to the question', () => {
    const answers = [
      dnsRecord(QUESTION, DNS_TYPE_CNAME, dnsName('edge.cdn.example')),
      dnsRecord(dnsName('edge.cdn.example'), DNS_TYPE_CNAME, dnsName('a7.cdn.example')),
      dnsRecord(dnsName('a7.cdn.example'), DNS_TYPE_A, [192, 0, 2, 7]),
      dnsRecord(dnsName('unasked.example'), DNS_TYPE_A, [192, 0, 2, 8]),
    ];
    expect(answersIn(dnsAnswer('www.shop.example', answers))).toEqual([
      'www.shop.example 192.0.2.7',
      'unasked.example 192.0.2.8',
    ]);
  });

  it('takes additional records only of multicast DNS', () => {
    const message = dnsAnswer(null, [], [dnsRecord(dnsName('printer.local'), DNS_TYPE_A, [192, 0, 2, 9])]);
    expect(answersIn(message)).toEqual([]);
    expect(answersIn(message, true)).toEqual(['printer.local 192.0.2.9']);
  });

  it('takes nothing of queries, of addresses of a wrong length, and of what is cut', () => {
    expect(answersIn(dnsQuery(1, 'x.example'))).toEqual([]);
    expect(answersIn(dnsAnswer('x.example', [dnsRecord(QUESTION, DNS_TYPE_A, [1, 2, 3, 4, 5])]))).toEqual([]);
    const message = dnsAnswer('x.example', [dnsRecord(QUESTION, DNS_TYPE_A, [192, 0, 2, 1])]);
    for (let length = 0; length < message.length; length++) expect(answersIn(message.subarray(0, length))).toEqual([]);
  });
});

describe('dnsName', () => {
  const named = (tail: ArrayLike<number>, at: number): ReturnType<typeof readName> => {
    const bytes = concat(new Uint8Array(12), tail);
    return readName(bytes, 0, 12 + at, bytes.length);
  };

  it.each([
    [16, 'a'],
    [17, undefined],
  ])('follows %i pointers of one name: to %s', (pointers, name) => {
    const chain = Array.from({ length: pointers }, (_, at) => u16(0xc000 | (12 + (at === 0 ? 0 : 3 + 2 * (at - 1)))));
    expect(named(concat([1, 0x61, 0], ...chain), 3 + 2 * (pointers - 1))?.name).toBe(name);
  });

  it('follows a pointer back, and says where the name itself ends', () => {
    const tail = concat(dnsName('example.org'), [3, 0x77, 0x77, 0x77], u16(0xc00c), [9, 9]);
    expect(named(tail, 13)).toEqual({ name: 'www.example.org', next: 12 + 13 + 4 + 2 });
  });

  it.each([
    ['at itself', [0xc0, 12]],
    ['at its own beginning', [1, 0x61, 0xc0, 12]],
    ['forwards', [0xc0, 16, 0, 0, 1, 0x61, 0]],
    ['behind the end', [0xc0, 200]],
    ['without its second byte', [0xc0]],
  ])('is nothing with a pointer %s', (_where, tail) => {
    expect(named(tail, 0)).toBeNull();
  });

  it('is nothing where two pointers lead to each other', () => {
    expect(named([0xc0, 14, 0xc0, 12], 2)).toBeNull();
    expect(named([0xc0, 14, 0xc0, 12], 0)).toBeNull();
  });
});
