import type { CertificateFields } from '../payloads/certificate.ts';
import { eveJson } from './suricata.ts';
import { countsOf, type LoggedLookUp, type LoggedRequest, outcomeOf, type Talk, type TalkCounts } from './talk.ts';
import type { Fingerprints } from './zeek-of.ts';

type Json = Record<string, unknown>;

const PROTOCOLS: ReadonlyMap<number, string> = new Map([
  [6, 'TCP'],
  [17, 'UDP'],
  [1, 'ICMP'],
]);

/** The eve.json that Suricata 7 writes of some conversations: flow, tls, http, fileinfo and dns events, all fields on. */
export function eveLog(talks: readonly Talk[], fingerprints: Fingerprints): string {
  return eveJson(
    talks.flatMap((talk, number) => {
      const counts = countsOf(talk);
      const head = headOf(talk, counts, 1000 + number);
      const events: Json[] = [];
      if (talk.hello !== undefined) {
        const { ja3, ja3s, ja4 } = fingerprints(talk);
        const { name, certificate } = talk.hello;
        const content = {
          ...(name === null ? {} : { sni: name }),
          version: certificate === null ? 'TLS 1.3' : 'TLS 1.2',
          ja3: { hash: ja3 },
          ja3s: { hash: ja3s },
          ja4,
          ...(certificate === null ? {} : certificateOf(certificate)),
        };
        events.push({ ...head, event_type: 'tls', tls: content });
      }
      for (const request of talk.requests ?? []) events.push(...requestEvents(head, request));
      if (talk.lookUp !== undefined) events.push(...lookUpEvents(head, talk.lookUp));
      return [...events, flowOf(talk, counts, head)];
    }),
  );
}

function timeText({ seconds, microseconds }: TalkCounts['first']): string {
  const whole = new Date(seconds * 1000).toISOString().slice(0, 19);
  return `${whole}.${String(microseconds).padStart(6, '0')}+0000`;
}

function headOf({ client, server }: Talk, { protocol, first }: TalkCounts, id: number): Json {
  const ports = protocol === 1 ? { icmp_type: 8, icmp_code: 0 } : { src_port: client.port, dest_port: server.port };
  return {
    timestamp: timeText(first),
    flow_id: id,
    src_ip: client.address,
    dest_ip: server.address,
    ...ports,
    proto: PROTOCOLS.get(protocol),
  };
}

function flowOf({ service, requests }: Talk, counts: TalkCounts, head: Json): Json {
  const { protocol, first, last, sent, received } = counts;
  const isTunnel = requests?.some(({ method }) => method === 'CONNECT') === true;
  const spoken = service === 'ssl' ? 'tls' : service;
  const isSilent = sent.payload + received.payload === 0;
  const application = protocol === 1 || isSilent ? {} : { app_proto: spoken === '' ? 'failed' : spoken };
  const tunnel = isTunnel ? { app_proto: 'tls', app_proto_orig: 'http' } : {};
  return {
    ...head,
    in_iface: 'eth0',
    event_type: 'flow',
    ...application,
    ...tunnel,
    ...(protocol === 6 ? { tcp: tcpOf(counts) } : {}),
    flow: {
      pkts_toserver: sent.packets,
      pkts_toclient: received.packets,
      bytes_toserver: sent.frameBytes,
      bytes_toclient: received.frameBytes,
      start: timeText(first),
      end: timeText(last),
      age: last.seconds - first.seconds,
      state: received.packets === 0 ? 'new' : 'closed',
      reason: 'timeout',
      alerted: false,
    },
  };
}

function tcpOf(counts: TalkCounts): Json {
  const { isAnswered, isRefused, isEnded, isReset } = outcomeOf(counts);
  const hexadecimal = (flags: number): string => flags.toString(16).padStart(2, '0');
  return {
    tcp_flags: hexadecimal(counts.sent.flags | counts.received.flags),
    tcp_flags_ts: hexadecimal(counts.sent.flags),
    tcp_flags_tc: hexadecimal(counts.received.flags),
    syn: true,
    state: isRefused || isEnded || isReset ? 'closed' : isAnswered ? 'established' : 'syn_sent',
  };
}

function nameText({ commonName, organization }: CertificateFields['subject']): string {
  const parts = [commonName === null ? '' : `CN=${commonName}`, organization === null ? '' : `O=${organization}`];
  return parts.filter((part) => part !== '').join(', ');
}

function certificateOf({ subject, issuer, dnsNames = [], until = '270101000000Z' }: CertificateFields): Json {
  const year = until.length > 13 ? until.slice(0, 4) : `20${until.slice(0, 2)}`;
  return {
    subject: nameText(subject),
    issuerdn: nameText(issuer),
    notbefore: '2026-01-01T00:00:00',
    notafter: `${year}-01-01T00:00:00`,
    ...(dnsNames.length > 0 ? { subjectaltname: dnsNames } : {}),
  };
}

function requestEvents(head: Json, request: LoggedRequest): Json[] {
  const { method, uri, host, agent, status, contentType, sniffedType } = request;
  const http = {
    ...(host === null ? {} : { hostname: host }),
    url: uri,
    ...(agent === null ? {} : { http_user_agent: agent }),
    ...(contentType === '' ? {} : { http_content_type: contentType }),
    http_method: method,
    protocol: 'HTTP/1.1',
    status,
  };
  const events: Json[] = [{ ...head, event_type: 'http', http }];
  if (sniffedType === 'application/x-dosexec') {
    const magic = 'PE32 executable (GUI) Intel 80386, for MS Windows';
    events.push({ ...head, event_type: 'fileinfo', http, app_proto: 'http', fileinfo: { filename: uri, magic } });
  }
  return events;
}

function lookUpEvents(head: Json, { id, name, type, rcode, answers }: LoggedLookUp): Json[] {
  const asked = { id, rrname: name, rrtype: type };
  const records = answers.map(([rrtype, rdata]) => ({ rrname: name, rrtype, ttl: 300, rdata }));
  const answer = { version: 2, type: 'answer', rcode, ...asked, ...(records.length > 0 ? { answers: records } : {}) };
  return [
    { ...head, event_type: 'dns', dns: { type: 'query', ...asked } },
    { ...head, event_type: 'dns', dns: answer },
  ];
}
