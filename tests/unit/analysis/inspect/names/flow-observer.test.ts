import type { Packet } from 'pcap-ts-parser';
import { describe, expect, it } from 'vitest';
import { FlowObserver } from '../../../../../src/analysis/inspect/names/flow-observer.ts';
import { DONE, TOLD } from '../../../../../src/analysis/flows/inspector.ts';
import { NAME_SOURCES } from '../../../../../src/analysis/flows/name-sources.ts';
import { concat, filler, latin1 } from '../../../../builders/payloads/bytes.ts';
import { dhcpRequest } from '../../../../builders/payloads/dhcp.ts';
import { dnsAnswer, dnsQuery, dnsRecord, dnsResponse, overTcp } from '../../../../builders/payloads/dns.ts';
import { httpRequest, httpResponse } from '../../../../builders/payloads/http.ts';
import { ntpClient } from '../../../../builders/payloads/ntp.ts';
import { tcpPacket, udpPacket } from '../../../../builders/payloads/packet.ts';
import { cryptoFrame, QUIC_1, QUIC_Q050, quicChlo, quicInitial } from '../../../../builders/payloads/quic.ts';
import { tlsAlert, tlsApplicationData, tlsClientHello, tlsServerHello } from '../../../../builders/payloads/tls.ts';

/** A packet with its direction: true from the flow's source. */
type Step = [packet: Packet, forward: boolean];

/** Feeds one flow until it is done: its name, where that came from, and how many packets were looked into. */
function lookInto(steps: readonly Step[]): { name: string; source: string; looked: number } {
  const observer = new FlowObserver();
  let looked = 0;
  for (const [packet, forward] of steps) {
    looked++;
    if (observer.observe(0, packet, forward, 0, 0) === DONE) break;
  }
  const { name, nameSource } = observer.end(0);
  return { name, source: NAME_SOURCES[nameSource], looked };
}

/** The payload as in-order segments from source to destination, cut at the given positions. */
function segments(payload: Uint8Array, cuts: readonly number[], port = 443): Step[] {
  const bounds = [0, ...cuts, payload.length];
  return bounds.slice(1).map((end, i): Step => {
    return [tcpPacket(2000, port, 1000 + bounds[i], payload.subarray(bounds[i], end)), true];
  });
}

const query = (name: string): Step => [udpPacket(1000, 53, dnsQuery(1, name)), true];
const response = (name: string, addresses: string[]): Step => [
  udpPacket(53, 1000, dnsResponse(1, name, addresses)),
  false,
];
const request = (host: string | null): Uint8Array =>
  httpRequest({ method: 'GET', path: '/', host, userAgent: 'curl/8' });

describe('FlowObserver on QUIC', () => {
  it('names the server of a hello that is protected, of TLS or of Google, and ends with that of Google', () => {
    const options = { clientConnectionId: Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8]), paddedTo: 1200 };
    const tls = cryptoFrame(0, tlsClientHello('tls.example').subarray(5));
    const google = cryptoFrame(0, quicChlo({ 'SNI\0': 'google.example', UAID: 'Chrome/80' }), 8);
    const sent = (frames: Uint8Array, version: number): Step => [
      udpPacket(50_000, 4433, quicInitial(frames, { ...options, version })),
      true,
    ];
    const more: Step = [udpPacket(50_000, 4433, filler(40)), true];
    expect(lookInto([sent(tls, QUIC_1), more])).toEqual({ name: 'tls.example', source: 'quic', looked: 2 });
    expect(lookInto([sent(google, QUIC_Q050), more])).toEqual({ name: 'google.example', source: 'quic', looked: 1 });
  });
});

describe('FlowObserver on DNS', () => {
  it('names a query, and ends with the answer', () => {
    expect(lookInto([query('a.example'), response('a.example', ['192.0.2.1']), query('b.example')])).toEqual({
      name: 'a.example',
      source: 'dns',
      looked: 2,
    });
  });

  it('has the name of the last message, past responses without records', () => {
    expect(
      lookInto([
        query('first.example'),
        query('second.example'),
        response('first.example', []),
        query('third.example'),
      ]),
    ).toEqual({ name: 'third.example', source: 'dns', looked: 4 });
  });

  it('names a flow that begins with a response', () => {
    const packet = udpPacket(53, 1006, dnsResponse(1, 'response.first', []));
    expect(lookInto([[packet, true]]).name).toBe('response.first');
  });

  it('keeps the name when something unreadable follows', () => {
    expect(lookInto([query('a.example'), [udpPacket(1000, 53, filler(40)), true]]).name).toBe('a.example');
    expect(lookInto([query('a.example'), query('')]).name).toBe('a.example');
  });

  it('knows DNS on port 53 only', () => {
    expect(lookInto([[udpPacket(1010, 5300, dnsQuery(1, 'odd.example')), true]])).toEqual({
      name: '',
      source: '',
      looked: 1,
    });
  });

  it('reads DNS over TCP, split anywhere', () => {
    const message = overTcp(dnsQuery(1, 'tcp.example'));
    expect(lookInto(segments(message, [], 53))).toEqual({ name: 'tcp.example', source: 'dns', looked: 1 });
    for (let cut = 1; cut < message.length; cut++)
      expect(lookInto(segments(message, [cut], 53)).name).toBe('tcp.example');
  });

  it('ends with the answer over TCP too', () => {
    const answer = overTcp(dnsResponse(1, 'tcp.example', ['192.0.2.1']));
    const steps: Step[] = [
      ...segments(overTcp(dnsQuery(1, 'tcp.example')), [], 53),
      [tcpPacket(53, 2000, 1, answer), false],
    ];
    expect(lookInto([...steps, ...steps])).toEqual({ name: 'tcp.example', source: 'dns', looked: 2 });
  });
});

describe('FlowObserver on an answer over TCP that is longer than what is kept of it', () => {
  const texts = Array.from({ length: 80 }, () => dnsRecord([0xc0, 12], 16, concat([255], filler(255))));
  /** All addresses of these packets. */
  const address = dnsRecord([0xc0, 12], 1, [0x16, 0x16, 0x16, 0x16]);
  const nameIn = (answer: Uint8Array): string => {
    const observer = new FlowObserver();
    for (let at = 0; at < answer.length; at += 1460) {
      observer.observe(0, tcpPacket(53, 2000, 1 + at, answer.subarray(at, at + 1460)), false, 0, 0);
    }
    return observer.resolutions.nameFor(tcpPacket(2000, 443, 1, filler(1)), 1);
  };

  it('learns the addresses that come first', () => {
    expect(nameIn(overTcp(dnsAnswer('long.example', [address, ...texts])))).toBe('long.example');
    expect(nameIn(overTcp(dnsAnswer('long.example', [...texts.slice(0, 50), address, ...texts])))).toBe('long.example');
  });

  it('learns nothing of one whose other end is not there, and might be none', () => {
    expect(nameIn(overTcp(dnsAnswer('long.example', [address, ...texts])).subarray(0, 4000))).toBe('');
  });
});

describe('FlowObserver on TLS', () => {
  it('names a ClientHello on any port', () => {
    const hello = tlsClientHello('www.example.com');
    expect(lookInto(segments(hello, []))).toEqual({ name: 'www.example.com', source: 'tls', looked: 1 });
    expect(lookInto(segments(hello, [], 8443)).name).toBe('www.example.com');
    expect(lookInto(segments(hello, [], 53)).source).toBe('tls');
  });

  it('has been told all by a client whose whole hello names a host, and not by its server', () => {
    const observer = new FlowObserver();
    const [[first], [second]] = segments(tlsClientHello('www.example.com'), [100]);
    expect(observer.observe(0, first, true, 0, 0)).not.toBe(TOLD);
    expect(observer.observe(0, second, true, 0, 0)).toBe(TOLD);
    expect(observer.observe(0, tcpPacket(443, 2000, 1, tlsServerHello()), false, 0, 0)).toBe(DONE);
    expect(new FlowObserver().observe(0, tcpPacket(2000, 443, 1, tlsClientHello(null)), true, 0, 0)).not.toBe(TOLD);
  });

  it('joins a hello split anywhere', () => {
    const hello = tlsClientHello('split.example');
    for (let cut = 1; cut < hello.length; cut++) expect(lookInto(segments(hello, [cut])).name).toBe('split.example');
    const everyByte = Array.from({ length: hello.length - 1 }, (_, i) => i + 1);
    expect(lookInto(segments(hello, everyByte)).name).toBe('split.example');
  });

  it('joins a hello with retransmissions and packets of the other direction in between', () => {
    const [first, second] = segments(tlsClientHello('split.example', { paddingBefore: 1500 }), [1400]);
    const other: Step = [tcpPacket(443, 2000, 77, filler(20)), false];
    expect(lookInto([first, first, other, second]).name).toBe('split.example');
  });

  it('names a hello later in the flow, whoever sends it', () => {
    const banner: Step = [tcpPacket(25, 2000, 1, latin1('220 mail.example ESMTP\r\n')), false];
    expect(lookInto([banner, ...segments(tlsClientHello('starttls.example'), [])]).name).toBe('starttls.example');
    expect(lookInto([[tcpPacket(2000, 443, 1, tlsClientHello('back.example')), false]]).name).toBe('back.example');
  });

  it('has no name where the part that holds it is missing', () => {
    const parts = segments(tlsClientHello('lost.example', { paddingBefore: 1000 }), [400, 800]);
    expect(lookInto([parts[0], parts[2]]).name).toBe('');
    expect(lookInto([parts[1], parts[2]]).name).toBe('');
  });

  it('joins a hello whose segments come out of order, also where only its SYN came before', () => {
    const parts = segments(tlsClientHello('late.example', { paddingBefore: 1000, recordLimit: 300 }), [400, 800]);
    expect(lookInto([parts[0], parts[2], parts[1]])).toEqual({ name: 'late.example', source: 'tls', looked: 3 });
    const observer = new FlowObserver();
    for (const [part, missing] of [
      [2, 800],
      [1, 400],
      [0, 0],
    ])
      observer.observe(0, ...parts[part], missing, 0);
    expect(observer.end(0).name).toBe('late.example');
  });

  it('begins again with a hello behind a hole', () => {
    const [first] = segments(tlsClientHello('lost.example', { paddingBefore: 1000 }), [400]);
    const fresh: Step = [tcpPacket(2000, 443, 900_000, tlsClientHello('fresh.example')), true];
    expect(lookInto([first, fresh]).name).toBe('fresh.example');
  });

  it('does not wait for the rest of a segment that the capture cut', () => {
    const hello = tlsClientHello('cut.example', { paddingBefore: 200 });
    const [first, second] = segments(hello, [100]);
    first[0].wireLength += 50;
    expect(lookInto([first, second]).name).toBe('');
  });

  it('names nothing else of TLS', () => {
    const steps: Step[] = [
      ...segments(tlsClientHello(null), []),
      [tcpPacket(443, 2000, 1, tlsServerHello()), false],
      [tcpPacket(2000, 443, 5000, tlsApplicationData(300)), true],
    ];
    expect(lookInto(steps)).toEqual({ name: '', source: '', looked: 2 });
  });
});

it("FlowObserver reads a server's hello behind a warning, and behind a proxy's answer", () => {
  const hello = tlsServerHello();
  const answer = latin1('HTTP/1.1 200 Connection established\r\n\r\n');
  for (const sent of [hello, concat(tlsAlert(1, 112), hello), concat(answer, hello)]) {
    for (const cuts of [[], [answer.length + 20], [answer.length]]) {
      const observer = new FlowObserver();
      for (const [packet] of segments(sent, cuts)) observer.observe(0, packet, false, 0, 0);
      expect(observer.end(0).ja4s).toMatch(/^t130100_1301_/);
    }
  }
});

describe('FlowObserver on HTTP', () => {
  it('names the Host on any port, once', () => {
    const steps = [...segments(request('first.example'), [], 8080), ...segments(request('second.example'), [], 8080)];
    expect(lookInto(steps)).toEqual({ name: 'first.example', source: 'http', looked: 2 });
  });

  it('joins a header split anywhere', () => {
    const bytes = request('split.example');
    for (let cut = 3; cut < bytes.length; cut++)
      expect(lookInto(segments(bytes, [cut], 80)).name).toBe('split.example');
  });

  it('reads a request behind empty lines, in one segment or several', () => {
    const bytes = concat(latin1('\r\n\n\r\n'), request('behind.example'));
    for (const cuts of [[], [2], [5], [9], [40]])
      expect(lookInto(segments(bytes, cuts, 80))).toMatchObject({ name: 'behind.example', source: 'http' });
  });

  it('looks on after a request without Host and after responses', () => {
    const steps: Step[] = [
      ...segments(request(null), [], 80),
      [tcpPacket(80, 2000, 1, httpResponse({ status: 200, bodyLength: 50 })), false],
      [tcpPacket(2000, 80, 9000, request('later.example')), true],
    ];
    expect(lookInto(steps)).toEqual({ name: 'later.example', source: 'http', looked: 3 });
  });

  it('names the target of CONNECT', () => {
    expect(lookInto(segments(latin1('CONNECT proxy.example:443 HTTP/1.1\r\n\r\n'), [], 3128)).name).toBe(
      'proxy.example',
    );
  });

  it('gives up on a header without end', () => {
    const endless = latin1(`GET / HTTP/1.1\r\nCookie: ${'x'.repeat(20_000)}\r\nHost: late.example\r\n\r\n`);
    const cuts = Array.from({ length: 14 }, (_, i) => (i + 1) * 1400);
    expect(lookInto(segments(endless, cuts, 80)).name).toBe('');
  });
});

describe('FlowObserver on DHCP', () => {
  it('names the client', () => {
    const packet = udpPacket(68, 67, dhcpRequest([2, 0, 0, 0, 0, 7], 'Office-PC'));
    expect(lookInto([[packet, true]])).toEqual({ name: 'office-pc', source: 'dhcp', looked: 1 });
    packet.destinationPort = 4011;
    expect(lookInto([[packet, true]]).name).toBe('');
  });
});

describe('FlowObserver', () => {
  it('is done at once with what names no host', () => {
    const icmp = udpPacket(0, 0, filler(56));
    icmp.protocol = 1;
    const names = new FlowObserver();
    expect(names.observe(0, icmp, true, 0, 0)).toBe(DONE);
    expect(names.observe(1, udpPacket(123, 123, ntpClient()), true, 0, 0)).toBe(DONE);
  });

  it('holds each flow apart from the others', () => {
    const names = new FlowObserver();
    const hosts = ['a.example', 'b.example', 'a.example'];
    const parts = hosts.map((host) => segments(tlsClientHello(host, { paddingBefore: 500 }), [300]));
    for (const half of [0, 1]) {
      parts.forEach((flow, number) => names.observe(number, ...flow[half], 0, 0));
    }
    expect([2, 1, 0].map((flow) => names.end(flow).name)).toEqual(['a.example', 'b.example', 'a.example']);
  });

  it('forgets the stream of a flow that has ended', () => {
    const names = new FlowObserver();
    const [first, second] = segments(tlsClientHello('a.example', { paddingBefore: 500 }), [300]);
    names.observe(5, ...first, 0, 0);
    expect(names.end(5).name).toBe('');
    names.observe(5, ...second, 0, 0);
    expect(names.end(5).name).toBe('');
    names.observe(6, ...query('x.example'), 0, 0);
    expect(names.end(6).name).toBe('x.example');
    expect(names.end(5).name).toBe('');
  });

  it('lets go of the oldest beginnings when very many wait for their rest', () => {
    const names = new FlowObserver();
    const [first, second] = segments(tlsClientHello('a.example', { paddingBefore: 500 }), [300]);
    const flows = 5000;
    for (let flow = 0; flow < flows; flow++) names.observe(flow, ...first, 0, 0);
    const named = Array.from({ length: flows }, (_, flow) => {
      names.observe(flow, ...second, 0, 0);
      return names.end(flow).name !== '';
    });
    expect(named.slice(0, flows - 4096)).not.toContain(true);
    expect(named.slice(flows - 2048)).not.toContain(false);
  });
});
