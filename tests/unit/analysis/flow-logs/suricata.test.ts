import { describe, expect, it } from 'vitest';
import { eveJson, flowEvent, protocolEvent } from '../../../builders/logs/suricata.ts';
import { analyzeLogs, flowsOf } from './read-logs.ts';

describe('eve.json', () => {
  it('gives a flow for each flow event', async () => {
    const analysis = await analyzeLogs(eveJson([flowEvent(), protocolEvent('alert', { signature: 'x' })]));
    expect(flowsOf(analysis)).toEqual([
      {
        source: '192.168.2.14',
        destination: '209.53.113.5',
        sourcePort: 50_096,
        destinationPort: 80,
        protocol: 6,
        vlanId: 0,
        firstMs: Date.parse('2017-04-07T21:24:30.101Z'),
        lastMs: Date.parse('2017-04-07T21:24:36.500Z'),
        packetsSent: 5,
        packetsReceived: 4,
        bytesSent: 620,
        bytesReceived: 1400,
        name: '',
        nameSource: '',
      },
    ]);
    expect(analysis.captures).toMatchObject([{ format: 'Suricata eve.json', flows: 1, warnings: [] }]);
    expect(analysis.captures[0].lacks?.join()).toMatch(/packets.*IP bytes/);
  });

  it.each([
    ['tls', { sni: 'Tls.Example' }, 'tls.example', 'tls'],
    ['quic', { sni: 'quic.example' }, 'quic.example', 'tls'],
    ['http', { hostname: 'http.example', url: '/' }, 'http.example', 'http'],
    ['dns', { type: 'query', rrname: 'dns.example' }, 'dns.example', 'dns'],
    ['dns', { version: 3, type: 'request', queries: [{ rrname: 'dns3.example', rrtype: 'A' }] }, 'dns3.example', 'dns'],
  ])('names a flow by its %s event, before or after it', async (type, content, name, nameSource) => {
    const named = protocolEvent(type, content);
    for (const events of [
      [named, flowEvent()],
      [flowEvent(), named],
    ]) {
      const analysis = await analyzeLogs(eveJson([...events, flowEvent({ flow_id: 7 })]));
      expect(flowsOf(analysis).map((flow) => [flow.name, flow.nameSource])).toEqual([
        [name, nameSource],
        ['', ''],
      ]);
    }
  });

  it('names a flow of another file', async () => {
    const analysis = await analyzeLogs(eveJson([flowEvent()]), eveJson([protocolEvent('tls', { sni: 'tls.example' })]));
    expect(flowsOf(analysis)[0].name).toBe('tls.example');
  });

  it('reads times with any offset, or none', async () => {
    const starts = ['2017-04-07T22:24:30.101999-0530', '2017-04-07T22:24:30Z', '2017-04-07T22:24:30.5'];
    const analysis = await analyzeLogs(eveJson(starts.map((start) => flowEvent({}, { start, end: start }))));
    expect(flowsOf(analysis).map(({ firstMs }) => new Date(firstMs).toISOString())).toEqual([
      '2017-04-08T03:54:30.101Z',
      '2017-04-07T22:24:30.000Z',
      '2017-04-07T22:24:30.500Z',
    ]);
  });

  it('keeps the innermost VLAN and protocols without ports', async () => {
    const events = [
      flowEvent({ vlan: [10, 20] }),
      flowEvent({ proto: 'IPv6-ICMP', src_port: undefined, dest_port: undefined }),
    ];
    expect(flowsOf(await analyzeLogs(eveJson(events)))).toMatchObject([
      { vlanId: 20 },
      { protocol: 58, sourcePort: 0, destinationPort: 0 },
    ]);
  });

  it('counts events that cannot be read, and says when there are no flows', async () => {
    const text = `${eveJson([flowEvent(), flowEvent({ flow: null }), flowEvent({}, { start: 'soon' })])}{"event_type":"flow",`;
    const { flows, captures } = await analyzeLogs(text);
    expect(flows.length).toBe(1);
    expect(captures[0].warnings.map(({ message }) => message)).toEqual([
      'line 2 was left out: the flow event has no flow',
      'line 3 was left out: start time invalid',
      'line 4 was left out: the file ends inside it',
    ]);
    const alerts = await analyzeLogs(eveJson([protocolEvent('alert', {})]));
    expect(alerts.captures[0].warnings).toMatchObject([{ kind: 'nothing-used' }]);
  });
});
