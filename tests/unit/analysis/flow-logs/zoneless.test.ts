import { describe, expect, it } from 'vitest';
import { textsOf } from '../../../../src/analysis/memory/text-pool.ts';
import type { Analysis } from '../../../../src/analysis/report/analysis.ts';
import { DEFAULT_SETTINGS } from '../../../../src/analysis/settings.ts';
import { tcpConversation } from '../../../builders/conversation.ts';
import { CONN_FIELDS, connRow, DNS_FIELDS, type ZeekRow, zeekTsv } from '../../../builders/logs/zeek.ts';
import { eveJson, flowEvent, protocolEvent } from '../../../builders/logs/suricata.ts';
import { pcap } from '../../../builders/pcap.ts';
import { analyzeLogs, flowsOf } from './read-logs.ts';

const START = 1_591_367_999;
const BEHIND_S = -5 * 3600;
const SAID = 'that its times are of UTC-5: its';
const ends = { client: { address: '192.168.4.76', port: 0 }, server: { address: '31.3.245.133', port: 443 } };
const packets = Array.from({ length: 6 }, (_, number) =>
  tcpConversation({
    ...ends,
    client: { ...ends.client, port: 40_000 + number },
    start: START + number * 60,
    messages: [{ from: 'client', bytes: new Uint8Array(90) }],
  }),
).flat();

/** A time of the sensor's clock on the wall, without its zone. */
function local(seconds: number): string {
  return new Date((START + seconds + BEHIND_S) * 1000).toISOString().replace('Z', '');
}

function connLog(from: number, count: number): string {
  const rows = Array.from({ length: count }, (_, number) =>
    connRow({ ts: local((from + number) * 60), uid: `C${from + number}`, 'id.orig_p': 40_000 + from + number }),
  );
  return zeekTsv('conn', CONN_FIELDS, rows);
}

function dnsLog(ts: (seconds: number) => string): string {
  const question: ZeekRow = { 'id.resp_h': '10.0.0.53', 'id.resp_p': 53, proto: 'udp', qtype_name: 'A' };
  const rows = [0, 90].map((seconds): ZeekRow => {
    return connRow({ ...question, ts: ts(seconds), uid: `D${seconds}`, trans_id: seconds, query: 'www.example.org' });
  });
  return zeekTsv('dns', DNS_FIELDS, rows);
}

/** Domains that were asked for, and from when until when, in seconds after the first connection. */
function asked(analysis: Analysis) {
  const { dns } = analysis.report(DEFAULT_SETTINGS);
  const texts = textsOf(dns.texts);
  return Array.from(dns.domain, (domain, row) => [
    texts[domain],
    dns.firstMs[row] / 1000 - START,
    dns.lastMs[row] / 1000 - START,
  ]);
}

const said = ({ captures }: Analysis): string[] =>
  captures
    .flatMap(({ warnings }) => warnings.map(({ message }) => message))
    .filter((message) => message.includes('UTC-'));

describe('logs whose times have no zone', () => {
  it('have their questions moved with their flows', async () => {
    const analysis = await analyzeLogs(pcap({ packets }), dnsLog(local), connLog(0, 6));
    expect(asked(analysis)).toEqual([['example.org', 0, 90]]);
    expect(said(analysis)).toEqual([
      `what packets tell of the logs beside it says ${SAID} questions count at those`,
      `packets of the same flows tell ${SAID} flows count at those`,
    ]);
  });

  it('have those of eve.json moved that came before any flow did', async () => {
    const stamp = (seconds: number): Record<string, unknown> => ({ timestamp: local(seconds) });
    const question = { type: 'query', id: 1, rrname: 'www.example.org', rrtype: 'A' };
    const events = Array.from({ length: 6 }, (_, number) =>
      flowEvent(
        {
          ...stamp(number * 60 + 30),
          flow_id: number,
          src_ip: '192.168.4.76',
          src_port: 40_000 + number,
          dest_ip: '31.3.245.133',
          dest_port: 443,
        },
        { start: local(number * 60), end: local(number * 60 + 1) },
      ),
    );
    const asking = { ...stamp(7), src_ip: '192.168.4.76', dest_ip: '10.0.0.53', src_port: 50_000, dest_port: 53 };
    const analysis = await analyzeLogs(
      pcap({ packets }),
      eveJson([protocolEvent('dns', question, { ...asking, proto: 'UDP', flow_id: 99 }), ...events]),
    );
    expect(asked(analysis)).toEqual([['example.org', 7, 7]]);
  });

  it('lie where the log before says, when no packets are of their own flows', async () => {
    const analysis = await analyzeLogs(pcap({ packets }), connLog(0, 6), connLog(100, 3));
    expect(flowsOf(analysis).map(({ firstMs }) => firstMs / 1000 - START)).toContain(100 * 60);
    expect(said(analysis)).toHaveLength(2);
  });

  it('are left alone beside logs that have zones, and without packets', async () => {
    const zoned = dnsLog((seconds) => `${START + seconds}`);
    expect(asked(await analyzeLogs(pcap({ packets }), zoned, connLog(0, 6)))).toEqual([['example.org', 0, 90]]);
    expect(asked(await analyzeLogs(dnsLog(local), connLog(0, 6)))).toEqual([['example.org', BEHIND_S, BEHIND_S + 90]]);
  });
});
