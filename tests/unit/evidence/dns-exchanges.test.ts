import { describe, expect, it } from 'vitest';
import { DnsExchanges } from '../../../src/evidence/dns-exchanges.ts';
import type { DnsExchange } from '../../../src/evidence/evidence.ts';
import { concat, latin1, u16 } from '../../builders/payloads/bytes.ts';
import { dnsAnswer, dnsName, dnsQuery, dnsRecord } from '../../builders/payloads/dns.ts';

const OWNER = u16(0xc00c);
const SEEN = { atMs: 0, clientPort: 50_000, toGroup: false };

/** What is read of messages, each alone in some bytes. */
function exchangesOf(...messages: readonly Uint8Array[]): DnsExchange[] {
  const found: DnsExchange[] = [];
  const exchanges = new DnsExchanges((exchange) => {
    found.push(exchange);
    return true;
  });
  for (const message of messages) exchanges.add(concat([9], message, [9]), 1, 1 + message.length, SEEN);
  return found;
}

const query = dnsQuery(1, 'a.example');

describe('what is asked of a resolver', () => {
  it('has answers of every kind in words', () => {
    const answers = [
      dnsRecord(OWNER, 1, [192, 0, 2, 1]),
      dnsRecord(OWNER, 28, [0x20, 0x01, 0x0d, 0xb8, ...Array.from({ length: 11 }, () => 0), 1]),
      dnsRecord(OWNER, 5, dnsName('b.example')),
      dnsRecord(OWNER, 15, concat(u16(10), dnsName('mail.example'))),
      dnsRecord(OWNER, 33, concat(u16(1), u16(2), u16(443), dnsName('c.example'))),
      dnsRecord(OWNER, 16, concat([3], latin1('abc'), [200], latin1('cut'))),
      dnsRecord(OWNER, 1, [192, 0, 2]),
      dnsRecord(OWNER, 28, [1]),
      dnsRecord(OWNER, 99, [1, 2]),
    ];
    const [{ result, answers: told, otherAnswers }] = exchangesOf(query, dnsAnswer('a.example', answers));
    expect([result, otherAnswers]).toEqual(['NOERROR', 0]);
    expect(told).toEqual([
      'A 192.0.2.1',
      'AAAA 2001:db8::1',
      'CNAME b.example',
      'MX 10 mail.example',
      'SRV 1 2 443 c.example',
      'TXT "abc" "cut"',
      'A 3 bytes',
      'AAAA 1 bytes',
      expect.stringMatching(/ 2 bytes$/),
    ]);
  });

  it('is told as it was sent, to the byte, and answered in whatever case', () => {
    const labels = ['dEaD+b/==', 'a.b\\c', '\u00e4\u0001', 'Example'];
    const question = (lowerCase: boolean): Uint8Array => {
      const name = labels.map((label) => concat([label.length], latin1(lowerCase ? label.toLowerCase() : label)));
      return concat(...name, [0], u16(5), u16(1));
    };
    const [{ name, result, answers }] = exchangesOf(
      concat([0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0], question(false)),
      concat([0, 1, 0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0], question(true), dnsRecord(OWNER, 5, [3, ...latin1('A_c'), 0])),
    );
    expect(name).toBe('dEaD+b/==.a\\.b\\\\c.\u00e4\\u0001.Example');
    expect([result, answers]).toEqual(['NOERROR', ['CNAME A_c']]);
  });

  it('has no more answers than are read, and says how many there are besides', () => {
    const many = Array.from({ length: 30 }, (_, at) => dnsRecord(OWNER, 1, [192, 0, 2, at]));
    const [{ answers, otherAnswers }] = exchangesOf(query, dnsAnswer('a.example', many));
    expect([answers.length, answers.at(-1), otherAnswers]).toEqual([20, 'A 192.0.2.19', 10]);
  });

  it('has the response code whose high bits lie behind the answers, however many those are', () => {
    const about = (high: number): Uint8Array => concat([0], u16(41), u16(1232), [high, 0, 0, 0], u16(0));
    const many = Array.from({ length: 60 }, (_, at) => dnsRecord(OWNER, 1, [192, 0, 2, at]));
    const resultOf = (low: number, answers: readonly Uint8Array[], additional: readonly Uint8Array[]) =>
      exchangesOf(query, dnsAnswer('a.example', answers, additional).with(3, 0x80 | low))[0].result;
    expect(resultOf(0, [], [about(1)])).toBe('BADVERS');
    expect(resultOf(7, many, [many[0], about(1)])).toBe('BADCOOKIE');
    expect(resultOf(2, many, [about(2)])).toBe('code 34');
    expect(resultOf(3, many, [about(0)])).toBe('NXDOMAIN');
    // Among the answers it has no say.
    expect(resultOf(5, [about(1)], [])).toBe('REFUSED');
  });

  it('counts once where it is asked again, and is answered by its own answer alone', () => {
    const other = dnsAnswer('b.example', [dnsRecord(OWNER, 1, [192, 0, 2, 9])]);
    const own = dnsAnswer('a.example', [dnsRecord(OWNER, 1, [192, 0, 2, 1])]);
    const found = exchangesOf(other, query, query, other, own, own);
    expect(found.map(({ name, answers }) => [name, answers])).toEqual([['a.example', ['A 192.0.2.1']]]);
  });

  it('is what is there of it, however messages are cut and damaged', () => {
    const answers = [dnsRecord(OWNER, 1, [192, 0, 2, 1]), dnsRecord(OWNER, 5, dnsName('b.example'))];
    const answer = dnsAnswer('a.example', answers);
    const whole = ['A 192.0.2.1', 'CNAME b.example'];
    for (let length = 0; length <= answer.length; length++) {
      const [{ result, answers: told, otherAnswers }] = exchangesOf(query, answer.subarray(0, length));
      expect(told).toEqual(whole.slice(0, told.length));
      expect(otherAnswers).toBe(result === null ? 0 : 2 - told.length);
    }
    for (let length = 0; length < query.length; length++) expect(exchangesOf(query.subarray(0, length))).toEqual([]);
    for (let at = 0; at < answer.length; at++) {
      for (const value of [0x00, 0x3f, 0xc0, 0xff])
        expect(() => exchangesOf(query, answer.with(at, value))).not.toThrow();
    }
    expect(exchangesOf(query.with(5, 0))).toEqual([]);
  });
});
