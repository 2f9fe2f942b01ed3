import { describe, expect, it } from 'vitest';
import { DnsCollector } from '../../../../src/analysis/dns/collector.ts';
import { dnsPairs } from '../../../../src/analysis/dns/report.ts';
import { CONTINUED } from '../../../../src/analysis/flows/columns.ts';
import { groupFlows } from '../../../../src/analysis/flows/group.ts';
import { ALL_OBSERVED, OBSERVED } from '../../../../src/analysis/flows/observed.ts';
import { MergedFlows } from '../../../../src/analysis/connections/merged-flows.ts';
import { textsOf } from '../../../../src/analysis/memory/text-pool.ts';
import { SIGNS } from '../../../../src/analysis/protocols/signs.ts';
import { Listing, type ReportTables } from '../../../../src/analysis/report/listing.ts';
import { rowsInOrder } from '../../../../src/analysis/report/rank.ts';
import { DEFAULT_SETTINGS } from '../../../../src/analysis/settings.ts';
import { lineIds } from './facts.ts';
import { type FlowRow, flowColumns, noSessions, spanOf, tablesOf } from '../connections/flow-columns.ts';

const MINUTE_MS = 60_000;
const REQUEST = SIGNS.request;

/** One flow with data both ways from the host that the tests are about. */
function flow(destination: string, more: FlowRow = {}): FlowRow {
  return {
    source: '10.0.0.5',
    destination,
    firstMs: 0,
    packetsReceived: 5,
    bytesSent: 900,
    bytesReceived: 3000,
    payloadSent: 500,
    payloadReceived: 2500,
    application: 'TLS',
    ...more,
  };
}

const web = (destination: string, signs: number, more: FlowRow = {}): FlowRow =>
  flow(destination, { port: 80, application: 'HTTP', name: 'shop.example', nameSource: 'http', signs, ...more });

/** What is listed with the usual limit: destinations with the ids of their lines, in order. */
function listed(tables: ReportTables): Record<string, string[]> {
  const { connections } = tables;
  const addresses = textsOf(tables.addresses);
  return Object.fromEntries(
    Array.from(rowsInOrder(connections, 'triage'), (row) => {
      const ids = lineIds(connections.triage.lines, row);
      return [addresses[connections.destination[row]], ids.filter((id) => id !== 'late')];
    }),
  );
}

describe('a connection of one flow', () => {
  it('is listed for what it says, and not for being there', () => {
    const rows = [
      flow('203.0.113.1', { name: 'www.example', nameSource: 'tls', signs: SIGNS.hello }),
      web('203.0.113.2', REQUEST),
      web('203.0.113.3', REQUEST | SIGNS.claimsBrowser | SIGNS.form),
      flow('203.0.113.4', { signs: SIGNS.hello | SIGNS.selfSigned }),
      web('203.0.113.5', REQUEST | SIGNS.program | SIGNS.disguised, { firstMs: MINUTE_MS }),
      web('203.0.113.6', REQUEST | SIGNS.noAgent),
    ];
    const tables = tablesOf(rows, { minFlows: 4 });
    expect(listed(tables)).toEqual({
      '203.0.113.3': ['fakebrowser', 'form'],
      '203.0.113.4': ['nosni', 'selfsigned'],
      '203.0.113.5': ['program', 'disguised'],
    });
    expect(tables).toMatchObject({ pointsOnly: 3, pointsLeftOut: 0 });
    expect(tablesOf(rows, { minFlows: 0 })).toMatchObject({ pointsOnly: 0, connections: { length: 6 } });
  });

  it('says what most of its requests show, and what any answer did', () => {
    const rows = [
      web('203.0.113.1', REQUEST | SIGNS.noAgent),
      web('203.0.113.1', REQUEST),
      web('203.0.113.1', REQUEST | SIGNS.form),
      web('203.0.113.1', REQUEST | SIGNS.program),
    ];
    expect(listed(tablesOf(rows, { minFlows: 4 }))).toEqual({ '203.0.113.1': ['program', 'constant'] });
    const forms = [rows[2], ...rows.slice(0, 2)];
    expect(listed(tablesOf(forms, { minFlows: 4 }))).toEqual({ '203.0.113.1': ['form', 'constant'] });
  });

  it('knows a vendor, whose programs come in the clear', () => {
    const rows = [web('203.0.113.1', REQUEST | SIGNS.program, { name: 'download.windowsupdate.com' })];
    expect(listed(tablesOf(rows, { minFlows: 4 }))).toEqual({});
  });

  it('counts browsers by the years between them and the capture', () => {
    const atMs = Date.UTC(2021, 0, 1);
    const userAgent = 'Mozilla/4.0 (compatible; MSIE 6.0b; Windows NT 5.1)';
    const rows = [
      web('203.0.113.1', REQUEST | SIGNS.form, { userAgent, firstMs: atMs }),
      web('203.0.113.2', REQUEST | SIGNS.form, { userAgent, firstMs: atMs - 15 * 365 * 86_400_000 }),
    ];
    expect(listed(tablesOf(rows, { minFlows: 4 }))).toEqual({
      '203.0.113.1': ['oldbrowser', 'form'],
      '203.0.113.2': ['form'],
    });
  });
});

describe('what the host did before', () => {
  const late = { firstMs: 4 * MINUTE_MS, port: 8043 };

  it('makes what follows within minutes count, elsewhere than where it did it', () => {
    const rows = [
      web('203.0.113.1', REQUEST | SIGNS.program),
      web('203.0.113.2', REQUEST, { name: 'api.ipify.org', firstMs: MINUTE_MS }),
      flow('203.0.113.1', late),
      flow('203.0.113.3', late),
      flow('203.0.113.4', { ...late, firstMs: 30 * MINUTE_MS }),
      flow('203.0.113.5', { ...late, source: '10.0.0.6' }),
    ];
    expect(listed(tablesOf(rows, { minFlows: 0 }))).toMatchObject({
      '203.0.113.2': ['ownaddress'],
      '203.0.113.3': ['oddport', 'noname', 'sameport', 'afterprogram', 'afteraddress'],
      '203.0.113.4': ['oddport', 'noname', 'sameport'],
      '203.0.113.5': ['oddport', 'noname'],
    });
  });

  it('tells an address that nobody looked up from one of many that a host looks for peers at', () => {
    const looked = flow('203.0.113.1', { resolvedName: 'a.example', port: 4444 });
    const rows = [looked, flow('203.0.113.2', { port: 4444, firstMs: 15 * MINUTE_MS })];
    expect(listed(tablesOf(rows, { minFlows: 4 }))['203.0.113.2']).toEqual(['oddport', 'unlooked']);
    // Who begins with the capture may have looked it up before.
    const early = [looked, flow('203.0.113.2', { port: 4444 })];
    expect(listed(tablesOf(early, { minFlows: 4 }))['203.0.113.2']).toEqual(['oddport', 'noname']);
    const peers = Array.from({ length: 30 }, (_, peer) => flow(`198.51.100.${peer}`, { port: 4444 }));
    expect(listed(tablesOf([...rows, ...peers], { minFlows: 4 }))['203.0.113.2']).toEqual(['oddport', 'noname']);
  });

  it('knows of what timeouts cut off a connection what its first piece says', () => {
    const unseen = ALL_OBSERVED & ~(OBSERVED.begin | OBSERVED.application | OBSERVED.names);
    const pieces = (first: FlowRow): FlowRow[] =>
      Array.from({ length: 6 }, (_, piece) => {
        const firstMs = (15 + 3 * piece) * MINUTE_MS;
        const raw = flow('203.0.113.2', { port: 4444, firstMs, application: 'Unknown' });
        return piece === 0 ? { ...raw, ...first } : { ...raw, begin: CONTINUED, firstPiece: 1, observed: unseen };
      });
    const linesOf = (first: FlowRow): string[] => {
      const rows = [flow('203.0.113.1', { resolvedName: 'a.example', port: 4444 }), ...pieces(first)];
      return listed(tablesOf(rows, { minFlows: 0 }))['203.0.113.2'];
    };
    expect(linesOf({})).toEqual(expect.arrayContaining(['oddport', 'unlooked']));
    expect(linesOf({ observed: unseen })).toEqual(['constant']);
  });

  it('does not take the end of what began before the capture for a connection without data', () => {
    const begun = ALL_OBSERVED & ~OBSERVED.begin;
    const upload = flow('203.0.113.2', { port: 4444, firstMs: MINUTE_MS, payloadSent: 9000, payloadReceived: 100 });
    const linesOf = (first: FlowRow): string[] => {
      const end = flow('203.0.113.2', { port: 4444, payloadSent: 1, payloadReceived: 0, ...first });
      return listed(tablesOf([end, upload], { minFlows: 0 }))['203.0.113.2'];
    };
    expect(linesOf({ observed: begun })).toContain('upload');
    expect(linesOf({})).not.toContain('upload');
  });

  it('counts nameless servers on one port that is not theirs, but not the peers of a host that looks for them', () => {
    const before = flow('203.0.113.200', { name: 'www.example.com' });
    const servers = (count: number, more: FlowRow, firstMs = MINUTE_MS): FlowRow[] => [
      before,
      ...Array.from({ length: count }, (_, server) => flow(`203.0.113.${server + 1}`, { ...more, firstMs })),
    ];
    const raw = { port: 443, application: 'Unknown' as const };
    const linesOf = (rows: FlowRow[]): string[] => listed(tablesOf(rows, { minFlows: 0 }))['203.0.113.1'];
    expect(linesOf(servers(3, { port: 447 }))).toEqual(['oddport', 'noname', 'sameport']);
    expect(linesOf(servers(1, { port: 447 }))).toEqual(['oddport', 'noname']);
    expect(linesOf(servers(3, { ...raw, signs: SIGNS.unrecognised }))).toEqual(['notown', 'noname', 'sameport']);
    expect(linesOf(servers(3, { port: 447, name: 'a.example.com' }))).toEqual(['oddport']);
    expect(linesOf(servers(30, { port: 447 }))).toEqual(['oddport', 'noname']);
    // What begins with the capture may have been looked up before.
    expect(linesOf(servers(3, { port: 447 }, 0))).toEqual(['oddport', 'noname']);
  });

  it('reads of a certificate that it vouches for itself, and whom it is made out to', () => {
    const linesOf = (subject: string, issuer = 'An Authority'): string[] => {
      const rows = [flow('203.0.113.1', { name: 'a.example.com', certificate: `${subject}\n${issuer}\n` })];
      return listed(tablesOf(rows, { minFlows: 0 }))['203.0.113.1'];
    };
    expect(linesOf('a.example.com')).toEqual([]);
    expect(linesOf('a.example.com', 'a.example.com')).toEqual(['selfsigned']);
    expect(linesOf('Internet Widgits Pty Ltd', 'Internet Widgits Pty Ltd')).toEqual(['selfsigned', 'nobody']);
    expect(linesOf('server.nowhere')).toEqual(['nobody']);
    expect(linesOf('203.0.113.1')).toEqual(['nobody']);
    expect(linesOf('*.shop.example.com')).toEqual([]);
    expect(linesOf('A Company, Inc.')).toEqual([]);
  });

  it('counts nameless servers that one program goes to in turn', () => {
    const before = flow('203.0.113.200', { name: 'www.example.com' });
    const rows = ['1', '2', '3'].map((host) =>
      flow(`203.0.113.${host}`, { signs: SIGNS.hello, clientFingerprint: 'aa', firstMs: MINUTE_MS }),
    );
    expect(listed(tablesOf([before, ...rows], { minFlows: 4 }))['203.0.113.1']).toEqual(['nosni', 'servers']);
    expect(listed(tablesOf([before, ...rows.slice(1)], { minFlows: 4 }))['203.0.113.2']).toEqual(['nosni']);
  });
});

describe('DNS and ICMP', () => {
  it('rank a tunnel and a generator, which the name service does not bury', () => {
    const rows = [flow('10.0.0.1', { port: 53, protocol: 17, application: 'DNS', name: 'x.example' })];
    const flows = flowColumns(rows);
    const groups = groupFlows(flows, 'src,dst,port');
    const pairs = dnsPairs(new DnsCollector());
    const listing = (changes: Partial<typeof pairs>): Record<string, string[]> => {
      const dns = { ...pairs, ...changes };
      return listed(
        new Listing(new MergedFlows(flows), noSessions(flows, groups), spanOf(rows), dns).tables(
          groups,
          DEFAULT_SETTINGS,
        ),
      );
    };
    const addresses = { count: 1, joined: '10.0.0.5' };
    expect(listing({})).toEqual({});
    expect(listing({ addresses, generators: [{ client: 0, names: 12 }] })).toEqual({ '10.0.0.1': ['generator'] });
    const tunnel = {
      length: 1,
      tunnels: 1,
      rules: Uint8Array.of(1),
      client: Uint32Array.of(0),
      resolver: Uint32Array.of(0),
    };
    expect(listing({ addresses, ...tunnel, subdomains: Uint32Array.of(80) })).toEqual({ '10.0.0.1': ['tunnel'] });
  });

  it('tell echoes from answers of another size', () => {
    const ping = { port: 0, protocol: 1, application: 'ICMP' as const, packetsSent: 20, packetsReceived: 20 };
    const rows = [
      flow('203.0.113.1', { ...ping, ipBytesSent: 1680, ipBytesReceived: 1680 }),
      flow('203.0.113.2', { ...ping, ipBytesSent: 1680, ipBytesReceived: 9000 }),
      flow('203.0.113.3', { ...ping, ipBytesSent: 20 * 900, ipBytesReceived: 20 * 900 }),
      flow('203.0.113.4', {
        ...ping,
        ipBytesSent: 9 * 900,
        ipBytesReceived: 9 * 900,
        packetsSent: 9,
        packetsReceived: 9,
      }),
    ];
    expect(listed(tablesOf(rows, { minFlows: 4 }))).toEqual({
      '203.0.113.2': ['echo'],
      '203.0.113.3': ['largeecho'],
    });
  });
});
