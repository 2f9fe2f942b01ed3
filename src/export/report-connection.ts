import { hostText, sourceIndex } from '../analysis/flows/name-sources.ts';
import { unscoredReason } from '../analysis/connections/sentence.ts';
import { rhythmLead } from '../analysis/report/row-facts.ts';
import { valuesOf } from '../analysis/report/rank.ts';
import type { Unit } from '../analysis/memory/schema.ts';
import type { Remark } from '../analysis/report/case.ts';
import type { Report } from '../analysis/report/report.ts';
import type { ConnectionDetail } from '../analysis/connections/connection-detail.ts';
import { type ScoreName, SCORES } from '../analysis/scores/unscored.ts';
import type { Technique } from './attack.ts';
import { connectionCharts } from './connection-charts.ts';
import { connectionFields } from './connection-fields.ts';
import { escaped, escapedLines } from './markup.ts';
import { type NamedConnection, pastedConnection } from './paste/connection.ts';
import { leftOutOfLines, pasteLines } from './paste/lines.ts';
import { addressWithName, asSentence } from './phrases.ts';
import { oneLine } from './remarks.ts';
import { softwareTables } from './report-software.ts';
import { triageValues } from './triage-values.ts';
import { valueText } from './value-text.ts';

/** Units of what a connection's numbers are: its ends, names and scores are told elsewhere. */
const COUNTED: ReadonlySet<Unit> = new Set<Unit>(['count', 'packets', 'bytes', 'ms', 'time']);

export const SCORE_LABELS: Readonly<Record<ScoreName, string>> = {
  rhythm: 'Rhythm',
  rita: 'RITA',
  notebook: 'Notebook',
  corrected: 'Notebook, corrected',
};

/**
 * One connection of a report: its sentence, what was said of it, scores, numbers, charts, names, certificates and software, and
 * what to paste into other tools.
 *
 * @param techniques what it would be where it is a finding
 */
export function connectionSection(
  report: Report,
  row: number,
  detail: ConnectionDetail,
  connection: NamedConnection,
  remark: Remark | null,
  techniques: readonly Technique[],
): string {
  const { connections } = report;
  const { source, destination, port, name, nameSource } = connection;
  const where = addressWithName(destination, hostText(name, sourceIndex(nameSource), port, destination));
  return `<section><h3>${escaped(`${source} to ${where}, port ${port}`)}</h3>
<p class="sentence">${escaped(asSentence(rhythmLead(connections, row)))}</p>
${remarkFacts(remark)}${techniqueFacts(techniques)}${scores(report, row)}
${triage(report, row)}
${numbers(report, row)}
${connectionCharts(detail)
  .map(({ title, svg }) => `<figure><figcaption>${escaped(title)}</figcaption>${svg}</figure>`)
  .join('\n')}
${softwareTables(detail)}
<h4>To paste</h4>
${paragraph(leftOutOfLines(detail))}${pasteLines(pastedConnection(connection, detail))
    .map(({ tool, text }) => `<h5>${escaped(tool)}</h5><pre>${escapedLines(text.trimEnd())}</pre>`)
    .join('\n')}
</section>
`;
}

/** What the analyst said of something; '' for nothing. */
export function remarkFacts(remark: Remark | null): string {
  if (remark === null) return '';
  const { verdict, tags, note } = remark;
  const pairs = [
    ['Verdict', verdict ?? ''],
    ['Tags', tags.join(', ')],
    ['Note', oneLine(note)],
  ] as const;
  return `${facts(pairs.filter(([, text]) => text !== ''))}\n`;
}

/** The techniques of ATT&CK that it would be. */
function techniqueFacts(techniques: readonly Technique[]): string {
  if (techniques.length === 0) return '';
  return `${facts([['ATT&CK', techniques.map(({ id, name }) => `${id} ${name}`).join('; ')]])}\n`;
}

function paragraph(text: string): string {
  return text === '' ? '' : `<p>${escaped(text)}</p>\n`;
}

/** A score's value with three decimals, or why there is none. */
export function scoreText(report: Report, score: ScoreName, row: number): string {
  const value = valuesOf(report.connections, score)[row];
  return Number.isNaN(value) ? (unscoredReason(report.connections, score, row) ?? '-') : value.toFixed(3);
}

function scores(report: Report, row: number): string {
  return facts(SCORES.map((score) => [SCORE_LABELS[score], scoreText(report, score, row)]));
}

/** The sum that says when to read it, a line a reason. */
function triage(report: Report, row: number): string {
  const { total, badge, lines, setAside, twinOf } = triageValues(report)(row);
  const rows = lines.map(({ points, phrase }) => `<tr><td>${signed(points)}</td><td>${escaped(phrase)}</td></tr>`);
  const remarks = [
    ...(setAside ? ['set aside by the list'] : []),
    ...(twinOf === '' ? [] : [`the same rhythm as ${twinOf}`]),
  ];
  return `<table><thead><tr><th>Points</th><th>Why</th></tr></thead><tbody>${rows.join('')}
<tr><td>${signed(total)}</td><td>${escaped([`in all: ${badge}`, ...remarks].join('; '))}</td></tr></tbody></table>`;
}

function signed(points: number): string {
  return points > 0 ? `+${points}` : String(points);
}

/** What there is to count of it; what none of its flows has is left out. */
function numbers(report: Report, row: number): string {
  const own = connectionFields(report).own.filter(({ unit }) => COUNTED.has(unit));
  const said = own
    .map((field) => ({ field, value: field.of(row) }))
    .filter(({ value }) => value !== null && value !== 0);
  return facts(said.map(({ field, value }) => [field.title, valueText(field, value)]));
}

/** Pairs of a word and what it says. */
export function facts(pairs: readonly (readonly [string, string])[]): string {
  const items = pairs.map(([word, said]) => `<div><dt>${escaped(word)}</dt><dd>${escaped(said)}</dd></div>`);
  return `<dl>${items.join('')}</dl>`;
}
