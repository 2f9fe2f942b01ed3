import { bufferSource } from 'pcap-ts-parser';
import { describe, expect, it } from 'vitest';
import { textsOf } from '../../../src/analysis/memory/text-pool.ts';
import { analyze } from '../../../src/analysis/pipeline.ts';
import { elementsOf } from '../../../src/analysis/protocols/certificate.ts';
import { DEFAULT_SETTINGS } from '../../../src/analysis/settings.ts';
import { placesOf } from '../../../src/evidence/evidence.ts';
import { evidenceText } from '../../../src/evidence/exchange-text.ts';
import { readEvidence } from '../../../src/evidence/read-evidence.ts';
import { type Message, tcpConversation } from '../../builders/conversation.ts';
import { concat, latin1 } from '../../builders/payloads/bytes.ts';
import { httpRequest, httpResponse } from '../../builders/payloads/http.ts';
import { pcap, snapped } from '../../builders/pcap.ts';
import { CLIENT, evidenceOf, said, SERVER, START, talk } from './read.ts';

const REQUEST = { method: 'POST', path: '/gate.php?id=7', host: 'c2.example', userAgent: 'agent/1\u001b[31m' };

function talkFrom(port: number, messages: readonly Message[]) {
  return talk(messages, { client: { ...CLIENT, port } });
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

  it('may have blanks in what they ask for', async () => {
    const { exchanges } = await evidenceOf(
      talk([
        said('client', httpRequest({ ...REQUEST, path: '/?[[ a b ]]' })),
        said('server', httpResponse({ status: 200, bodyLength: 5 })),
      ]),
    );
    expect(exchanges).toMatchObject([{ path: '/?[[ a b ]]', status: 200 }]);
  });

  it('may begin with empty lines', async () => {
    const empty = latin1('\r\n\r\n');
    const { exchanges } = await evidenceOf(
      talk([
        said('client', concat(empty, httpRequest(REQUEST))),
        said('server', httpResponse({ status: 200, bodyLength: 5 })),
        said('client', concat(empty, httpRequest({ ...REQUEST, path: '/next' }))),
      ]),
    );
    expect(exchanges).toMatchObject([{ path: '/gate.php?id=7', status: 200 }, { path: '/next' }]);
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
    const known = await evidenceOf(talk([said('client', preface)]));
    expect(known.exchanges).toEqual([]);
    expect(evidenceText(known)).toContain('No request of HTTP/1, DNS, TLS or QUIC was read.');
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
