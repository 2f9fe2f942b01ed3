import type { Endpoint, Message } from '../conversation.ts';
import { tcpConversation, udpExchange } from '../conversation.ts';
import { concat, filler, latin1 } from '../payloads/bytes.ts';
import { certificate, type CertificateFields } from '../payloads/certificate.ts';
import { DNS_TYPE_A, DNS_TYPE_AAAA, DNS_TYPE_CNAME, dnsAnswer, dnsName, dnsQuery, dnsRecord } from '../payloads/dns.ts';
import { httpRequest, httpResponse } from '../payloads/http.ts';
import { ntpClient, ntpServer } from '../payloads/ntp.ts';
import { tls12ServerFlight, tlsApplicationData, tlsClientHello, tlsServerHello } from '../payloads/tls.ts';
import { echoes, sided, tried } from '../traffic.ts';
import type { LoggedLookUp, LoggedRequest, Talk } from './talk.ts';

const START = 1_772_438_400;
const RESOLVER: Endpoint = { address: '10.0.0.53', port: 53 };
const PROXY: Endpoint = { address: '10.0.0.3', port: 3128 };
const AGENT = 'curl/8.5.0';

const client = (bytes: Uint8Array): Message => ({ from: 'client', bytes });
const server = (bytes: Uint8Array): Message => ({ from: 'server', bytes });
const DATA = [client(tlsApplicationData(180)), server(tlsApplicationData(700))];

/** What is said in a conversation, and what sensors write of that. */
interface Speech extends Pick<Talk, 'service' | 'hello' | 'requests'> {
  messages: readonly Message[];
}

type Close = 'fin' | 'rst' | 'open';

/** Conversations with one server, begun at intervals that are not all the same. */
interface Series {
  to: Endpoint;
  speech: Speech;
  count: number;
  everyS: number;
  /** Seconds after the beginning of the watch. */
  fromS?: number;
  host?: string;
  close?: Close;
}

function tls(name: string | null): Speech {
  const messages = [client(tlsClientHello(name)), server(tlsServerHello()), ...DATA];
  return { service: 'ssl', hello: { name, certificate: null }, messages };
}

function tls12(name: string | null, fields: CertificateFields): Speech {
  const messages = [client(tlsClientHello(name)), server(tls12ServerFlight(certificate(fields))), ...DATA];
  return { service: 'ssl', hello: { name, certificate: fields }, messages };
}

function http(asked: Partial<LoggedRequest>, bodyLength = 300): Speech {
  const request: LoggedRequest = {
    method: 'GET',
    uri: '/news',
    host: null,
    agent: AGENT,
    status: 200,
    contentType: 'text/html',
    sniffedType: 'text/html',
    ...asked,
  };
  const { method, uri, host, agent, status, contentType, sniffedType } = request;
  const isProgram = sniffedType === 'application/x-dosexec';
  const head = `HTTP/1.1 200 OK\r\nContent-Type: ${contentType}\r\nContent-Length: ${bodyLength}\r\n\r\n`;
  const program = concat(latin1(`${head}MZ`), [0x90, 0], filler(bodyLength - 4));
  const plain = `${method} ${uri} HTTP/1.1\r\nHost: ${host}\r\nAccept: */*\r\n\r\n`;
  const messages = [
    client(agent === null ? latin1(plain) : httpRequest({ method, path: uri, host, userAgent: agent })),
    server(isProgram ? program : httpResponse({ status, bodyLength })),
  ];
  return { service: 'http', requests: [request], messages };
}

function tunnelled(name: string): Speech {
  const target = `${name}:443`;
  const opening = latin1(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\nUser-Agent: ${AGENT}\r\n\r\n`);
  const inside = tls(name);
  const request = {
    method: 'CONNECT',
    uri: target,
    host: name,
    agent: AGENT,
    status: 200,
    contentType: '',
    sniffedType: '',
  };
  const messages = [client(opening), server(latin1('HTTP/1.1 200 OK\r\n\r\n')), ...inside.messages];
  return { ...inside, service: 'http', requests: [request], messages };
}

function raw(sent: number, received: number): Speech {
  const bytes = (length: number): Uint8Array => Uint8Array.from({ length }, (_, at) => 128 + ((at * 7) % 120));
  return { service: '', messages: [client(bytes(sent)), server(bytes(received))] };
}

const OWN_CERTIFICATE = { commonName: 'srv01', organization: null };
const PUBLIC_ISSUER = { commonName: 'Public Authority', organization: null };

const SERIES: readonly Series[] = [
  { to: { address: '203.0.113.20', port: 443 }, speech: tls('cdn.example.net'), count: 12, everyS: 45 },
  {
    to: { address: '203.0.113.9', port: 443 },
    speech: tls12(null, { subject: OWN_CERTIFICATE, issuer: OWN_CERTIFICATE, until: '20460101000000Z' }),
    count: 14,
    everyS: 60,
  },
  {
    to: { address: '203.0.113.12', port: 8443 },
    speech: tls12('portal.example.org', {
      subject: { commonName: 'mail.example.com', organization: null },
      issuer: PUBLIC_ISSUER,
      dnsNames: ['mail.example.com', 'smtp.example.com'],
    }),
    count: 6,
    everyS: 90,
  },
  { to: { address: '203.0.113.11', port: 80 }, speech: http({ host: 'www.example.com' }), count: 10, everyS: 30 },
  { to: { address: '203.0.113.13', port: 8080 }, speech: http({ host: null }), count: 5, everyS: 100 },
  {
    to: { address: '203.0.113.14', port: 80 },
    speech: http({ host: '203.0.113.14', agent: null, status: 404 }),
    count: 4,
    everyS: 120,
  },
  {
    to: { address: '203.0.113.15', port: 80 },
    speech: http(
      {
        host: 'files.example.com',
        uri: '/a',
        contentType: 'application/octet-stream',
        sniffedType: 'application/x-dosexec',
      },
      900,
    ),
    count: 1,
    everyS: 1,
    fromS: 400,
  },
  { to: { address: '203.0.113.42', port: 443 }, speech: raw(60, 240), count: 6, everyS: 70, fromS: 450 },
  { to: { address: '203.0.113.43', port: 50_050 }, speech: raw(80, 90), count: 8, everyS: 55 },
  { to: { address: '203.0.113.44', port: 50_051 }, speech: raw(150_000, 60), count: 1, everyS: 1, fromS: 300 },
  { to: { address: '203.0.113.32', port: 4444 }, speech: raw(50, 60), count: 5, everyS: 65, close: 'rst' },
  {
    to: { address: '2001:db8::9', port: 443 },
    speech: tls('six.example.net'),
    count: 8,
    everyS: 75,
    host: 'fd00::5',
  },
  { to: PROXY, speech: tunnelled('www.hidden-example.com'), count: 10, everyS: 50 },
];

/** A small network over some minutes: conversations of many kinds as a sensor beside the capture sees them. */
export function watchedTalks(): Talk[] {
  const port = ports();
  const talks = SERIES.flatMap((series) => talksOf(series, port));
  talks.push(...triedTalks(port), ...datagramTalks(port), ...lookUpTalks(port));
  return talks.sort((a, b) => timeOf(a) - timeOf(b));
}

/** One session of hours that speaks every minute: what flow meters cut is one row of a log. */
export function longTalk(): Talk {
  const beats = Array.from({ length: 180 }, () => [{ ...DATA[0], delay: 60 }, DATA[1]]).flat();
  const speech = { ...tls('feed.example.net'), messages: [...tls('feed.example.net').messages, ...beats] };
  const [talk] = talksOf({ to: { address: '203.0.113.40', port: 443 }, speech, count: 1, everyS: 1 }, () => 61_000);
  return talk;
}

function ports(): () => number {
  let next = 50_000;
  return () => next++;
}

function timeOf({ packets: [{ seconds, nanoseconds }] }: Talk): number {
  return seconds + nanoseconds / 1e9;
}

function talksOf(series: Series, port: () => number): Talk[] {
  const { to, speech, count, everyS, fromS = 30, host = '10.0.0.5', close = 'fin' } = series;
  const { messages, ...said } = speech;
  return Array.from({ length: count }, (_, index) => {
    const from = { address: host, port: port() };
    // A little sooner and later, by turns.
    const start = START + fromS + everyS * (index + 0.03 * (index % 3));
    const packets = sided((conversation) => tcpConversation({ ...conversation, close }), {
      client: from,
      server: to,
      start,
      messages,
    });
    return { client: from, server: to, packets, ...said };
  });
}

/** Connections that nobody answers, and that are refused. */
function triedTalks(port: () => number): Talk[] {
  return [false, true].flatMap((isRefused) =>
    Array.from({ length: 5 }, (_, index) => {
      const ends = {
        client: { address: '10.0.0.5', port: port() },
        server: { address: isRefused ? '203.0.113.31' : '203.0.113.30', port: 443 },
      };
      return { ...ends, packets: tried({ ...ends, start: START + 40 + 80 * index }, isRefused), service: '' };
    }),
  );
}

/** Datagrams of a protocol that nobody knows, the time, and pings that carry much. */
function datagramTalks(port: () => number): Talk[] {
  const of = (to: Endpoint, service: string, messages: readonly Message[], index: number): Talk => {
    const ends = { client: { address: '10.0.0.6', port: port() }, server: to };
    const packets = sided(udpExchange, { ...ends, start: START + 20 + 64 * index, messages });
    return { ...ends, packets, service };
  };
  const numbers = Array.from({ length: 6 }, (_, index) => index);
  const pinged = { client: { address: '10.0.0.6', port: 0 }, server: { address: '203.0.113.50', port: 0 } };
  return [
    ...numbers.map((index) =>
      of({ address: '203.0.113.45', port: 4507 }, '', [client(filler(60)), server(filler(200))], index),
    ),
    ...numbers.map((index) =>
      of({ address: '203.0.113.123', port: 123 }, 'ntp', [client(ntpClient()), server(ntpServer())], index),
    ),
    {
      ...pinged,
      packets: numbers.flatMap((index) => echoes({ ...pinged, start: START + 10 + 2 * index }, 700)),
      service: '',
    },
  ];
}

/** Names that are looked up: one that leads to another, one of IPv6, and some that do not exist. */
function lookUpTalks(port: () => number): Talk[] {
  const words = (text: string): number[] => text.split('.').map(Number);
  const alias = 'cdn.example.net';
  const answers = [
    dnsRecord(dnsName(alias), DNS_TYPE_CNAME, dnsName('edge.example.org')),
    dnsRecord(dnsName('edge.example.org'), DNS_TYPE_A, words('203.0.113.20')),
  ];
  const plain = (name: string, address: string) => ({
    lookUp: { name, type: 'A' as const, rcode: 'NOERROR' as const, answers: [['A', address]] as const },
    answer: dnsAnswer(name, [dnsRecord(dnsName(name), DNS_TYPE_A, words(address))]),
  });
  const asked: { lookUp: Omit<LoggedLookUp, 'id'>; answer: Uint8Array }[] = [
    {
      lookUp: {
        name: alias,
        type: 'A',
        rcode: 'NOERROR',
        answers: [
          ['CNAME', 'edge.example.org'],
          ['A', '203.0.113.20'],
        ],
      },
      answer: dnsAnswer(alias, answers),
    },
    plain('quiet.example.top', '203.0.113.43'),
    ...['nowhere', 'nothing', 'nobody'].map((label) => ({
      lookUp: { name: `${label}.example.com`, type: 'A' as const, rcode: 'NXDOMAIN' as const, answers: [] },
      answer: missing(dnsAnswer(`${label}.example.com`, [])),
    })),
  ];
  return asked.map(({ lookUp, answer }, index) => {
    const ends = { client: { address: '10.0.0.5', port: port() }, server: RESOLVER };
    const type = lookUp.type === 'A' ? DNS_TYPE_A : DNS_TYPE_AAAA;
    const messages = [client(dnsQuery(1, lookUp.name, type)), server(answer)];
    const packets = sided(udpExchange, { ...ends, start: START + 5 + index, messages });
    return Object.assign(ends, { packets, service: 'dns', lookUp: Object.assign(lookUp, { id: 1 }) });
  });
}

/** The same message with the code for a name that does not exist, in its fourth byte. */
function missing(message: Uint8Array): Uint8Array {
  return message.with(3, (message[3] & 0xf0) | 3);
}
