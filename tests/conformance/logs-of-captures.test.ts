import { bufferSource } from 'pcap-ts-parser';
import { describe, expect, it } from 'vitest';
import { pairNames } from '../../src/analysis/dns/report.ts';
import { textsOf } from '../../src/analysis/memory/text-pool.ts';
import { analyze } from '../../src/analysis/pipeline.ts';
import type { Analysis } from '../../src/analysis/report/analysis.ts';
import { rowsInOrder } from '../../src/analysis/report/rank.ts';
import { rowFactsOf } from '../../src/analysis/report/row-facts.ts';
import { DEFAULT_SETTINGS } from '../../src/analysis/settings.ts';
import { eveLog } from '../builders/logs/suricata-of.ts';
import type { Talk } from '../builders/logs/talk.ts';
import { longTalk, watchedTalks } from '../builders/logs/watched.ts';
import { type Fingerprints, zeekLogs } from '../builders/logs/zeek-of.ts';
import { byTime, pcap } from '../builders/pcap.ts';

const TALKS = watchedTalks();
/** Kinds of the texts of a connection that are in logs, too. */
const LOGGED_TRACES = new Set(['clientFingerprint', 'serverFingerprint', 'ja4', 'ja4s', 'userAgent', 'certificate']);

function read(...files: (string | Uint8Array)[]): Promise<Analysis> {
  const sources = files.map((content, index) => {
    return bufferSource(typeof content === 'string' ? new TextEncoder().encode(content) : content, `file ${index}`);
  });
  return analyze(sources, DEFAULT_SETTINGS);
}

function captureOf(talks: readonly Talk[]): Promise<Analysis> {
  return read(pcap({ packets: talks.flatMap(({ packets }) => packets).sort(byTime) }));
}

/** Fingerprints as the capture has them: what they are is held against others' values elsewhere. */
function fingerprintsIn({ flows }: Analysis): Fingerprints {
  return ({ client: { address, port } }) => {
    const flow = flows.sourcePort.findIndex(
      (own, at) => own === port && flows.addresses.text(flows.source[at]) === address,
    );
    const text = (column: 'clientFingerprint' | 'serverFingerprint' | 'ja4' | 'ja4s'): string => {
      return flows.texts[flows[column][flow]];
    };
    return { ja3: text('clientFingerprint'), ja3s: text('serverFingerprint'), ja4: text('ja4'), ja4s: text('ja4s') };
  };
}

/** What both have, in the order of the list: connections, names, what software they show, the rhythm, and what is said. */
function seen(analysis: Analysis) {
  const report = analysis.report({ ...DEFAULT_SETTINGS, minFlows: 0 });
  const { connections } = report;
  const [addresses, names] = [textsOf(report.addresses), textsOf(report.names)];
  const facts = rowFactsOf(report);
  return Array.from(rowsInOrder(connections, 'triage'), (row) => ({
    ends: `${addresses[connections.source[row]]} ${addresses[connections.destination[row]]} ${connections.destinationPort[row]}`,
    flows: connections.flows[row],
    name: names[connections.name[row]],
    intervalS: Math.round(connections.joined.intervalS[row]),
    traces: analysis
      .detail(connections.group[row])
      .traces.filter(({ kind }) => LOGGED_TRACES.has(kind))
      .map(({ kind, text, flows }) => `${kind} ${text} ${flows}`)
      .sort(),
    lines: facts.lines(row).map(({ id, points, phrase }) => `${points} ${id}: ${phrase}`),
  }));
}

/** Clients, domains and how often they were asked for, in the order of the list. */
function askedIn(analysis: Analysis): string[] {
  const { dns } = analysis.report(DEFAULT_SETTINGS);
  const nameOf = pairNames(dns);
  return Array.from(dns.queries, (queries, row) => `${nameOf(row).client} ${nameOf(row).domain} ${queries}`);
}

describe('logs of a capture', () => {
  it("Zeek's give the same connections, names, fingerprints and lines", async () => {
    const capture = await captureOf(TALKS);
    const logs = zeekLogs(TALKS, fingerprintsIn(capture));
    expect(seen(await read(...Object.values(logs)))).toEqual(seen(capture));
  });

  it("Suricata's do, too, but for JA4S and bytes of payload, which it has none of", async () => {
    const capture = await captureOf(TALKS);
    const told = (analysis: Analysis) =>
      seen(analysis).map(({ traces, lines, ...row }) =>
        Object.assign(row, {
          traces: traces.filter((trace) => !trace.startsWith('ja4s ')),
          lines: lines.filter((line) => !line.includes(' constant: ') && !line.includes(' uploads: ')),
        }),
      );
    expect(told(await read(eveLog(TALKS, fingerprintsIn(capture))))).toEqual(told(capture));
  });

  it('beside the capture add nothing', async () => {
    const capture = await captureOf(TALKS);
    const logs = Object.values(zeekLogs(TALKS, fingerprintsIn(capture)));
    const packets = pcap({ packets: TALKS.flatMap((talk) => talk.packets).sort(byTime) });
    expect(seen(await read(packets, ...logs))).toEqual(seen(capture));
  });

  it('count what was asked of DNS once, beside the capture and beside each other', async () => {
    const capture = await captureOf(TALKS);
    const fingerprints = fingerprintsIn(capture);
    const logs = Object.values(zeekLogs(TALKS, fingerprints));
    const eve = eveLog(TALKS, fingerprints);
    const packets = pcap({ packets: TALKS.flatMap((talk) => talk.packets).sort(byTime) });
    expect(askedIn(capture).length).toBeGreaterThan(0);
    for (const files of [
      [packets, ...logs],
      [packets, eve],
      [...logs, ...logs],
      [eve, eve],
      [...logs, eve],
      [eve, ...logs],
    ])
      expect(askedIn(await read(...files))).toEqual(askedIn(capture));
  });

  it('have a long connection as one row, which flow meters cut', async () => {
    const talk = longTalk();
    const capture = await captureOf([talk]);
    const fingerprints = fingerprintsIn(capture);
    for (const logs of [Object.values(zeekLogs([talk], fingerprints)), [eveLog([talk], fingerprints)]]) {
      const analysis = await read(...logs);
      expect(analysis.flows.length).toBe(1);
      const [long] = [analysis, capture].map((one) => one.report(DEFAULT_SETTINGS).long);
      expect(long.length).toBe(1);
    }
  });
});
