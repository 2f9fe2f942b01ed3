import { describe, expect, it } from 'vitest';
import { isLeftOut, registrableDomain } from '../../../../src/analysis/dns/domain.ts';
import { DnsQuestion } from '../../../../src/analysis/dns/message.ts';
import { NamesSeen } from '../../../../src/analysis/dns/names-seen.ts';
import { QueryTimes } from '../../../../src/analysis/dns/query-times.ts';
import { measuresOf, subdomainLevel } from '../../../../src/analysis/dns/rules.ts';
import { Tallies } from '../../../../src/analysis/dns/tallies.ts';
import { typesText } from '../../../../src/analysis/protocols/dns-types.ts';
import { dnsQuery, dnsResponse } from '../../../builders/payloads/dns.ts';
import { asked } from './asked.ts';

const read = (bytes: Uint8Array, end = bytes.length): DnsQuestion | null => {
  const question = new DnsQuestion();
  return question.read(bytes, 0, end) ? question : null;
};

describe('DnsQuestion', () => {
  it('has name, type and direction of a query and of its answer', () => {
    const query = read(dnsQuery(1, 'WWW.Example.org', 16));
    expect([query?.name.text, query?.type, query?.isResponse]).toEqual(['www.example.org', 16, false]);
    expect(read(dnsResponse(1, 'www.example.org', ['192.0.2.1']))?.isResponse).toBe(true);
    expect(read(dnsQuery(1, ''))?.name.text).toBe('');
  });

  it('is nothing of a message that is cut anywhere', () => {
    const bytes = dnsQuery(1, 'www.example.org');
    for (let end = 0; end < bytes.length; end++) expect(read(bytes, end), String(end)).toBeNull();
  });

  it('is nothing of a name with a pointer, a label or a name that is too long, or of more than one question', () => {
    const pointer = dnsQuery(1, 'ab.example');
    pointer[12] = 0xc0;
    expect(read(pointer)).toBeNull();
    expect(read(dnsQuery(1, Array.from({ length: 4 }, () => 'a'.repeat(63)).join('.')))).toBeNull();
    expect(
      read(dnsQuery(1, `${'a'.repeat(63)}.${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(61)}`))?.name.length,
    ).toBe(254);
    const two = dnsQuery(1, 'a.example');
    two[5] = 2;
    expect(read(two)).toBeNull();
  });

  it('is read of a response with many answers', () => {
    const addresses = Array.from({ length: 300 }, (_, index) => `192.0.2.${index & 0xff}`);
    expect(read(dnsResponse(1, 'pool.example', addresses))).toMatchObject({ isResponse: true, isMissing: false });
  });

  it('is read of a log from the end of its name, however long that is', () => {
    const lookedAt = (labels: number): number => {
      const text = 'a.'.repeat(labels);
      let work = 0;
      // Tells of each method that is called how much it gives.
      const told = new Proxy(Object(text) as object, {
        get: (_, key) => {
          const value = text[key as keyof string] as unknown;
          if (typeof value !== 'function') return value;
          return (...given: unknown[]): unknown => {
            const result = (value as (...given: unknown[]) => unknown).apply(text, given);
            work += Array.isArray(result) || typeof result === 'string' ? 1 + result.length : 1;
            return result;
          };
        },
      });
      const question = new DnsQuestion();
      question.take(told as unknown as string, 1);
      expect(question.name.text).toBe('a.'.repeat(127).slice(0, -1));
      return work;
    };
    expect(lookedAt(1000)).toBeLessThan(1000);
    expect(lookedAt(500_000)).toBe(lookedAt(1000));
  });

  it.each([
    ['..a...b.', 'a.b'],
    [`${'x'.repeat(100)}.b`, `${'x'.repeat(63)}.b`],
    [
      `first.${Array.from({ length: 4 }, () => 'a'.repeat(63)).join('.')}`,
      Array.from({ length: 3 }, () => 'a'.repeat(63)).join('.'),
    ],
    [
      `${'b'.repeat(61)}.${Array.from({ length: 3 }, () => 'a'.repeat(63)).join('.')}`,
      `${'b'.repeat(61)}.${Array.from({ length: 3 }, () => 'a'.repeat(63)).join('.')}`,
    ],
    ['', ''],
    ['.', ''],
  ])('has of a name in a log the last labels: %s', (name, text) => {
    const question = new DnsQuestion();
    question.take(name, 1);
    expect(question.name.text).toBe(text);
  });

  it('has the same number for the same name, and others for others', () => {
    // Both halves together: of a thousand names two share 32 bits of them in one of ten thousand runs.
    const numberOf = (query: Uint8Array) => [read(query)?.name.hash, read(query)?.name.otherHash].join(' ');
    const numbers = Array.from({ length: 1000 }, (_, index) => numberOf(dnsQuery(1, `n${index}.example`)));
    expect(new Set(numbers).size).toBe(1000);
    expect(numberOf(dnsQuery(9, 'N7.EXAMPLE'))).toBe(numbers[7]);
  });
});

describe('domains', () => {
  it.each([
    ['a.b.example.com', 'example.com'],
    ['x.example.co.uk', 'example.co.uk'],
    ['tunnel.duckdns.org', 'tunnel.duckdns.org'],
    ['com', null],
    ['localhost', null],
    ['\\255\\000.example.net', 'example.net'],
  ])('%s belongs to %s', (name, domain) => {
    expect(registrableDomain(name)).toBe(domain);
  });

  it('leaves out whole labels only', () => {
    expect(['1.0.0.10.in-addr.arpa', 'printer.local', 'a.zen.spamhaus.org', 'x.ip6.int'].map(isLeftOut)).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(['notlocal', 'arpa.example', 'notspamhaus.org'].map(isLeftOut)).toEqual([false, false, false]);
  });
});

describe('what is counted', () => {
  it('tells names apart by tally, and stops at its limit', () => {
    const seen = new NamesSeen(3000);
    for (let hash = 0; hash < 1500; hash++) expect(seen.isNew(0, hash, 7)).toBe(true);
    for (let hash = 0; hash < 1500; hash++)
      expect([seen.isNew(0, hash, 7), seen.isNew(1, hash, 7)]).toEqual([false, true]);
    expect([seen.count, seen.isFull]).toEqual([3000, true]);
  });

  it('takes names for the same only where all 64 bits are', () => {
    const seen = new NamesSeen();
    expect([seen.isNew(0, 5, 1), seen.isNew(0, 5, 2), seen.isNew(0, 6, 1), seen.isNew(0, 5, 1)]).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });

  it('forgets the names of tallies that are gone and keeps the others under new numbers', () => {
    const seen = new NamesSeen();
    for (let hash = 0; hash < 2000; hash++) for (const tally of [0, 1, 2]) seen.isNew(tally, hash, hash);
    seen.renumber(Int32Array.of(-1, 0, 1));
    expect(seen.count).toBe(4000);
    for (let hash = 0; hash < 2000; hash++)
      expect([0, 1, 2].map((tally) => seen.isNew(tally, hash, hash))).toEqual([false, false, true]);
  });

  it('numbers tallies as they appear, by client and domain and by client and resolver', () => {
    const tallies = new Tallies(3000);
    const numberOf = (index: number): number => {
      if (index % 3 === 0) return tallies.ofResolver(index % 50, index);
      return tallies.ofDomain(index % 50, asked(`www.site${index}.example`));
    };
    for (let round = 0; round < 2; round++)
      for (let index = 0; index < 2998; index++) expect(numberOf(index)).toBe(index);
    expect([tallies.count, tallies.isFull]).toEqual([2998, false]);
    expect([numberOf(2998), tallies.isFull]).toEqual([2998, true]);
    expect([tallies.domains[2998], tallies.domains[3]]).toEqual(['site2998.example', '']);
  });

  it('keeps the times of lists that grow side by side', () => {
    const times = new QueryTimes();
    const last = [-1, -1, -1];
    const first = Array.from({ length: 3000 }, (_, index) => {
      last[index % 3] = times.add(index, last[index % 3]);
      return last[index % 3];
    });
    for (const list of [0, 1, 2])
      expect([...times.listFrom(first[list])]).toEqual(Array.from({ length: 1000 }, (_, index) => 3 * index + list));
    expect(times.listFrom(-1)).toHaveLength(0);
  });

  it('takes responses for queries where only those were captured', () => {
    const tallies = new Tallies(2);
    const tally = tallies.ofResolver(0, 1);
    const counts = {
      responses: 10,
      countedResponses: 10,
      unique: 9,
      messages: 10,
      nameBytes: 300,
      bytesReceived: 1500,
    };
    for (const [name, count] of Object.entries(counts)) tallies.columns[name as keyof typeof counts][tally] = count;
    expect(measuresOf(tallies, tally)).toMatchObject({ queries: 10, uniqueRatio: 0.9, meanName: 30, meanAnswer: 150 });
  });

  it("has RITA's levels of names under a domain, and record types by name", () => {
    expect([99, 100, 500, 800, 1000].map(subdomainLevel)).toEqual([0, 1, 2, 3, 4]);
    expect(typesText([0, 16, 1, 65_400, 28], [1, 3, 3, 2, 0])).toBe('A 3, TXT 3, TYPE65400 2, other 1');
  });
});
