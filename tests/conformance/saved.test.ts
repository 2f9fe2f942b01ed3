import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { firstMsOf } from '../../src/analysis/flows/columns.ts';
import { textsOf } from '../../src/analysis/memory/text-pool.ts';
import { openedBytes, shownOf } from '../builders/saved.ts';

/**
 * Analyses that were saved in the first version of the format and are opened for ever: these files are never written
 * again, and what they hold is what the captures held.
 */
function firstVersion(name: string): Promise<Awaited<ReturnType<typeof openedBytes>>> {
  return openedBytes(readFileSync(path.join(import.meta.dirname, `../fixtures/saved/${name}-1.beaconscope`)));
}

describe('analyses saved in version 1', () => {
  it('still say what is known of sessions', async () => {
    const { analysis, digests, remarks, program, savedMs } = await firstVersion('sessions');
    expect({ digests, program, savedMs }).toEqual({
      digests: [{ file: 'sessions.pcap.gz', sha256: 'ab'.repeat(32) }],
      program: '0.1.0',
      savedMs: 1_700_000_000_000,
    });
    expect(JSON.parse(remarks)).toMatchObject({ remarks: [{ verdict: 'malicious', note: 'seen before' }] });
    const { flows } = analysis;
    const rows = Array.from({ length: flows.length }, (_, flow) =>
      [
        flows.addresses.text(flows.source[flow]),
        flows.sourcePort[flow],
        flows.addresses.text(flows.destination[flow]),
        flows.destinationPort[flow],
        new Date(firstMsOf(flows, flow)).toISOString(),
        flows.durationMs[flow],
        flows.packetsSent[flow],
        flows.bytesReceived[flow],
      ].join(' '),
    );
    expect(rows).toMatchInlineSnapshot(`
      [
        "10.0.0.104 50004 203.0.113.81 5222 2026-03-02T08:00:00.000Z 1756020 43 3014",
        "10.0.0.104 50000 203.0.113.77 8443 2026-03-02T08:00:00.000Z 1750070 218 23601",
        "10.0.0.104 50001 203.0.113.78 443 2026-03-02T08:00:00.000Z 302030 21 2792",
        "10.0.0.104 50002 203.0.113.79 1883 2026-03-02T08:00:00.000Z 1200070 44 2580",
        "10.0.0.104 50003 203.0.113.80 22 2026-03-02T08:00:00.000Z 550140 904 203598",
        "10.0.0.104 50004 203.0.113.81 5222 2026-03-02T08:30:01.000Z 1755020 40 2400",
        "10.0.0.104 50004 203.0.113.81 5222 2026-03-02T09:00:01.000Z 1755020 40 2400",
        "10.0.0.104 50004 203.0.113.81 5222 2026-03-02T09:30:01.000Z 1755020 40 2400",
      ]
    `);
    const { report, details } = shownOf(analysis, { minFlows: 0 });
    expect(report.captures).toMatchObject([{ file: 'sessions.pcap.gz', format: 'pcap' }]);
    const { durationMs, messages, probes } = report.long;
    expect(Array.from(durationMs, (ms, row) => [ms, messages[row], probes[row]].join(' '))).toMatchInlineSnapshot(`
      [
        "7156020 2 159",
        "1750070 152 0",
        "1200070 42 0",
        "550140 80 0",
        "302030 42 0",
      ]
    `);
    expect(details.map(({ ends }) => ends.length).join(' ')).toMatchInlineSnapshot(`"1 1 1 1 1"`);
  });

  it('still say what clients asked for', async () => {
    const { dns } = (await firstVersion('dns-tunnels')).analysis.parts;
    const [addresses, texts] = [textsOf(dns.addresses), textsOf(dns.texts)];
    const rows = Array.from({ length: dns.length }, (_, row) =>
      [
        addresses[dns.client[row]],
        texts[dns.domain[row]],
        texts[dns.types[row]],
        dns.queries[row],
        dns.subdomains[row],
        dns.rules[row],
      ].join(' '),
    );
    expect(rows).toMatchInlineSnapshot(`
      [
        "10.0.0.104 example.org NULL 120 120 120 3",
        "10.0.0.105 example.net CNAME 23, TXT 20, MX 17 60 60 3",
        "10.0.0.101 example.com A 225, AAAA 122, HTTPS 115 462 309 0",
        "10.0.0.101 example.org A 213, HTTPS 111, AAAA 104 428 299 0",
        "10.0.0.101 example.co.uk A 239, AAAA 107, HTTPS 98 444 295 0",
      ]
    `);
  });
});
