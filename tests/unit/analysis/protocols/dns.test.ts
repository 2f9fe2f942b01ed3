import { describe, expect, it } from 'vitest';
import { dnsQuestion, dnsQuestionOverTcp, isDnsAnswer } from '../../../../src/analysis/protocols/dns.ts';
import { concat } from '../../../builders/payloads/bytes.ts';
import { dnsQuery, dnsResponse, overTcp } from '../../../builders/payloads/dns.ts';

function questionOf(bytes: Uint8Array): string | null {
  return dnsQuestion(bytes, 0, bytes.length);
}

/** A query whose question begins with the given bytes. */
function queryWith(question: readonly number[]): Uint8Array {
  return concat(dnsQuery(1, '').subarray(0, 12), question);
}

describe('dnsQuestion', () => {
  it('reads the name of a query and of a response, lower case', () => {
    expect(questionOf(dnsQuery(7, 'WWW.Example.COM'))).toBe('www.example.com');
    expect(questionOf(dnsQuery(7, 'v6.example', 28))).toBe('v6.example');
    expect(questionOf(dnsResponse(7, 'www.example.com', ['192.0.2.1', '192.0.2.2']))).toBe('www.example.com');
    expect(questionOf(dnsResponse(7, 'missing.example', []))).toBe('missing.example');
  });

  it('keeps within the range it was given', () => {
    const message = dnsQuery(7, 'host.example');
    const chunk = concat(new Uint8Array(9).fill(0x41), message, new Uint8Array(9).fill(0x41));
    expect(dnsQuestion(chunk, 9, 9 + message.length)).toBe('host.example');
  });

  it('puts underscores for printable characters that host names do not have, question marks for others', () => {
    expect(questionOf(dnsQuery(1, 'a_b-c*d/e.x y.com'))).toBe('a_b-c_d_e.x_y.com');
    expect(questionOf(dnsQuery(1, '\xc3\xa9t\xc3\xa9.fr'))).toBe('??t??.fr');
    expect(questionOf(dnsQuery(1, 'a\nb\0c.example'))).toBe('a?b?c.example');
  });

  it('does not let a dot inside a label pass for a separator', () => {
    expect(questionOf(queryWith([3, 0x61, 0x2e, 0x62, 0, 0, 1, 0, 1]))).toBe('a_b');
  });

  it('keeps long names whole', () => {
    const name = ['0', '1', '2', '3'].map((digit) => digit.repeat(50)).join('.');
    expect(questionOf(dnsQuery(1, name))).toBe(name);
  });

  it('takes names of 255 bytes on the wire and none longer', () => {
    const label = 'a'.repeat(63);
    expect(questionOf(dnsQuery(1, [label, label, label, 'b'.repeat(61)].join('.')))).toHaveLength(253);
    expect(questionOf(dnsQuery(1, [label, label, label, 'b'.repeat(62)].join('.')))).toBe('');
  });

  it('has no name for the root', () => {
    expect(questionOf(dnsQuery(1, '', 2))).toBe('');
  });

  it('follows no pointer, so that none can loop', () => {
    expect(questionOf(queryWith([0xc0, 12, 0, 1, 0, 1]))).toBe('');
    expect(questionOf(queryWith([1, 0x61, 0xc0, 12, 0, 1, 0, 1]))).toBe('');
    expect(questionOf(queryWith([0x41, 0x61, 0, 0, 1, 0, 1]))).toBe('');
  });

  it('is undecided where the bytes end within the header or the name', () => {
    const message = dnsQuery(1, 'host.example');
    for (let length = 0; length < 12 + 14; length++) expect(dnsQuestion(message, 0, length)).toBe(null);
    expect(dnsQuestion(message, 0, 12 + 14)).toBe('host.example');
  });

  it('takes no message without a question or with more records than a message holds', () => {
    const message = dnsQuery(1, 'host.example');
    for (const [at, value] of [
      [5, 0],
      [4, 1],
      [5, 200],
      [7, 200],
      [8, 3],
      [11, 99],
    ] as const) {
      const odd = message.slice();
      odd[at] = value;
      expect(questionOf(odd)).toBe('');
    }
  });

  it('has a response with as many answers as the longest message holds, and no more of them', () => {
    const named = (flags: number, answers: number): unknown => {
      const message = dnsQuery(1, 'host.example');
      message.set([flags, 0, 0, 1, answers >> 8, answers & 0xff], 2);
      return questionOf(message);
    };
    expect([48, 49, 5956, 5957].map((answers) => named(0x81, answers))).toEqual([
      'host.example',
      'host.example',
      'host.example',
      '',
    ]);
    expect([48, 49].map((answers) => named(0x01, answers))).toEqual(['host.example', '']);
  });
});

describe('dnsQuestionOverTcp', () => {
  const message = overTcp(dnsQuery(1, 'tcp.example'));

  it('reads behind the length', () => {
    expect(dnsQuestionOverTcp(message, 0, message.length)).toBe('tcp.example');
  });

  it('is undecided until the name is there', () => {
    for (let length = 0; length < 2 + 12 + 13; length++) expect(dnsQuestionOverTcp(message, 0, length)).toBe(null);
    expect(dnsQuestionOverTcp(message, 0, 2 + 12 + 13)).toBe('tcp.example');
  });

  it('does not read behind the end the message claims', () => {
    const cut = message.slice();
    cut[1] = 12 + 5;
    expect(dnsQuestionOverTcp(cut, 0, cut.length)).toBe('');
  });
});

describe('isDnsAnswer', () => {
  it('is a response with any record', () => {
    const answer = dnsResponse(1, 'a.example', ['192.0.2.1']);
    const empty = dnsResponse(1, 'a.example', []);
    const query = dnsQuery(1, 'a.example');
    expect(isDnsAnswer(answer, 0, answer.length)).toBe(true);
    expect(isDnsAnswer(answer, 0, 11)).toBe(false);
    expect(isDnsAnswer(empty, 0, empty.length)).toBe(false);
    expect(isDnsAnswer(query, 0, query.length)).toBe(false);
    for (const at of [9, 11]) {
      const other = empty.slice();
      other[at] = 1;
      expect(isDnsAnswer(other, 0, other.length)).toBe(true);
    }
  });
});
