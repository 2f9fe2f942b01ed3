import { bufferSource, readPackets } from 'pcap-ts-parser';
import { expect, it, vi } from 'vitest';
import { DnsCollector } from '../../../src/analysis/dns/collector.ts';
import { readFlowLog } from '../../../src/analysis/flow-logs/read.ts';
import { Gathered } from '../../../src/analysis/gathered.ts';
import { analyze } from '../../../src/analysis/pipeline.ts';
import { PayloadInspector } from '../../../src/analysis/inspect/flow-inspector.ts';
import { HostSightings } from '../../../src/analysis/inspect/hosts/host-sightings.ts';
import { HostNames } from '../../../src/analysis/inspect/names/host-names.ts';
import { MacLinks } from '../../../src/analysis/inspect/hosts/mac-links.ts';
import { sightingsLeftOut } from '../../../src/analysis/reading-warnings.ts';
import { DEFAULT_SETTINGS } from '../../../src/analysis/settings.ts';
import { sampleCapture } from '../../builders/sample.ts';
import { manyFlowsCapture } from '../../builders/sessions/many-flows.ts';

/** What a meter of few flows leaves out of a capture of ten is among what is said. */
it('says that flows found no room, and how many packets they have', async () => {
  const gathered = new Gathered(DEFAULT_SETTINGS, () => '', { mostFlows: 4 });
  await readPackets(bufferSource(manyFlowsCapture(10)), (packet) => gathered.add(packet));
  expect(gathered.leftOut()).toEqual([
    {
      kind: 'flows-full',
      offset: null,
      message: expect.stringMatching(
        /^there are more than 4 flows: .* only the packets are counted, 6 of them$/,
      ) as string,
    },
  ]);
  const { flows, read } = gathered.finish();
  expect([flows.length, read.flowPackets]).toEqual([4, 4]);
});

it('gives a result of as many flows as whoever asks has memory for, and says so', async () => {
  const source = bufferSource(manyFlowsCapture(10), 'many.pcap');
  const analysis = await analyze([source], DEFAULT_SETTINGS, undefined, undefined, null, 3);
  expect(analysis.flows.length).toBe(3);
  expect(analysis.captures).toMatchObject([{ packets: 10, warnings: [{ kind: 'flows-full' }] }]);
});

it('says that names and other texts of logs found no room', async () => {
  const gathered = new Gathered(DEFAULT_SETTINGS, () => '');
  gathered.logs.names.most = 4;
  const rows = Array.from(
    { length: 9 },
    (_, row) => `10.0.0.1,203.0.113.9,443,${1_700_000_000_000 + row},a${row}.example\n`,
  );
  const csv = `src_ip,dst_ip,dst_port,bidirectional_first_seen_ms,requested_server_name\n${rows.join('')}`;
  const log = bufferSource(new TextEncoder().encode(csv), 'flows.csv');
  await readFlowLog(log, { kind: 'flow-csv', rows: 'lines' }, gathered.logs, () => {});
  expect(gathered.leftOut()).toMatchObject([
    { kind: 'texts-full', message: expect.stringContaining(': 6 of later') as string },
  ]);
});

it('gives something meanwhile from the first flow on, and as long as there is memory for it', async () => {
  const gathered = new Gathered(DEFAULT_SETTINGS, () => '', { mostSoFar: 50 });
  expect(gathered.soFar()).toBeNull();
  const lengths: number[] = [];
  let packets = 0;
  await readPackets(bufferSource(sampleCapture()), (packet) => {
    gathered.add(packet);
    if (++packets % 20 === 0) lengths.push(gathered.soFar()?.flows.length ?? 0);
  });
  const none = lengths.indexOf(0);
  expect(none).toBeGreaterThan(2);
  expect(lengths.slice(0, none)).toEqual(lengths.slice(0, none).toSorted((a, b) => a - b));
  expect(Math.max(...lengths)).toBeLessThanOrEqual(50);
  expect(lengths.slice(none).every((length) => length === 0)).toBe(true);
  expect(gathered.finish().flows.length).toBeGreaterThan(50);
});

it('says that names of rows and of DNS were not told apart', () => {
  const gathered = new Gathered(DEFAULT_SETTINGS, () => '');
  const dns = Object.assign(new DnsCollector(), { untold: 7 });
  dns.missing.lost = 8;
  dns.times.leftOut = 9;
  Object.assign(gathered, { dns });
  gathered.logs.siblings.keys.leftOut = 5;
  expect(gathered.leftOut()).toMatchObject([
    { kind: 'names-full', message: 'there are more names of connections than are kept: 5 were left out' },
    { kind: 'dns-names-full', message: expect.stringContaining('not counted in 7 messages') as string },
    { kind: 'dns-missing-full', message: expect.stringContaining(': 8 such names') as string },
    { kind: 'dns-times-full', message: expect.stringContaining(': 9 do not count') as string },
  ]);
});

it('says that names and MAC addresses of hosts found no room', () => {
  const links = new MacLinks();
  for (let mac = 1; mac <= (1 << 16) + 3; mac++) links.add(mac, 0x0a000001, 'sent');
  for (let mac = 1; mac <= 9; mac++) links.add(mac, 0x0a000001, 'sent');
  for (let name = 0; name < 12; name++) links.tell(5, 'name', `host-${name}`, 0);
  links.tell(5, 'name', 'host-0', 1);
  const names = new HostNames();
  const address = new Uint8Array(4);
  for (let number = 0; number < 200_005; number++) {
    new DataView(address.buffer).setUint32(0, number);
    names.add(address, 'a');
  }
  names.add(Uint8Array.of(0, 0, 0, 1), 'b');
  const said = sightingsLeftOut(Object.assign(new HostSightings(), { leftOut: 2 }), links, names);
  expect(said).toEqual([
    { kind: 'host-names-full', offset: null, message: expect.stringContaining(': 5 names') as string },
    { kind: 'hosts-full', offset: null, message: expect.stringContaining('2 messages with new ones') as string },
    { kind: 'macs-full', offset: null, message: expect.stringContaining('what 7 frames say') as string },
  ]);
});

it('says that answers of DNS found no room, and which were forgotten', () => {
  const gathered = new Gathered(DEFAULT_SETTINGS, () => '');
  expect(gathered.leftOut()).toEqual([]);
  gathered.logs.questions.leftOut = 7;
  const forgotten = vi.spyOn(PayloadInspector.prototype, 'answersForgotten', 'get').mockReturnValue(9);
  const said = gathered.leftOut().map(({ message }) => message);
  forgotten.mockRestore();
  expect(said).toEqual([expect.stringContaining(': 7 answers'), expect.stringContaining(': 9 answers')]);
});
