import { describe, expect, it } from 'vitest';
import { couldShow, OBSERVED, type Observed } from '../../../../src/analysis/flows/observed.ts';
import { DEFAULT_SETTINGS } from '../../../../src/analysis/settings.ts';
import { rowFactsOf } from '../../../../src/analysis/report/row-facts.ts';
import { eveJson, flowEvent, protocolEvent } from '../../../builders/logs/suricata.ts';
import { CONN_FIELDS, connRow, SSL_FIELDS, type ZeekRow, zeekTsv } from '../../../builders/logs/zeek.ts';
import { analyzeLogs } from './read-logs.ts';

const COUNT = 12;

/** The connections of a host that calls a server every minute, each changed as a test says. */
function rows(change: ZeekRow = {}): ZeekRow[] {
  return Array.from({ length: COUNT }, (_, number) =>
    connRow({ ts: `${1_591_367_999 + number * 60}.5`, uid: `C${number}`, 'id.orig_p': 40_000 + number, ...change }),
  );
}

const SSL_ROWS = rows().map(({ ts, uid }) => connRow({ ts, uid, version: 'TLSv12', cipher: 'A' }));

/** Ids of the lines of the only connection, what its flows could not show, and what the files are said to lack. */
async function lookedAt(...logs: string[]) {
  const analysis = await analyzeLogs(...logs);
  const report = analysis.report(DEFAULT_SETTINGS);
  return {
    ids: rowFactsOf(report)
      .lines(0)
      .map(({ id }) => id),
    // That a log is no packets goes without saying.
    hidden: (Object.keys(OBSERVED) as Observed[]).filter(
      (what) => what !== 'packets' && !couldShow(analysis.flows.observed[0], what),
    ),
    lacks: analysis.captures[0].lacks?.join() ?? '',
  };
}

describe('what logs show', () => {
  it('is no names without a log of names, and the names of the flows that it has rows of', async () => {
    const conn = zeekTsv('conn', CONN_FIELDS, rows());
    const alone = await lookedAt(conn);
    expect(alone.ids).not.toContain('nosni');
    expect(alone.ids).not.toContain('noname');
    expect(alone.hidden).toEqual(['names', 'fingerprints', 'certificates', 'requests']);
    expect(alone.lacks).toContain('names: ssl.log');
    const beside = await lookedAt(conn, zeekTsv('ssl', SSL_FIELDS, SSL_ROWS));
    expect(beside.ids).toContain('nosni');
    expect(beside.lacks).not.toContain('names');
    const other = SSL_ROWS.map(({ ts, uid }) => connRow({ ts, uid: `X${uid}`, version: 'TLSv12' }));
    expect((await lookedAt(conn, zeekTsv('ssl', SSL_FIELDS, other))).ids).not.toContain('nosni');
  });

  it('is no connection of a log that only tells of them: what has these is said', async () => {
    const ssl = zeekTsv('ssl', SSL_FIELDS, SSL_ROWS);
    const warningsOf = async (...logs: string[]): Promise<string[]> =>
      (await analyzeLogs(...logs)).captures.flatMap(({ warnings }) => warnings.map(({ message }) => message));
    expect(await warningsOf(ssl)).toEqual(['it tells of connections, but conn.log has them: read that with it']);
    expect(await warningsOf(ssl, zeekTsv('conn', CONN_FIELDS, rows()))).toEqual([]);
  });

  it.each([
    ['a client that acknowledged what was not seen', { conn_state: 'S0', history: 'SADF', orig_bytes: 620 }, false],
    ['an attempt without an answer', { conn_state: 'S0', history: 'S', orig_bytes: 0, service: undefined }, true],
    ['a refusal', { conn_state: 'REJ', history: 'Sr', orig_bytes: 0, service: undefined }, true],
    ['a connection begun before', { conn_state: 'OTH', history: 'Dd' }, false],
    ['an attempt without a history', { conn_state: 'S0', history: undefined, orig_bytes: undefined }, true],
  ])('is whether it was answered, of Zeek: %s', async (_, change: ZeekRow, dead) => {
    const silent = dead || change['conn_state'] === 'S0' ? { resp_bytes: 0, resp_pkts: 0, resp_ip_bytes: 0 } : {};
    const { ids } = await lookedAt(zeekTsv('conn', CONN_FIELDS, rows({ ...silent, ...change })));
    expect(ids.includes('dead')).toBe(dead);
  });

  it.each(['service', 'resp_bytes', 'resp_ip_bytes', 'resp_pkts', 'conn_state', 'history', 'orig_pkts'])(
    'gives no reason for want of %s',
    async (field) => {
      const all = await lookedAt(zeekTsv('conn', CONN_FIELDS, rows({ 'id.resp_p': 80, service: 'http' })));
      const fields = CONN_FIELDS.filter((name) => name !== field);
      const { ids } = await lookedAt(zeekTsv('conn', fields, rows({ 'id.resp_p': 80, service: 'http' })));
      expect(all.ids).toEqual(expect.arrayContaining(ids));
    },
  );

  it('is whether it was answered, of Suricata', async () => {
    const events = (flow: Record<string, unknown>, tcp: Record<string, unknown>, application = 'failed') =>
      rows().map((_, number) => {
        const start = new Date((1_591_367_999 + number * 60) * 1000).toISOString().replace('Z', '+0000');
        return flowEvent(
          { flow_id: number, app_proto: application, dest_port: 443, tcp },
          { ...flow, start, end: start },
        );
      });
    const silent = { pkts_toclient: 0, bytes_toclient: 0 };
    const tried = await lookedAt(
      eveJson(events(silent, { tcp_flags_ts: '02', tcp_flags_tc: '00', state: 'syn_sent' })),
    );
    expect(tried.ids).toContain('dead');
    const refused = { tcp_flags_ts: '02', tcp_flags_tc: '14', state: 'closed' };
    expect((await lookedAt(eveJson(events({ pkts_toclient: 1 }, refused)))).ids).toContain('dead');
    const tapped = { tcp_flags_ts: '1b', tcp_flags_tc: '00', state: 'syn_sent' };
    expect((await lookedAt(eveJson(events(silent, tapped)))).ids).not.toContain('dead');
    expect(tried.lacks).toContain('names: eve-log has no tls');
    const flows = events({}, { tcp_flags_ts: '1b', tcp_flags_tc: '1b', state: 'closed' }, 'tls');
    const named = flows.map((_, number) => protocolEvent('tls', { version: 'TLS 1.2' }, { flow_id: number }));
    expect((await lookedAt(eveJson(flows))).ids).not.toContain('nosni');
    expect((await lookedAt(eveJson([...flows, ...named]))).ids).toContain('nosni');
  });

  const NFSTREAM = ['src_ip', 'dst_ip', 'dst_port', 'protocol', 'bidirectional_first_seen_ms'];
  const table = (columns: Record<string, (number: number) => string | number>): string =>
    [
      [...NFSTREAM, ...Object.keys(columns)].join(','),
      ...rows().map((_, number) =>
        [
          '10.0.0.1',
          '203.0.113.9',
          443,
          6,
          1_591_367_999_000 + number * 60_000,
          ...Object.values(columns).map((value) => value(number)),
        ].join(','),
      ),
      '',
    ].join('\n');

  it('is what a flow table has columns for', async () => {
    const names = { application_name: () => 'TLS', requested_server_name: () => '' };
    const counts = {
      src2dst_packets: () => 8,
      src2dst_bytes: () => 2000,
      dst2src_packets: () => 8,
      dst2src_bytes: () => 1000,
    };
    expect((await lookedAt(table({ ...names, ...counts }))).ids).toEqual(
      expect.arrayContaining(['nosni', 'upload', 'constant']),
    );
    expect((await lookedAt(table({ application_name: () => 'TLS', ...counts }))).ids).not.toContain('nosni');
    const bidirectional = { bidirectional_packets: () => 16, bidirectional_bytes: () => 3000 };
    const { ids } = await lookedAt(table({ ...names, ...bidirectional }));
    for (const id of ['dead', 'upload', 'constant', 'nosni']) expect(ids).not.toContain(id);
    const oneWay = { ...counts, dst2src_packets: () => 0, dst2src_bytes: () => 0 };
    expect((await lookedAt(table({ ...names, ...oneWay }))).ids).not.toContain('dead');
    const tried = { src2dst_packets: () => 3, src2dst_bytes: () => 222, dst2src_packets: () => 0 };
    const answered = { ...tried, dst2src_packets: (number: number) => (number === 0 ? 1 : 0) };
    expect((await lookedAt(table({ application_name: () => 'Unknown', ...answered }))).ids).toContain('dead');
  });

  it.each([
    ['F', true],
    ['T', false],
    ['-', false],
  ])('is a certificate for another name where ssl.log says %s of it', async (matches, isOther) => {
    const named = { server_name: 'shop.example', sni_matches_cert: matches };
    const ssl = SSL_ROWS.map((row) => Object.assign({}, row, named));
    const fields = [...SSL_FIELDS, 'sni_matches_cert'];
    const { ids } = await lookedAt(zeekTsv('conn', CONN_FIELDS, rows()), zeekTsv('ssl', fields, ssl));
    expect(ids.includes('othername')).toBe(isOther);
  });

  it.each([
    [['*.shop.example', 'shop.example'], false],
    [['other.example'], true],
    [undefined, false],
  ])('is a certificate for another name by the names that eve.json lists: %j', async (subjectaltname, isOther) => {
    const tls = { sni: 'Shop.example', subject: 'CN=shop.example', issuerdn: 'CN=An Authority', subjectaltname };
    const events = Array.from({ length: COUNT }, (_, number) => {
      const start = new Date(1_591_367_999_000 + 60_000 * number).toISOString();
      const event = { flow_id: number + 1, src_port: 40_000 + number };
      return [flowEvent(event, { start, end: start }), protocolEvent('tls', tls, event)];
    });
    const { ids } = await lookedAt(eveJson(events.flat()));
    expect(ids.includes('othername')).toBe(isOther);
  });

  it.each<[string, ZeekRow, boolean]>([
    ['all of a connection', {}, true],
    ['not the answer to the SYN', { history: 'SAacfDF' }, false],
    ['a gap', { history: 'ShADgadFf' }, false],
    ['fewer bytes than were sent', { orig_ip_bytes: 446 }, false],
    ['bytes that it counts as missed', { missed_bytes: 900 }, false],
    ['nothing of the client', { history: 'ShAadFf', orig_bytes: 0 }, false],
  ])('is no TLS on its port where Zeek saw %s and no service', async (_, change, isNot) => {
    const others = connRow({ uid: 'X', 'id.orig_h': '192.168.4.77', service: 'ssl' });
    const log = zeekTsv('conn', CONN_FIELDS, [...rows({ service: undefined, ...change }), others]);
    expect((await lookedAt(log)).ids.includes('notown')).toBe(isNot);
    // A log that tells no services at all looked for none.
    const without = CONN_FIELDS.filter((field) => field !== 'service');
    expect((await lookedAt(zeekTsv('conn', without, rows(change)))).ids).not.toContain('notown');
  });

  it.each([
    ['GET', 'PE32 executable (GUI) Intel 80386, for MS Windows', 'image/png', ['program', 'disguised']],
    ['GET', 'ELF 64-bit LSB executable', 'application/octet-stream', ['program']],
    ['GET', 'PNG image data, 16 x 16', 'image/png', []],
    ['POST', 'PE32 executable (GUI) Intel 80386, for MS Windows', '', []],
  ])('is a program that came, by the file of a %s that eve.json calls %s', async (method, magic, type, expected) => {
    const events = Array.from({ length: COUNT }, (_, number) => {
      const start = new Date(1_591_367_999_000 + 60_000 * number).toISOString();
      const event = { flow_id: number + 1, src_port: 40_000 + number };
      const http = { hostname: 'files.example', url: '/a', http_method: method, http_content_type: type };
      const file = protocolEvent('fileinfo', { filename: '/a', magic }, { ...event, http });
      return [flowEvent(event, { start, end: start }), file];
    });
    const { ids } = await lookedAt(eveJson(events.flat()));
    expect(ids.filter((id) => id === 'program' || id === 'disguised')).toEqual(expected);
  });

  it.each([
    ['2026-01-01T00:00:00', '2046-01-01T00:00:00', true],
    ['2026-01-01T00:00:00', '2027-01-01T00:00:00', false],
    ['never', '2046-01-01T00:00:00', false],
  ])('is a certificate for ten years, from %s to %s', async (notbefore, notafter, isLong) => {
    const tls = { sni: 'a.example', subject: 'CN=a.example', issuerdn: 'CN=An Authority', notbefore, notafter };
    const events = Array.from({ length: COUNT }, (_, number) => {
      const start = new Date(1_591_367_999_000 + 60_000 * number).toISOString();
      const event = { flow_id: number + 1, src_port: 40_000 + number };
      return [flowEvent(event, { start, end: start }), protocolEvent('tls', tls, event)];
    });
    expect((await lookedAt(eveJson(events.flat()))).ids.includes('lasting')).toBe(isLong);
  });
});
