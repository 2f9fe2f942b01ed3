import { readFileSync } from 'node:fs';
import path from 'node:path';
import { analyzeFiles, fileSources } from '../../../src/cli/captures.ts';
import { rowsInOrder } from '../../../src/analysis/report/rank.ts';
import { textsOf } from '../../../src/analysis/memory/text-pool.ts';
import { DEFAULT_SETTINGS } from '../../../src/analysis/settings.ts';
import { BADGES } from '../../../src/analysis/triage/badge.ts';
import { RULES } from '../../../src/analysis/triage/lines.ts';
import { reportHeadline, rowFactsOf } from '../../../src/analysis/report/row-facts.ts';
import type { Report } from '../../../src/analysis/report/report.ts';
import { HostRows } from '../../../src/analysis/hosts/host-rows.ts';

/** A listed connection, with what rules say of it whatever their points are. */
export interface Row {
  ends: string;
  /** 1 for certain command and control, 0 for traffic that is none, null for what nobody labelled in a malicious capture. */
  label: 0 | 1 | null;
  /** By place in `RULES`: 1 where the rule applies. */
  lines: Uint8Array;
  total: number;
  badge: string;
  strength: number;
  flows: number;
}

/** One capture or log, its rows in the order that an analyst sees. */
export interface Capture {
  name: string;
  /** Captures of one publisher, or of one network, count as one source. */
  source: string;
  isBenign: boolean;
  isLog: boolean;
  /** Labelled connections of certain command and control, listed or not. */
  labelled: number;
  /** Addresses of the host that the headline names; none where it names none. */
  firstHost: string[];
  rows: Row[];
}

/** A row of the truth. */
interface Label {
  category: string;
  ends: [string, string];
  role: string;
}

/**
 * The captures of a folder that a table names (tab-separated: name, category, src, dst, dport, role, ...), through the same
 * analysis as in the terminal with its defaults.
 */
export async function readCorpus(folder: string, truth: string): Promise<Capture[]> {
  const labels = new Map<string, Label[]>();
  for (const line of readFileSync(truth, 'latin1').split('\n').slice(1)) {
    const [name, category, source, destination, port, role] = line.split('\t');
    if (name === '' || role === undefined) continue;
    const endsOf = (from: string, to: string): string => `${from} ${to} ${port === '' ? '0' : port}`;
    const label: Label = { category, ends: [endsOf(source, destination), endsOf(destination, source)], role };
    labels.set(name, [...(labels.get(name) ?? []), label]);
  }
  const captures: Capture[] = [];
  for (const [name, own] of labels) captures.push(await readCapture(folder, name, own));
  return captures;
}

async function readCapture(folder: string, name: string, labels: readonly Label[]): Promise<Capture> {
  const analysis = await analyzeFiles((await fileSources([path.join(folder, name)])).sources, DEFAULT_SETTINGS, null);
  const report = analysis.report(DEFAULT_SETTINGS);
  const { connections } = report;
  const addresses = textsOf(report.addresses);
  const facts = rowFactsOf(report);
  const isBenign = labels[0].category === 'benign';
  const roles = new Map(labels.flatMap(({ ends, role }) => ends.map((end) => [end, role])));
  const rows = Array.from(rowsInOrder(connections, 'triage'), (row): Row => {
    const ends = `${addresses[connections.source[row]]} ${addresses[connections.destination[row]]} ${connections.destinationPort[row]}`;
    const role = roles.get(ends) ?? '';
    const known = facts.of(row);
    return {
      ends,
      label: role === 'c2' ? 1 : isBenign || role.startsWith('not-c2') ? 0 : null,
      lines: Uint8Array.from(RULES, (rule) => (rule.applies(known) ? 1 : 0)),
      total: connections.triage.total[row],
      badge: BADGES[connections.triage.badge[row]],
      strength: connections.joined.strength[row],
      flows: connections.flows[row],
    };
  });
  const certain = new Set(labels.filter(({ role }) => role === 'c2').map(({ ends }) => ends[0]));
  const isLog = !/\.(?:pcap|pcapng|cap)$/.test(name);
  const firstHost = firstHostOf(report);
  return { name, source: sourceOf(name), isBenign, isLog, labelled: certain.size, firstHost, rows };
}

function firstHostOf(report: Report): string[] {
  const headline = reportHeadline(report);
  if (headline.kind !== 'host') return [];
  const hosts = new HostRows(report.hosts);
  return [hosts.text('address', headline.host), ...hosts.text('otherAddresses', headline.host).split(', ')];
}

/**
 * Which source a capture comes from, by its name: the publisher's habit of naming, a date taken away and what numbers the
 * runs. A split by this keeps families and networks of one publisher together.
 */
export function sourceOf(name: string): string {
  return name
    .replace(/\d{4}-\d{2}(?:-\d{2})?[a-z]?/, 'DATE')
    .replace(/[\da-f]{8}-[\da-f]{4}-[\da-f-]+/, 'UUID')
    .replace(/^(.*?DATE)(?:.*malspam.*|.*infection.*|.*campaign.*|.*-EK.*|.*traffic.*)$/i, '$1')
    .replace(/^c2d-[a-z-]+-DATE.*/, 'c2d-DATE')
    .replace(/-(?:0?\d|[A-C](?:-\d)?)(?:-STA)?(?=\.)/, '')
    .replace(/\d+(?=\.)/, '');
}
