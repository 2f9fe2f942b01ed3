import { AddressList } from '../../../../src/analysis/net/address-list.ts';
import { bufferSource, readPackets } from 'pcap-ts-parser';
import { describe, expect, it, vi } from 'vitest';
import { DnsCollector } from '../../../../src/analysis/dns/collector.ts';
import { NamesSeen } from '../../../../src/analysis/dns/names-seen.ts';
import { QueryTimes } from '../../../../src/analysis/dns/query-times.ts';
import { dnsPairs } from '../../../../src/analysis/dns/report.ts';
import { RULES } from '../../../../src/analysis/dns/rules.ts';
import { Tallies } from '../../../../src/analysis/dns/tallies.ts';
import { textsOf } from '../../../../src/analysis/memory/text-pool.ts';
import { analyze } from '../../../../src/analysis/pipeline.ts';
import { DEFAULT_SETTINGS } from '../../../../src/analysis/settings.ts';
import { dnsQuery } from '../../../builders/payloads/dns.ts';
import { byTime, pcap, type PacketRecord } from '../../../builders/pcap.ts';
import { iodineTunnel } from '../../../builders/sessions/dns.ts';
import type { Ends } from '../../../builders/sessions/timed.ts';
import { timedUdp } from '../../../builders/sessions/timed.ts';
import { asked } from './asked.ts';

const ends: Ends = {
  client: { address: '10.0.0.5', port: 50_000 },
  server: { address: '10.0.0.1', port: 53 },
  start: 1_772_438_400,
};

/** One query a millisecond for names that `nameOf` gives. */
function queries(count: number, nameOf: (index: number) => string, ofClient = ends): PacketRecord[] {
  return timedUdp(
    ofClient,
    Array.from({ length: count }, (_, index) => ({
      at: index / 1000,
      from: 'client' as const,
      bytes: dnsQuery(index & 0xffff, nameOf(index)),
    })),
  );
}

const ADDRESSES = AddressList.of(['10.0.0.5', '10.0.0.1']);

const later = (seconds: number): Ends => ({ ...ends, start: ends.start + seconds });

async function collect(packets: readonly PacketRecord[], dns: DnsCollector): Promise<DnsCollector> {
  await readPackets(bufferSource(pcap({ packets: [...packets].sort(byTime) })), (packet) => {
    dns.add(packet, packet.sourcePort === 53 ? 1 : 0, packet.sourcePort === 53 ? 0 : 1, packet.seconds * 1000);
  });
  return dns;
}

it('5,000 pairs are listed, and all are counted', async () => {
  const packets = queries(5002, (index) => `www.domain${index}.example`);
  const pairs = dnsPairs(await collect(packets, new DnsCollector()), ADDRESSES);
  expect([pairs.length, pairs.total]).toEqual([5000, 5002]);
});

describe('DNS beyond its limits', () => {
  it('finds a tunnel behind more decoys than there is room for, and says so', async () => {
    const decoys = queries(61_000, (index) => `www.decoy${index}.example`);
    const packets = [...decoys, ...iodineTunnel(later(60), 't.evil.example.com')].sort(byTime);
    const analysis = await analyze([bufferSource(pcap({ packets }), 'decoys.pcap')], DEFAULT_SETTINGS);
    const { dns, captures } = analysis.report(DEFAULT_SETTINGS);
    expect([dns.tunnels, textsOf(dns.texts)[dns.domain[0]]]).toEqual([1, 'example.com']);
    expect(dns.subdomains[0]).toBe(120);
    expect(captures[0].warnings.map(({ kind, message }) => [kind, message.slice(0, 64)])).toEqual([
      ['dns-pairs-full', 'there are more pairs of client and domain than are kept: 29,999 '],
    ]);
  });

  it('keeps what is asked for often, and of the rest what was asked for lately', async () => {
    const kept = new Tallies(8);
    const dns = new DnsCollector(new NamesSeen(), kept);
    const often = queries(20, (index) => `a${index}.often.example`);
    const once = queries(6, (index) => `www.once${index}.example`, later(1));
    await collect([...often, ...once], dns);
    expect(kept.domains).toEqual(['often.example', '', 'once3.example', 'once4.example', 'once5.example']);
    expect(dns.lost).toBe(3);
    expect(kept.columns.unique[0]).toBe(20);
  });

  it('keeps a tunnel that sends less than others are asked for, but never the same', async () => {
    const kept = new Tallies(100);
    const dns = new DnsCollector(new NamesSeen(), kept);
    const packets = queries(3000, (index) =>
      index % 200 === 0 ? `data${index}.tunnel.example` : `www.once${Math.floor(index / 6)}.example`,
    );
    await collect(packets, dns);
    const tunnel = kept.domains.indexOf('tunnel.example');
    expect(kept.columns.unique[tunnel]).toBe(15);
    expect(dns.lost).toBeGreaterThan(2000);
  });

  it('moves tallies that lie beside each other at once when others give way', async () => {
    const moves = vi.spyOn(Uint32Array.prototype, 'copyWithin');
    await collect(
      queries(2000, (index) => `www.once${index}.example`),
      new DnsCollector(new NamesSeen(), new Tallies(100)),
    );
    // Each of the columns is moved as two runs, the tally of the resolver and the later half, for every fifty that come.
    expect(moves.mock.calls.length).toBeLessThan((2000 / 50) * 2 * 20);
    expect(moves).toHaveBeenCalled();
    moves.mockRestore();
  });

  it('tells names apart again once the pairs with the most have shown what they are', async () => {
    const dns = new DnsCollector(new NamesSeen(400));
    const flood = queries(1000, (index) => `n${index}.flood.example`);
    const messages = [...flood, ...iodineTunnel(later(10), 't.evil.test')];
    await collect(messages, dns);
    const { texts, domain, subdomains, rules, total } = dnsPairs(dns, ADDRESSES);
    const rows = [...domain].map((text, row) => [textsOf(texts)[text], subdomains[row], rules[row]]);
    expect(total).toBe(2);
    expect(rows).toContainEqual(['evil.test', 120, RULES.longNames | RULES.oddTypes]);
    expect(rows).toContainEqual(['flood.example', 200, 0]);
    // Each message once, though it counts for its domain and for its resolver.
    expect(dns.untold).toBeGreaterThan(790);
    expect(dns.untold).toBeLessThanOrEqual(messages.length);
  });

  it('takes as much work for each pair however many there are', () => {
    const work = [2000, 4000, 8000].map((pairs) => {
      const kept = new Tallies(500);
      let moved = 0;
      for (let pair = 0; pair < pairs; pair++) {
        if (kept.isFull) moved += kept.dropSmall(new QueryTimes()).length;
        kept.ofDomain(pair, asked('www.example.com'));
      }
      return moved / pairs;
    });
    expect(Math.max(...work)).toBeLessThan(3);
  });

  it('gives the times of queries that gave way to later ones, and counts those without room', () => {
    const times = new QueryTimes(6);
    const kept = new Tallies(4);
    const few = ['a.example', 'b.example'].map((domain) => kept.ofDomain(1, asked(domain)));
    const late = kept.ofDomain(1, asked('late.example'));
    for (const [index, tally] of few.entries()) {
      kept.columns.messages[tally] = index;
      for (let ms = 0; ms < 3; ms++) kept.addTime(tally, 10 * index + ms, times);
    }
    kept.columns.messages[late] = 9;
    kept.addTime(late, 20, times);
    expect([times.leftOut, ...kept.timesOf(late, times)]).toEqual([1]);
    const next = kept.dropSmall(times);
    expect(next).toEqual(Int32Array.of(-1, 0, 1));
    for (let ms = 30; ms < 34; ms++) kept.addTime(next[late], ms, times);
    expect(times.leftOut).toBe(2);
    expect([...kept.timesOf(next[late], times)]).toEqual([30, 31, 32]);
    expect([...kept.timesOf(next[few[1]], times)]).toEqual([10, 11, 12]);
  });
});

describe('what is kept of DNS at most', () => {
  it('is a million names', () => {
    const names = new NamesSeen();
    for (let name = 0; name < (1 << 20) - 1; name++) names.isNew(0, name, 0);
    expect(names.isFull).toBe(false);
    names.isNew(0, 0, 1);
    expect([names.isFull, names.count]).toEqual([true, 1 << 20]);
  });

  it('is two million times of queries', () => {
    const times = new QueryTimes();
    for (let ms = 0; ms < 2_000_000; ms++) times.add(ms, -1);
    expect([times.leftOut, times.add(0, -1), times.leftOut]).toEqual([0, -1, 1]);
  });

  it('is a hundred and some thousand names of one domain, which then are told apart no more', () => {
    const dns = new DnsCollector();
    const ask = (index: number): void =>
      dns.addLogged({
        client: 0,
        resolver: 1,
        name: `n${index}.flood.example`,
        type: 1,
        ms: index,
        isZoneless: false,
        isAsked: true,
        answerBytes: null,
      });
    for (let index = 0; index < 1 << 17; index++) ask(index);
    expect([dns.untold, dns.tallies.columns.unique[0]]).toEqual([0, 1 << 17]);
    for (let index = 0; index < 5; index++) ask((1 << 17) + index);
    expect([dns.untold, dns.tallies.columns.unique[0]]).toEqual([5, 1 << 17]);
  });
});
