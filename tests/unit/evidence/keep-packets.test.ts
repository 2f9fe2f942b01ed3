import { bufferSource } from 'pcap-ts-parser';
import { describe, expect, it, vi } from 'vitest';
import { PacketEnds } from '../../../src/analysis/net/packet-ends.ts';
import { MOST_KEPT, placesOf } from '../../../src/evidence/evidence.ts';
import { follow } from '../../../src/evidence/follow.ts';
import { keptPackets } from '../../../src/evidence/keep-packets.ts';
import { readEvidence } from '../../../src/evidence/read-evidence.ts';
import { tcpConversation, udpExchange } from '../../builders/conversation.ts';
import { fragmented } from '../../builders/fragments.ts';
import { httpRequest, httpResponse } from '../../builders/payloads/http.ts';
import { byTime, pcap } from '../../builders/pcap.ts';
import { timedUdp } from '../../builders/sessions/timed.ts';
import { CLIENT, SERVER, START } from './read.ts';

const SETTINGS = { openTunnels: false };
const REQUEST = { method: 'POST', path: '/gate.php', host: 'c2.example', userAgent: 'agent/1' };
const PROTOCOL_TCP = 6;
const PROTOCOL_UDP = 17;

/** A conversation of the client with a server, of a response of so many bytes. */
function talk(address: string, clientPort: number, bodyLength: number) {
  return tcpConversation({
    client: { ...CLIENT, port: clientPort },
    server: { address, port: SERVER.port },
    start: START + clientPort,
    messages: [
      { from: 'client', bytes: httpRequest(REQUEST) },
      { from: 'server', bytes: httpResponse({ status: 200, bodyLength }) },
    ],
  });
}

const placeOf = (address: string) => placesOf(CLIENT.address, [{ address, protocol: PROTOCOL_TCP, port: SERVER.port }]);

describe('packets that are kept', () => {
  const packets = [
    ...talk(SERVER.address, 50_000, 400),
    ...talk('203.0.113.10', 50_001, 20),
    ...talk('2001:db8::9', 50_002, 20),
  ].sort(byTime);
  const source = bufferSource(pcap({ packets }), 'all.pcap');

  it('say of their connections what the captures say, and nothing of others', async () => {
    const places = [placeOf(SERVER.address), placeOf('2001:db8::9')];
    const { pcapng, told } = await keptPackets([source], places, SETTINGS);
    expect(told).toEqual({ connections: 2, cut: 0, bytesEach: 4 << 20 });
    const kept = bufferSource(pcapng, 'kept');
    const [first, second, other] = await readEvidence([kept], [...places, placeOf('203.0.113.10')], SETTINGS);
    expect([first, second]).toEqual(await readEvidence([source], places, SETTINGS));
    expect(first.exchanges).toHaveLength(1);
    expect(other.packets).toBe(0);
    expect(await follow([kept], places[0], SETTINGS)).toEqual(await follow([source], places[0], SETTINGS));
  });

  it('are the first of each connection, as many as all have room for', async () => {
    const large = Array.from({ length: 5 }, (_, at) => talk(SERVER.address, 40_000 + at, 1_500_000)).flat();
    const mixed = bufferSource(pcap({ packets: [...large, ...packets].sort(byTime) }), 'large.pcap');
    const places = [placeOf(SERVER.address), placeOf('203.0.113.10')];
    const { pcapng, told } = await keptPackets([mixed], places, SETTINGS);
    expect(told).toMatchObject({ connections: 2, cut: 1 });
    expect(pcapng.length).toBeLessThan(5 << 20);
    expect(pcapng.length).toBeGreaterThan(3 << 20);
    const kept = bufferSource(pcapng, 'kept');
    const [first, second] = await readEvidence([kept], places, SETTINGS);
    const [whole] = await readEvidence([mixed], places, SETTINGS);
    expect(first.exchanges.slice(0, 2)).toEqual(whole.exchanges.slice(0, 2));
    expect(second).toEqual((await readEvidence([source], [places[1]], SETTINGS))[0]);
  });

  it('are those of the first connections where there are very many', async () => {
    const others = Array.from({ length: MOST_KEPT }, (_, at) => placeOf(`198.51.${at >> 8}.${at & 255}`));
    const { told, pcapng } = await keptPackets([source], [...others, placeOf(SERVER.address)], SETTINGS);
    expect(told).toEqual({ connections: MOST_KEPT, cut: 0, bytesEach: 16 << 10 });
    expect((await readEvidence([bufferSource(pcapng, 'kept')], [placeOf(SERVER.address)], SETTINGS))[0].packets).toBe(
      0,
    );
  });

  it('are found among very many of hosts that send to themselves without asking each', async () => {
    const hosts = Array.from({ length: 500 }, (_, at) => `198.51.${at >> 8}.${at & 255}`);
    const sent = hosts.flatMap((address) =>
      timedUdp({ client: { address, port: 4000 }, server: { address, port: 5000 }, start: START }, [
        { at: 0, from: 'client', bytes: Uint8Array.of(1) },
      ]),
    );
    const places = hosts.map((address) => placesOf(address, [{ address, protocol: PROTOCOL_UDP, port: 5000 }]));
    const compared = vi.spyOn(PacketEnds.prototype, 'isSent');
    const { pcapng } = await keptPackets([bufferSource(pcap({ packets: sent }))], places, SETTINGS);
    expect(compared.mock.calls.length).toBeLessThan(2 * hosts.length);
    compared.mockRestore();
    const kept = await readEvidence([bufferSource(pcapng, 'kept')], places.slice(-1), SETTINGS);
    expect(kept[0].packets).toBe(1);
  });

  it('have four megabytes of later fragments at most', async () => {
    const server = { address: SERVER.address, port: 53 };
    const messages = [{ from: 'client' as const, bytes: new Uint8Array(20_000) }];
    const [whole] = udpExchange({ client: CLIENT, server, start: START, messages });
    const [first, ...later] = fragmented(whole, 1480, 7);
    const repeated = Array.from({ length: 250 }, () => later).flat();
    const places = [placesOf(CLIENT.address, [{ address: server.address, protocol: PROTOCOL_UDP, port: 53 }])];
    const { pcapng } = await keptPackets([bufferSource(pcap({ packets: [first, ...repeated] }))], places, SETTINGS);
    expect(repeated.length * 1480).toBeGreaterThan(4.5 * 2 ** 20);
    expect(pcapng.length).toBeGreaterThan(3.5 * 2 ** 20);
    expect(pcapng.length).toBeLessThan(4.2 * 2 ** 20);
  });
});
