import { bufferSource } from 'pcap-ts-parser';
import { describe, expect, it } from 'vitest';
import { evidenceText } from '../../../src/evidence/exchange-text.ts';
import { readEvidence } from '../../../src/evidence/read-evidence.ts';
import { udpExchange } from '../../builders/conversation.ts';
import { concat, filler, latin1 } from '../../builders/payloads/bytes.ts';
import { dnsName, dnsQuery, dnsRecord, dnsResponse, overTcp } from '../../builders/payloads/dns.ts';
import { pcap, snapped } from '../../builders/pcap.ts';
import { CLIENT, ENDS, evidenceOf, said, SERVER, START, talk } from './read.ts';

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

  it('over TCP that the capture cut is told, and so is what comes behind it', async () => {
    const messages = [
      said('client', overTcp(query)),
      said('server', overTcp(answerOf([address, address, address]))),
      said('client', overTcp(dnsQuery(2, 'next.example'))),
      said('server', overTcp(dnsResponse(2, 'next.example', ['192.0.2.2']))),
    ];
    const packets = talk(messages, { server });
    const cutBehind = 54 + 2 + query.length + address.length;
    const { exchanges } = await evidenceOf(packets.map((packet) => snapped(packet, cutBehind)));
    expect(exchanges).toMatchObject([
      { name: 't.example', result: 'NOERROR', answers: ['A 192.0.2.1'], otherAnswers: 2 },
      { name: 'next.example', result: 'NOERROR' },
    ]);
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
