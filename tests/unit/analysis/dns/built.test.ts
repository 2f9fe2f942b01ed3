import { bufferSource } from 'pcap-ts-parser';
import { describe, expect, it } from 'vitest';
import { analyze } from '../../../../src/analysis/pipeline.ts';
import { RULES } from '../../../../src/analysis/dns/rules.ts';
import type { DnsPairs } from '../../../../src/analysis/dns/report.ts';
import { textsOf } from '../../../../src/analysis/memory/text-pool.ts';
import { DEFAULT_SETTINGS } from '../../../../src/analysis/settings.ts';
import { signsOf } from '../../../../src/analysis/dns/signs.ts';
import { tcpConversation } from '../../../builders/conversation.ts';
import { dnsQuery, dnsResponse, overTcp } from '../../../builders/payloads/dns.ts';
import { byTime, pcap, type PacketRecord } from '../../../builders/pcap.ts';
import { dnscatTunnel, domainlessTunnel, iodineTunnel, ordinaryResolver } from '../../../builders/sessions/dns.ts';
import type { Ends } from '../../../builders/sessions/timed.ts';
import { timedUdp } from '../../../builders/sessions/timed.ts';

const ends: Ends = {
  client: { address: '10.0.0.5', port: 50_000 },
  server: { address: '10.0.0.1', port: 53 },
  start: 1_772_438_400,
};

async function pairsOf(packets: readonly PacketRecord[]): Promise<DnsPairs> {
  const analysis = await analyze(
    [bufferSource(pcap({ packets: [...packets].sort(byTime) }), 'dns.pcap')],
    DEFAULT_SETTINGS,
  );
  return analysis.report(DEFAULT_SETTINGS).dns;
}

const domainOf = (dns: DnsPairs, row: number): string => textsOf(dns.texts)[dns.domain[row]];

describe('DNS by client and domain', () => {
  it('shows iodine by its long names and by its record type', async () => {
    const dns = await pairsOf(iodineTunnel(ends, 't.evil.example.com'));
    expect([dns.tunnels, domainOf(dns, 0), dns.rules[0]]).toEqual([1, 'example.com', RULES.longNames | RULES.oddTypes]);
    expect([dns.queries[0], dns.subdomains[0], dns.level[0]]).toEqual([120, 120, 1]);
    expect(textsOf(dns.texts)[dns.types[0]]).toBe('NULL 120');
    expect(signsOf({ dns }, 0)).toMatch(
      /^120 different names in 120 queries \(100 %\), \d+ bytes before the domain; 100 % of 120 queries for unusual record types, answers of \d+ bytes$/,
    );
    expect(dns.bytesReceived[0]).toBeGreaterThan(dns.bytesSent[0]);
    // The same look-ups show the sign of a tunnel without a domain too, which would count it twice.
    expect([...dns.resolver]).toEqual([0]);
  });

  it('shows dnscat2 by its long names, and the rhythm of its queries', async () => {
    const dns = await pairsOf(dnscatTunnel(ends, 'evil.co.uk'));
    expect([domainOf(dns, 0), dns.rules[0] & RULES.longNames]).toEqual(['evil.co.uk', RULES.longNames]);
    expect(dns.intervalS[0]).toBeCloseTo(1, 2);
    expect(dns.rhythmScore[0]).toBeGreaterThan(0.5);
  });

  it('shows a tunnel without a domain by its resolver', async () => {
    const dns = await pairsOf(domainlessTunnel(ends));
    const row = dns.rules.indexOf(RULES.noDomain);
    expect(row).toBeGreaterThanOrEqual(0);
    expect([domainOf(dns, row), textsOf(dns.addresses)[dns.resolver[row] - 1]]).toEqual(['', '10.0.0.1']);
  });

  it("shows no tunnel in a busy host's look-ups, and leaves reverse ones out", async () => {
    const dns = await pairsOf(ordinaryResolver(ends));
    expect(dns.total).toBeGreaterThan(2);
    expect(dns.tunnels).toBe(0);
    expect(dns.rules.some((rules) => rules !== 0)).toBe(false);
    expect(textsOf(dns.texts).some((text) => text.includes('arpa'))).toBe(false);
  });

  it('leaves block lists out, however many long names they are asked for', async () => {
    const names = Array.from({ length: 100 }, (_, index) => `${'abcdef0123456789'.repeat(3)}${index}.zen.spamhaus.org`);
    const dns = await pairsOf(
      timedUdp(
        ends,
        names.map((name, at) => ({ at, from: 'client' as const, bytes: dnsQuery(at, name) })),
      ),
    );
    expect([dns.length, dns.tunnels]).toEqual([0, 0]);
  });

  it('reads TCP as well, several messages in a segment among them', async () => {
    const query = overTcp(dnsQuery(1, 'www.one.example'));
    const both = new Uint8Array([...query, ...overTcp(dnsQuery(2, 'www.two.example'))]);
    const dns = await pairsOf(
      tcpConversation({
        ...ends,
        messages: [
          { from: 'client', bytes: both },
          { from: 'server', bytes: overTcp(dnsResponse(1, 'www.one.example', ['192.0.2.1'])) },
        ],
      }),
    );
    expect(Array.from({ length: dns.length }, (_, row) => [domainOf(dns, row), dns.queries[row]])).toEqual([
      ['one.example', 1],
      ['two.example', 1],
    ]);
  });

  it('shows names escaped, whatever bytes they hold', async () => {
    const hostile = dnsQuery(1, '\u001b]0;x\u0007 \u00ff\n"=.sub.example.org');
    const dns = await pairsOf(timedUdp(ends, [{ at: 0, from: 'client', bytes: hostile }]));
    const sample = textsOf(dns.texts).find((text) => text.endsWith('.example.org'));
    expect(sample).toBe(String.raw`\027\0930\059x\007\032\255\010\034\061.sub.example.org`);
  });
});
