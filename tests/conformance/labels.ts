import { readFileSync } from 'node:fs';
import path from 'node:path';
import { rankingOf, valuesOf } from '../../src/analysis/connections/rank.ts';
import { type Report, SCORES, type ScoreName, textsOf } from '../../src/analysis/report.ts';
import { DEFAULT_SETTINGS } from '../../src/analysis/settings.ts';
import { analyzeFile } from './captures.ts';

/** From this value on a score is said to find a connection. */
export const FOUND = 0.5;

interface Label {
  file: string;
  src: string;
  dst: string;
  dport: string;
  role: string;
  family: string;
}

/** What the labels of a folder's captures say, in the order of `labels.tsv`. */
export function readLabels(folder: string): Label[] {
  const [head, ...lines] = readFileSync(path.join(folder, 'labels.tsv'), 'utf8').trimEnd().split('\n');
  const columns = head.split('\t');
  return lines.map((line) => {
    const cells = line.split('\t');
    return Object.fromEntries(columns.map((column, place) => [column, cells[place]])) as unknown as Label;
  });
}

/**
 * A table in Markdown: for every labelled connection, what each score gives it under the default settings, its rank
 * among the connections of its capture that have this score, and which scores find it.
 */
export async function labelTable(folder: string): Promise<string> {
  const reports = new Map<string, Report>();
  const lines = [
    `| capture | connection | label | flows | ${SCORES.join(' | ')} | found by |`,
    `|${'---|'.repeat(5 + SCORES.length)}`,
  ];
  for (const label of readLabels(folder)) {
    const { file } = label;
    const report = reports.get(file) ?? (await analyzeFile(path.join(folder, file))).report(DEFAULT_SETTINGS);
    reports.set(file, report);
    lines.push(`| ${(await cellsOf(label, report, folder)).join(' | ')} |`);
  }
  return lines.join('\n');
}

async function cellsOf(label: Label, report: Report, folder: string): Promise<string[]> {
  const { file, src, dst, dport, role, family } = label;
  const row = rowOf(report, label);
  const what = [file, `${src} → ${dst}:${dport}`, family === '' ? role : `${role}: ${family}`];
  if (row === -1) {
    const all = (await analyzeFile(path.join(folder, file))).report({ ...DEFAULT_SETTINGS, minFlows: 0 });
    const flows = all.connections.flows[rowOf(all, label)];
    return [...what, String(flows), ...SCORES.map(() => ''), 'not listed: too few flows for a rhythm'];
  }
  const found = SCORES.filter((score) => valuesOf(report.connections, score)[row] >= FOUND);
  const places = SCORES.map((score) => placeOf(report, score, row));
  return [...what, String(report.connections.flows[row]), ...places, found.join(', ') || 'none'];
}

function rowOf({ addresses, connections }: Report, { src, dst, dport }: Label): number {
  const texts = textsOf(addresses);
  return Array.from({ length: connections.length }, (_, row) => row).findIndex((row) => (
    texts[connections.source[row]] === src && texts[connections.destination[row]] === dst
    && String(connections.destinationPort[row]) === dport
  ));
}

/** A score and its rank, equals sharing the best: "0.94, 1 of 3"; "-" without a score. */
function placeOf({ connections }: Report, score: ScoreName, row: number): string {
  const value = valuesOf(connections, score)[row];
  if (Number.isNaN(value)) return '-';
  const ranking = rankingOf(connections, score);
  const scored = ranking.filter((other) => !Number.isNaN(other));
  return `${value.toFixed(2)}, ${1 + scored.filter((other) => other > ranking[row]).length} of ${scored.length}`;
}
