import { readFileSync } from 'node:fs';
import path from 'node:path';
import { rankingOf, rowsInOrder, valuesOf } from '../../src/analysis/report/rank.ts';
import type { Report } from '../../src/analysis/report/report.ts';
import { SCORES, type ScoreName } from '../../src/analysis/scores/unscored.ts';
import { textsOf } from '../../src/analysis/memory/text-pool.ts';
import { LEVELS } from '../../src/analysis/sessions/joined.ts';
import { DEFAULT_SETTINGS } from '../../src/analysis/settings.ts';
import { triageValues } from '../../src/export/triage-values.ts';
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
 * A table in Markdown: for every labelled connection, its points, badge and place in triage, what each score gives it
 * under the default settings, its rank among the connections of its capture that have this score, and which scores find
 * it. "inside" says that the rhythm is that of messages inside one session.
 */
export async function labelTable(folder: string): Promise<string> {
  const reports = new Map<string, Report>();
  const lines = [
    `| capture | connection | label | flows | triage | ${SCORES.join(' | ')} | found by |`,
    `|${'---|'.repeat(6 + SCORES.length)}`,
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
  // A timeout may have cut the session where the server spoke next: most of its flows then count to the way back.
  const back = rowOf(report, { src: dst, dst: src, dport: null });
  const what = [file, `${src} → ${dst}:${dport}`, family === '' ? role : `${role}: ${family}`];
  if (row === -1) {
    const all = (await analyzeFile(path.join(folder, file))).report({ ...DEFAULT_SETTINGS, minFlows: 0 });
    const flows = all.connections.flows[rowOf(all, label)];
    if (back === -1)
      return [...what, String(flows), '', ...SCORES.map(() => ''), 'not listed: too few flows for a rhythm'];
    const places = SCORES.map((score) => placeOf(report, score, back));
    return [
      ...what,
      String(flows),
      triagePlaceOf(report, back),
      ...places,
      `${foundBy(report, back)}, as ${dst} → ${src}:${report.connections.destinationPort[back]}`,
    ];
  }
  const places = SCORES.map((score) => placeOf(report, score, row));
  return [...what, String(report.connections.flows[row]), triagePlaceOf(report, row), ...places, foundBy(report, row)];
}

function foundBy({ connections }: Report, row: number): string {
  return SCORES.filter((score) => valuesOf(connections, score)[row] >= FOUND).join(', ') || 'none';
}

function rowOf(
  { addresses, connections }: Report,
  { src, dst, dport }: { src: string; dst: string; dport: string | null },
): number {
  const texts = textsOf(addresses);
  return Array.from({ length: connections.length }, (_, row) => row).findIndex(
    (row) =>
      texts[connections.source[row]] === src &&
      texts[connections.destination[row]] === dst &&
      (dport === null || String(connections.destinationPort[row]) === dport),
  );
}

/** Points, badge and place among all rows: "6 read first, 1 of 3". */
function triagePlaceOf(report: Report, row: number): string {
  const { total, badge } = triageValues(report)(row);
  return (
    `${total} ${badge}, ${1 + rowsInOrder(report.connections, 'triage').indexOf(row)} of ` +
    `${report.connections.length}`
  );
}

/** A score and its rank, equals sharing the best: "0.94, 1 of 3"; "-" without a score. */
function placeOf({ connections }: Report, score: ScoreName, row: number): string {
  const value = valuesOf(connections, score)[row];
  if (Number.isNaN(value)) return '-';
  const ranking = rankingOf(connections, score);
  const scored = ranking.filter((other) => !Number.isNaN(other));
  const inside = score === 'rhythm' && connections.joined.level[row] === LEVELS.indexOf('inside') ? ' inside' : '';
  const place = 1 + scored.filter((other) => other > ranking[row]).length;
  return `${value.toFixed(2)}${inside}, ${place} of ${scored.length}`;
}
