import { X509Certificate } from 'node:crypto';
import { bufferSource } from 'pcap-ts-parser';
import { describe, expect, it } from 'vitest';
import { textsOf } from '../../../src/analysis/memory/text-pool.ts';
import { analyze } from '../../../src/analysis/pipeline.ts';
import { elementsOf } from '../../../src/analysis/protocols/certificate.ts';
import { DEFAULT_SETTINGS } from '../../../src/analysis/settings.ts';
import { placesOf } from '../../../src/evidence/evidence.ts';
import { evidenceText } from '../../../src/evidence/exchange-text.ts';
import { readEvidence } from '../../../src/evidence/read-evidence.ts';
import { concat, filler, latin1 } from '../../builders/payloads/bytes.ts';
import { type Message, tcpConversation, type TcpConversation, udpExchange } from '../../builders/conversation.ts';
import { certificate } from '../../builders/payloads/certificate.ts';
import { dnsName, dnsQuery, dnsRecord, dnsResponse, overTcp } from '../../builders/payloads/dns.ts';
import { httpRequest, httpResponse } from '../../builders/payloads/http.ts';
import { tls12ServerFlight, tlsAlert, tlsApplicationData, tlsClientHello } from '../../builders/payloads/tls.ts';
import { pcap, snapped } from '../../builders/pcap.ts';
import { CLIENT, ENDS, evidenceOf, SERVER, START } from './read.ts';

const REQUEST = { method: 'POST', path: '/gate.php?id=7', host: 'c2.example', userAgent: 'agent/1\u001b[31m' };

function talk(messages: readonly Message[], more: Partial<TcpConversation> = {}) {
  return tcpConversation({ client: CLIENT, server: SERVER, start: START, messages, ...more });
}

function talkFrom(port: number, messages: readonly Message[]) {
  return talk(messages, { client: { ...CLIENT, port } });
}

function said(from: Message['from'], bytes: Uint8Array): Message {
  return { from, bytes };
}

it('of a certificate the first elements of a sequence are looked through', () => {
  const bytes = concat([0x30, 0x81, 0xc8], ...Array.from({ length: 100 }, () => [0x05, 0x00]));
  expect(elementsOf(bytes, { tag: 0x30, start: 3, end: bytes.length })).toHaveLength(64);
});

it('a packet that two captures hold is one, as the analysis counts it', async () => {
  const packets = talk([
    said('client', httpRequest(REQUEST)),
    said('server', httpResponse({ status: 200, bodyLength: 10 })),
  ]);
  const once = await evidenceOf(packets);
  expect(once.packets).toBe(packets.length);
  expect(await evidenceOf(packets, packets)).toEqual(once);
});

it('is looked for in the first 64 flows of a connection, whatever they say', async () => {
  const silent = (flows: number) => Array.from({ length: flows }, (_, flow) => talkFrom(40_000 + flow, []));
  const asking = talkFrom(50_000, [said('client', httpRequest(REQUEST))]);
  const within = await evidenceOf([...silent(63).flat(), ...asking]);
  expect(within).toMatchObject({ more: false, exchanges: [{ clientPort: 50_000 }] });
  const behind = await evidenceOf([...silent(64).flat(), ...asking]);
  expect(behind).toMatchObject({ more: true, exchanges: [] });
});

describe('requests of HTTP', () => {
  it('are told with their responses, however they are cut into segments', async () => {
    const messages = [
      said('client', httpRequest({ ...REQUEST, bodyLength: 300 })),
      said('server', httpResponse({ status: 404, bodyLength: 2000 })),
      said('client', httpRequest({ ...REQUEST, method: 'GET', path: '/next' })),
      said('server', httpResponse({ status: 200, bodyLength: 10 })),
    ];
    for (const segmentSize of [1, 37, 1460]) {
      const { exchanges, more } = await evidenceOf(talk(messages, { segmentSize }));
      expect(more).toBe(false);
      expect(exchanges).toMatchObject([
        {
          kind: 'http',
          clientPort: CLIENT.port,
          method: 'POST',
          host: 'c2.example',
          path: '/gate.php?id=7',
          userAgent: 'agent/1\\u001b[31m',
          requestBytes: 300,
          status: 404,
          contentType: 'text/html',
          responseBytes: 2000,
        },
        { method: 'GET', path: '/next', requestBytes: 0, status: 200, responseBytes: 10 },
      ]);
    }
  });

  it('count chunks, wait behind interim responses, and read no body where there is none', async () => {
    const chunked =
      'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n3;x=y\r\nyou\r\n0\r\nA: b\r\n\r\n';
    const head = 'HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n';
    const { exchanges } = await evidenceOf(
      talk([
        said('client', httpRequest(REQUEST)),
        said('server', latin1(chunked)),
        said('client', httpRequest({ ...REQUEST, method: 'HEAD' })),
        said('server', latin1(head)),
        said('client', httpRequest({ ...REQUEST, path: '/last' })),
        said('server', latin1('HTTP/1.0 200\r\n\r\nuntil the end')),
      ]),
    );
    expect(exchanges).toMatchObject([
      { status: 200, responseBytes: 8 },
      { method: 'HEAD', status: 200, responseBytes: 0 },
      { path: '/last', status: 200, responseBytes: 13 },
    ]);
  });

  it('go on where a capture cut what came before', async () => {
    const packets = talk([
      said('client', httpRequest({ ...REQUEST, bodyLength: 900 })),
      said(
        'server',
        latin1(`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n384\r\n${'x'.repeat(900)}\r\n0\r\n\r\n`),
      ),
      said('client', httpRequest({ ...REQUEST, method: 'GET', path: '/next' })),
      said('server', httpResponse({ status: 404, bodyLength: 9 })),
    ]);
    const { exchanges } = await evidenceOf(packets.map((packet) => snapped(packet, 300)));
    expect(exchanges).toMatchObject([
      { path: '/gate.php?id=7', status: 200, isCut: false },
      { path: '/next', status: 404, responseBytes: 9 },
    ]);
  });

  it('that are cut and sent one behind the other have each its response', async () => {
    const long = (path: string) => said('client', httpRequest({ ...REQUEST, path, userAgent: 'x'.repeat(900) }));
    const packets = talk([
      long('/a'),
      long('/b'),
      said('server', httpResponse({ status: 200, bodyLength: 5 })),
      said('server', httpResponse({ status: 404, bodyLength: 5 })),
    ]);
    const { exchanges } = await evidenceOf(packets.map((packet) => snapped(packet, 300)));
    expect(exchanges).toMatchObject([
      { path: '/a', status: 200, isCut: true },
      { path: '/b', status: 404, isCut: true },
    ]);
  });

  it('in a tunnel are answered by whom it leads to', async () => {
    const { exchanges } = await evidenceOf(
      talk([
        said('client', latin1('CONNECT c2.example:80 HTTP/1.1\r\nHost: c2.example:80\r\n\r\n')),
        said('server', latin1('HTTP/1.1 200 Connection established\r\n\r\n')),
        said('client', httpRequest(REQUEST)),
        said('server', httpResponse({ status: 404, bodyLength: 9 })),
      ]),
    );
    expect(exchanges).toMatchObject([
      { method: 'CONNECT', status: 200, responseBytes: 0 },
      { path: '/gate.php?id=7', status: 404, responseBytes: 9 },
    ]);
  });

  it('are not what HTTP/2 begins with', async () => {
    const preface = latin1('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
    const upgrade = latin1('GET /up HTTP/1.1\r\nHost: c2.example\r\nUpgrade: h2c\r\n\r\n');
    expect((await evidenceOf(talk([said('client', preface)]))).exchanges).toEqual([]);
    const { exchanges } = await evidenceOf(
      talk([said('client', upgrade), said('server', latin1('HTTP/1.1 101 x\r\n\r\n')), said('client', preface)]),
    );
    expect(exchanges).toMatchObject([{ path: '/up', status: 101 }]);
  });

  it('are ten at most, which is said', async () => {
    const messages = Array.from({ length: 12 }, () => said('client', httpRequest(REQUEST)));
    const { exchanges, more } = await evidenceOf(talk(messages));
    expect(exchanges).toHaveLength(10);
    expect(more).toBe(true);
    expect(exchanges[9]).toMatchObject({ status: null });
  });
});

describe('handshakes of TLS', () => {
  it('are told with certificates in full, as another reader has them', async () => {
    const der = certificate({
      subject: { commonName: 'c2.example', organization: 'Evil, Inc.' },
      issuer: { commonName: 'c2.example', organization: null },
      dnsNames: ['a.example', 'b.example'],
    });
    const packets = talk([
      said('client', tlsClientHello('c2.example')),
      said('server', concat(tls12ServerFlight(der, der), tlsApplicationData(20))),
      said('client', tlsApplicationData(50)),
    ]);
    const { exchanges } = await evidenceOf(packets);
    const { subject, fingerprint, fingerprint256 } = new X509Certificate(der);
    expect(subject).toContain('CN=c2.example');
    const told = {
      subject: 'O=Evil, Inc., CN=c2.example',
      issuer: 'CN=c2.example',
      serial: '07',
      notBefore: '2026-01-01T00:00:00Z',
      notAfter: '2027-01-01T00:00:00Z',
      alternativeNames: ['a.example', 'b.example'],
      signature: 'SHA-256 with RSA',
      sha1: fingerprint.replaceAll(':', '').toLowerCase(),
      sha256: fingerprint256.replaceAll(':', '').toLowerCase(),
    };
    expect(exchanges).toMatchObject([
      {
        kind: 'tls',
        serverName: 'c2.example',
        version: 'TLS 1.2',
        cipher: 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
        certificates: [told, told],
      },
    ]);
  });

  it('are told that begin behind something else', async () => {
    const handshake = [
      said('client', tlsClientHello('c2.example')),
      said('server', concat(tls12ServerFlight(), tlsApplicationData(20))),
    ];
    const before = [
      [
        said('server', latin1('220 mail\r\n')),
        said('client', latin1('STARTTLS\r\n')),
        said('server', latin1('220\r\n')),
      ],
      [said('client', latin1('USER a\r\n')), said('client', latin1('AUTH TLS\r\n')), said('server', latin1('234\r\n'))],
      [said('server', latin1('+OK\r\n')), said('client', latin1('STLS\r\n')), said('server', latin1('+OK\r\n'))],
      [
        said('client', latin1('CONNECT c2.example:443 HTTP/1.1\r\n\r\n')),
        said('server', latin1('HTTP/1.1 200 OK\r\n\r\n')),
      ],
    ];
    for (const messages of before) {
      const { exchanges } = await evidenceOf(talk([...messages, ...handshake]));
      expect(exchanges.at(-1)).toMatchObject({ kind: 'tls', serverName: 'c2.example', version: 'TLS 1.2' });
    }
  });

  it('are told with the alert that a server answers with, and past one that only warns', async () => {
    const hello = said('client', tlsClientHello('c2.example'));
    const refused = await evidenceOf(talk([hello, said('server', tlsAlert(2, 40))], { segmentSize: 500 }));
    expect(refused.exchanges).toMatchObject([{ serverName: 'c2.example', alert: 'handshake_failure', version: '' }]);
    expect(evidenceText(refused)).toContain('the server answered with an alert: handshake_failure, JA3');
    const warned = [hello, said('server', concat(tlsAlert(1, 112), tls12ServerFlight()))];
    for (const segmentSize of [3, 1460]) {
      const { exchanges } = await evidenceOf(talk(warned, { segmentSize }));
      expect(exchanges).toMatchObject([{ alert: '', version: 'TLS 1.2' }]);
    }
  });

  it('are told as far as they go', async () => {
    const hello = tlsClientHello('c2.example');
    const { exchanges } = await evidenceOf(talk([said('client', hello)]));
    expect(exchanges).toMatchObject([{ serverName: 'c2.example', version: '', certificates: [] }]);
    expect((await evidenceOf(talk([said('client', hello.subarray(0, 40))]))).exchanges).toEqual([]);
  });
});

describe('questions of DNS', () => {
  const server = { address: SERVER.address, port: 53 };

  it('are told with their answers, over UDP and TCP', async () => {
    const messages = [
      said('client', dnsQuery(7, 'a.example')),
      said('server', dnsResponse(7, 'a.example', ['198.51.100.1', '198.51.100.2'])),
      said('client', dnsQuery(8, 'nothing.example')),
      said('server', dnsResponse(8, 'nothing.example', [])),
      said('client', dnsQuery(9, 'silent.example')),
    ];
    const expected = [
      { kind: 'dns', name: 'a.example', type: 'A', result: 'NOERROR', answers: ['A 198.51.100.1', 'A 198.51.100.2'] },
      { name: 'nothing.example', result: 'NXDOMAIN', answers: [] },
      { name: 'silent.example', result: null },
    ];
    const overUdp = udpExchange({ client: CLIENT, server, start: START, messages });
    expect((await evidenceOf(overUdp)).exchanges).toMatchObject(expected);
    const inTcp = messages.map(({ from, bytes }) => said(from, overTcp(bytes)));
    expect((await evidenceOf(talk(inTcp, { server, segmentSize: 11 }))).exchanges).toMatchObject(expected);
  });

  it('show texts and names of records', async () => {
    const records = [
      dnsRecord(dnsName('t.example'), 16, concat([3], latin1('a"b'))),
      dnsRecord([0xc0, 12], 5, dnsName('c.example')),
    ];
    const query = dnsQuery(1, 't.example');
    const answer = concat([0, 1, 0x81, 0x80, 0, 1, 0, 2, 0, 0, 0, 0], query.subarray(12), ...records);
    const packets = udpExchange({
      client: CLIENT,
      server,
      start: START,
      messages: [said('client', query), said('server', answer)],
    });
    expect((await evidenceOf(packets)).exchanges).toMatchObject([{ answers: ['TXT "a"b"', 'CNAME c.example'] }]);
  });
});

describe('an answer of DNS', () => {
  const server = { address: SERVER.address, port: 53 };
  const query = dnsQuery(1, 't.example');
  const answerOf = (records: readonly Uint8Array[]): Uint8Array =>
    concat([0, 1, 0x81, 0x80, 0, 1, 0, records.length, 0, 0, 0, 0], query.subarray(12), ...records);
  const address = dnsRecord([0xc0, 12], 1, [192, 0, 2, 1]);

  it('over TCP is told however long it is, and so is what comes behind it', async () => {
    const text = dnsRecord([0xc0, 12], 16, concat([255], filler(255)));
    const messages = [
      said('client', overTcp(query)),
      said('server', overTcp(answerOf(Array.from({ length: 100 }, () => text)))),
      said('client', overTcp(dnsQuery(2, 'next.example'))),
      said('server', overTcp(dnsResponse(2, 'next.example', ['192.0.2.2']))),
    ];
    expect((await evidenceOf(talk(messages, { server }))).exchanges).toMatchObject([
      { name: 't.example', result: 'NOERROR', otherAnswers: 80 },
      { name: 'next.example', result: 'NOERROR' },
    ]);
  });

  it('that the capture cut says how many records are not there', async () => {
    const messages = [said('client', query), said('server', answerOf([address, address, address]))];
    const packets = udpExchange({ client: CLIENT, server, start: START, messages });
    const cutBehind = 42 + query.length + address.length;
    const evidence = await evidenceOf(packets.map((packet) => snapped(packet, cutBehind)));
    expect(evidence.exchanges).toMatchObject([{ answers: ['A 192.0.2.1'], otherAnswers: 2 }]);
    expect(evidenceText(evidence)).toContain('A t.example: NOERROR, A 192.0.2.1 and 2 more');
  });

  it('to what a group is asked is not missed where nobody sends one', async () => {
    const group = { address: '224.0.0.251', port: 5353 };
    const packets = udpExchange({ client: CLIENT, server: group, start: START, messages: [said('client', query)] });
    const ends = { ...ENDS, destination: group.address };
    const [evidence] = await readEvidence([bufferSource(pcap({ packets }))], [[ends]], { openTunnels: false });
    expect(evidence.exchanges).toMatchObject([{ name: 't.example', toGroup: true, result: null }]);
    expect(evidenceText(evidence)).not.toContain('no answer');
  });
});

describe('a connection', () => {
  it('has its first bytes each way', async () => {
    const { firstSent, firstReceived } = await evidenceOf(
      talk([said('client', latin1('hello')), said('server', new Uint8Array(400).fill(7))]),
    );
    expect(firstSent).toEqual(latin1('hello'));
    expect(firstReceived).toEqual(new Uint8Array(256).fill(7));
  });

  it('in which nothing was said is told apart from one of which only headers were kept', async () => {
    const silent = await evidenceOf(talk([]));
    expect(silent).toMatchObject({ hasSent: false, hasReceived: false });
    expect(evidenceText(silent)).toBe('Neither side said anything: no packet of it has payload.\n');
    const packets = talk([said('client', latin1('hello'))]);
    const cut = await evidenceOf(packets.map((packet) => snapped(packet, 54)));
    expect(cut).toMatchObject({ hasSent: true, hasReceived: false });
    expect(evidenceText(cut)).toMatch(/only headers/);
    expect(await evidenceOf(packets)).toMatchObject({ hasSent: true, hasReceived: false });
  });

  it('has no packets in what is no capture of it', async () => {
    const found = await evidenceOf([]);
    expect(found).toMatchObject({ packets: 0, exchanges: [] });
    expect(evidenceText(found)).toMatch(/^No packets/);
  });
});

describe('what is asked of a proxy', () => {
  /** A request for a host, minutes after the first. */
  const asking = (host: string, clientPort: number, minutes: number) =>
    tcpConversation({
      client: { ...CLIENT, port: clientPort },
      server: SERVER,
      start: START + 60 * minutes,
      messages: [
        {
          from: 'client',
          bytes: httpRequest({ method: 'GET', path: `http://${host}/a`, host, userAgent: 'agent' }),
        },
        { from: 'server', bytes: httpResponse({ status: 200, bodyLength: 20 }) },
      ],
    });

  it('is shown of the flows that go to one host alone, also where a port serves twice', async () => {
    const talks = [asking('a.example', 50_000, 0), asking('b.example', 50_001, 1), asking('b.example', 50_000, 9)];
    const source = bufferSource(pcap({ packets: talks.flat() }), 'capture');
    const analysis = await analyze([source], DEFAULT_SETTINGS);
    const { connections, addresses } = analysis.report({ ...DEFAULT_SETTINGS, minFlows: 0 });
    const names = textsOf(addresses);
    const details = Array.from(connections.group, (group) => analysis.detail(group));
    const places = details.map((detail) => placesOf(CLIENT.address, detail.ends, detail));
    const found = await readEvidence([source], places, { openTunnels: false });
    const hosts = found.map(({ exchanges }) => exchanges.map((one) => (one.kind === 'http' ? one.host : '')));
    expect(Object.fromEntries(hosts.map((of, row) => [names[connections.destination[row]], of]))).toEqual({
      'a.example': ['a.example'],
      'b.example': ['b.example', 'b.example'],
    });
  });
});
