import { endText } from '../../analysis/hosts/sentences.ts';
import { nameRhythmOf } from '../../analysis/report/row-facts.ts';
import type { ConnectionTable, Report } from '../../analysis/report/report.ts';
import { STEADY_RHYTHM } from '../../analysis/scores/rhythm-levels.ts';
import { LEVELS } from '../../analysis/sessions/joined.ts';
import { BADGES } from '../../analysis/triage/badge.ts';
import type { RowTexts } from '../../state/row-texts.ts';
import { formatCount, formatCounted, formatScore } from '../text/format.ts';

/**
 * The first sentence of a report; `connection` names the row with the strongest rhythm, "" and null without one, and
 * `after` how many rows triage says to read first, "" for none.
 */
export interface Headline {
  before: string;
  connection: string;
  after: string;
  row: number | null;
}

/** A lower score says nothing more than none. */
const LEAST_SAID = 0.01;

/** The sentence over the table: how many connections check in on a steady rhythm, and which is the steadiest. */
export function headlineOf(report: Report, texts: RowTexts): Headline {
  const { connections, settings } = report;
  if (connections.length === 0 && report.flows === 0) return plain(emptinessOf(report).reasons[0]);
  if (connections.length === 0)
    return plain(`No connection has more than ${formatCounted(settings.minFlows, 'flow')}.`);
  const { score, strength } = connections.joined;
  const steady = score.reduce((count, value) => (value >= STEADY_RHYTHM ? count + 1 : count), 0);
  const of = `of ${formatCounted(connections.length, 'connection')}`;
  const isOnly = connections.length === 1;
  const named = namesOnRhythm(connections);
  const first = countToRead(connections);
  const after = first === 0 ? '' : ` (${formatCount(first)} to read first)`;
  if (steady === 0 && named.length > 0) {
    const which = named.find((at) => isOpen(connections, at)) ?? null;
    const none = isOnly ? 'The one connection listed has no' : `None ${of} has a`;
    const before = `${none} steady rhythm by itself, but ${namesWords(named.length)} one at several addresses`;
    if (which === null) return plain(`${before}${after}.`);
    return { before: `${before}: `, connection: connectionName(report, texts, which), after, row: which };
  }
  const strongest = largest(strength);
  if (strongest === null) {
    const none = isOnly ? 'The one connection listed was not' : `None ${of} was`;
    return plain(`${none} seen often or long enough for a rhythm.`);
  }
  // What is explained, or set aside, is counted and not named.
  const row = largest(strength.map((value, at) => (isOpen(connections, at) ? value : Number.NaN)));
  const connection = row === null ? '' : connectionName(report, texts, row);
  if (steady === 0) {
    const none = isOnly
      ? 'The one connection listed does not check in on a steady rhythm'
      : `None ${of} checks in on a steady rhythm`;
    // Where something is to be read first, the highest of low scores is no news.
    if (first > 0) return plain(`${none}${after}.`);
    if (row === null || score[row] < LEAST_SAID) return plain(`${none}.`);
    const which = row === strongest ? 'the strongest rhythm' : `the strongest that is not ${asideWords(report)}`;
    return { before: `${none}; ${which} scores ${formatScore(score[row])}: `, connection, after, row };
  }
  const also = named.length === 0 ? '' : `, ${namesWords(named.length)} one at several addresses`;
  const which = isOnly ? 'The one connection listed' : `${formatCount(steady)} ${of}`;
  const counted = `${which} ${steady === 1 ? 'checks' : 'check'} in on a steady rhythm${also}`;
  if (row === null || score[row] < STEADY_RHYTHM) {
    return plain(
      `${counted}, ${quietWords(report, steady)}${first === 0 ? '' : `; ${formatCount(first)} to read first`}.`,
    );
  }
  const steadiest = row === strongest ? 'the steadiest is' : `the steadiest that is not ${asideWords(report)} is`;
  const leading = steady === 1 ? 'it is' : steadiest;
  const inside = insideWords(connections, steady);
  return {
    before: `${counted}${inside}; ${leading} `,
    connection,
    after,
    row,
  };
}

/** The longest interval of a steady rhythm, in milliseconds; null without one. */
export function longestSteadyMs({ joined: { score, intervalS } }: ConnectionTable): number | null {
  const longest = largest(intervalS.map((seconds, row) => (score[row] >= STEADY_RHYTHM ? seconds : Number.NaN)));
  return longest === null ? null : intervalS[longest] * 1000;
}

/** For each name that is called on a rhythm at several addresses, none of which has one by itself: the first of its rows. */
function namesOnRhythm(connections: ConnectionTable): number[] {
  const { triage, length } = connections;
  const isHead = (row: number): boolean => triage.head[row] === row && triage.setAside[row] === 0;
  const rows = Array.from({ length }, (_, row) => row);
  return rows.filter((row) => isHead(row) && nameRhythmOf(connections, row) !== null);
}

function namesWords(count: number): string {
  return count === 1 ? '1 name has' : `${formatCount(count)} names have`;
}

/** How many of the steady rhythms are those of messages inside one connection, which no flow shows. */
function insideWords({ joined }: ConnectionTable, steady: number): string {
  const inside = joined.score.reduce(
    (count, score, row) => (score >= STEADY_RHYTHM && LEVELS[joined.level[row]] === 'inside' ? count + 1 : count),
    0,
  );
  if (inside === 0) return '';
  if (steady === 1) return ' inside a single connection';
  return inside === 1
    ? ', 1 of them inside a single connection'
    : `, ${formatCount(inside)} of them inside single connections`;
}

/** What is counted and not named: "explained", or "explained or set aside" where something is. */
function asideWords({ connections: { triage } }: Report): string {
  return triage.setAside.includes(1) ? 'explained or set aside' : 'explained';
}

/** That no rhythm is one to be read: they are explained, have little against them, or were set aside. */
function quietWords({ connections: { triage } }: Report, steady: number): string {
  const isAside = triage.setAside.includes(1);
  if (steady === 1) return isAside ? 'which does not stand out or is set aside' : 'which does not stand out';
  return isAside ? 'none of which stands out that is not set aside' : 'none of which stands out';
}

/** Whether a row is neither explained nor set aside. */
function isOpen({ triage }: ConnectionTable, row: number): boolean {
  return BADGES[triage.badge[row]] !== 'explained' && triage.setAside[row] === 0;
}

/** "10.0.0.23 → updates.example.net:443"; where a wider grouping brings several ports together, their number. */
export function connectionName({ connections }: Report, texts: RowTexts, row: number): string {
  const host = texts.destinationLabel(row);
  const others = connections.otherPorts[row];
  const end =
    others > 0 ? `${host} (${formatCount(others + 1)} ports)` : endText(host, connections.destinationPort[row]);
  return `${texts.source(row)} → ${end}`;
}

/** Why the table is empty, in sentences, and the limit that would list something (null when none would). */
export function emptinessOf(report: Report): { reasons: string[]; limit: number | null } {
  const { captures, packets, flows, largestGroup, settings } = report;
  if (flows === 0 && report.range !== null) return { reasons: ['No flow began in the time looked at.'], limit: null };
  if (flows === 0 && packets === 0) {
    const isLogged = captures.some((capture) => capture.flows !== undefined);
    return { reasons: [isLogged ? 'What was read holds no flows.' : 'The capture holds no packets.'], limit: null };
  }
  if (flows === 0) {
    return {
      reasons: [
        `${formatCounted(packets, 'packet was', 'packets were')} read, and none of them belongs to a flow: no ` +
          'IP packet was found.',
      ],
      limit: null,
    };
  }
  return {
    reasons: [
      readWords(report),
      `The largest connection has ${formatCounted(largestGroup, 'flow')}; the limit is more than ` +
        `${formatCount(settings.minFlows)}.`,
    ],
    limit: Math.floor(largestGroup / 2),
  };
}

/** What was read, or began in the time looked at. */
function readWords({ packets, flowPackets, flows, groups, range }: Report): string {
  const among = `in ${formatCounted(groups, 'connection')}`;
  if (range !== null) return `In the time looked at ${formatCounted(flows, 'flow')} began ${among}.`;
  // Logs have flows and no packets.
  if (packets === 0) return `${formatCounted(flows, 'flow was', 'flows were')} read, ${among}.`;
  const read = `${formatCounted(packets, 'packet was', 'packets were')} read`;
  return `${read}; ${formatCount(flowPackets)} of them make up ${formatCounted(flows, 'flow')} ${among}.`;
}

/** Rows with the badge "read first" that are shown for themselves: neither set aside nor folded under a twin. */
function countToRead({ length, triage }: ConnectionTable): number {
  let count = 0;
  for (let row = 0; row < length; row++) {
    if (BADGES[triage.badge[row]] === 'first' && triage.setAside[row] === 0 && triage.head[row] === row) count++;
  }
  return count;
}

function plain(sentence: string): Headline {
  return { before: sentence, connection: '', after: '', row: null };
}

function largest(values: Float64Array): number | null {
  let best: number | null = null;
  for (let row = 0; row < values.length; row++) {
    if (!Number.isNaN(values[row]) && (best === null || values[row] > values[best])) best = row;
  }
  return best;
}
