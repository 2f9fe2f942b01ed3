import type { CertificateFields } from '../payloads/certificate.ts';
import { countsOf, outcomeOf, type Talk, type TalkCounts } from './talk.ts';
import { CONN_FIELDS, type ZeekRow, zeekTsv } from './zeek.ts';

const PROTOCOLS: ReadonlyMap<number, string> = new Map([
  [6, 'tcp'],
  [17, 'udp'],
  [1, 'icmp'],
]);
const HEAD = ['ts', 'uid', 'id.orig_h', 'id.orig_p', 'id.resp_h', 'id.resp_p'];

/** Fingerprints of a conversation's hellos, and of SSH. */
export type Fingerprints = (talk: Talk) => Readonly<Record<'ja3' | 'ja3s' | 'ja4' | 'ja4s', string>>;

/**
 * The logs that Zeek writes of some conversations, with its packages for JA3 and JA4 and with certificates validated: conn,
 * ssl, x509, http, files and dns.
 */
export function zeekLogs(talks: readonly Talk[], fingerprints: Fingerprints): Record<string, string> {
  const conn: ZeekRow[] = [];
  const ssl: ZeekRow[] = [];
  const x509: ZeekRow[] = [];
  const http: ZeekRow[] = [];
  const files: ZeekRow[] = [];
  const dns: ZeekRow[] = [];
  talks.forEach((talk, number) => {
    const counts = countsOf(talk);
    const uid = `C${number}`;
    const head = headOf(talk, counts, uid);
    conn.push({ ...head, ...connOf(talk, counts) });
    if (talk.hello !== undefined) {
      const { name, certificate } = talk.hello;
      const known = fingerprints(talk);
      const fuid = `F${number}`;
      ssl.push({
        ...head,
        version: certificate === null ? 'TLSv13' : 'TLSv12',
        server_name: name ?? undefined,
        ...known,
        ...(certificate === null ? {} : chainOf(certificate, name, fuid)),
      });
      if (certificate !== null) x509.push({ ts: head['ts'], id: fuid, ...certificateOf(certificate) });
    }
    for (const [index, request] of (talk.requests ?? []).entries()) {
      const fuid = `R${number}.${index}`;
      http.push({
        ...head,
        trans_depth: index + 1,
        method: request.method,
        host: request.host ?? undefined,
        uri: request.uri,
        version: '1.1',
        user_agent: request.agent ?? undefined,
        status_code: request.status,
        resp_fuids: fuid,
        resp_mime_types: request.sniffedType || undefined,
      });
      if (request.sniffedType !== '')
        files.push({
          ts: head['ts'],
          fuid,
          tx_hosts: talk.server.address,
          rx_hosts: talk.client.address,
          conn_uids: uid,
          source: 'HTTP',
          mime_type: request.sniffedType,
        });
    }
    if (talk.lookUp !== undefined) dns.push({ ...head, ...lookUpOf(talk.lookUp) });
  });
  const log = (path: string, rows: readonly ZeekRow[]): string => {
    return zeekTsv(path, path === 'conn' ? CONN_FIELDS : fieldsOf(rows), rows);
  };
  return {
    conn: log('conn', conn),
    ssl: log('ssl', ssl),
    x509: log('x509', x509),
    http: log('http', http),
    files: log('files', files),
    dns: log('dns', dns),
  };
}

function headOf({ client, server }: Talk, { protocol, first }: TalkCounts, uid: string): ZeekRow {
  const isIcmp = protocol === 1;
  return {
    ts: `${first.seconds}.${String(first.microseconds).padStart(6, '0')}`,
    uid,
    'id.orig_h': client.address,
    'id.orig_p': isIcmp ? 8 : client.port,
    'id.resp_h': server.address,
    'id.resp_p': isIcmp ? 0 : server.port,
  };
}

function connOf({ service, requests }: Talk, counts: TalkCounts): ZeekRow {
  const { protocol, first, last, sent, received, history } = counts;
  const seconds = last.seconds - first.seconds + (last.microseconds - first.microseconds) / 1e6;
  const isTunnel = requests?.some(({ method }) => method === 'CONNECT') === true;
  return {
    proto: PROTOCOLS.get(protocol),
    service: (isTunnel ? 'http,ssl' : service) || undefined,
    duration: seconds > 0 ? seconds.toFixed(6) : undefined,
    orig_bytes: sent.payload,
    resp_bytes: received.payload,
    conn_state: protocol === 6 ? stateOf(counts) : protocol === 17 ? (received.packets > 0 ? 'SF' : 'S0') : 'OTH',
    missed_bytes: 0,
    history: history || undefined,
    orig_pkts: sent.packets,
    orig_ip_bytes: sent.ipBytes,
    resp_pkts: received.packets,
    resp_ip_bytes: received.ipBytes,
  };
}

function stateOf(counts: TalkCounts): string {
  const { isAnswered, isRefused, isEnded, isReset } = outcomeOf(counts);
  if (isRefused) return 'REJ';
  if (!isAnswered) return 'S0';
  return isEnded ? 'SF' : isReset ? 'RSTO' : 'S1';
}

function nameText({ commonName, organization }: CertificateFields['subject']): string {
  const parts = [commonName === null ? '' : `CN=${commonName}`, organization === null ? '' : `O=${organization}`];
  return parts.filter((part) => part !== '').join(',');
}

function chainOf(certificate: CertificateFields, name: string | null, fuid: string): ZeekRow {
  const [subject, issuer] = [nameText(certificate.subject), nameText(certificate.issuer)];
  const isFor = certificate.dnsNames?.includes(name ?? '') ?? certificate.subject.commonName === name;
  return {
    cert_chain_fuids: fuid,
    subject,
    issuer,
    validation_status: subject === issuer ? 'self signed certificate' : 'unable to get local issuer certificate',
    sni_matches_cert: name === null ? undefined : isFor ? 'T' : 'F',
  };
}

function certificateOf({ subject, issuer, dnsNames = [], until = '270101000000Z' }: CertificateFields): ZeekRow {
  const year = until.length > 13 ? Number(until.slice(0, 4)) : 2000 + Number(until.slice(0, 2));
  return {
    'certificate.subject': nameText(subject),
    'certificate.issuer': nameText(issuer),
    'certificate.not_valid_before': `${Date.UTC(2026, 0) / 1000}.000000`,
    'certificate.not_valid_after': `${Date.UTC(year, 0) / 1000}.000000`,
    'san.dns': dnsNames.length > 0 ? dnsNames.join() : undefined,
  };
}

function lookUpOf({ id, name, type, rcode, answers }: NonNullable<Talk['lookUp']>): ZeekRow {
  return {
    proto: 'udp',
    trans_id: id,
    query: name,
    qtype: type === 'A' ? 1 : 28,
    qtype_name: type,
    rcode: rcode === 'NOERROR' ? 0 : 3,
    rcode_name: rcode,
    answers: answers.length > 0 ? answers.map(([, data]) => data).join() : undefined,
  };
}

/** The fields of some rows: a sensor's log has the same in all. */
function fieldsOf(rows: readonly ZeekRow[]): string[] {
  return [...new Set([...(rows.some((row) => 'uid' in row) ? HEAD : []), ...rows.flatMap((row) => Object.keys(row))])];
}
