import type { Report } from '../analysis/report.ts';
import type { RowTexts } from '../state/row-texts.ts';
import { formatCount, formatCounted, formatScore } from './format.ts';

/** The first sentence of a report; `connection` names the row with the highest score, "" and null without one. */
export interface Headline {
  before: string;
  connection: string;
  row: number | null;
}

/** The sentence over the table. */
export function headlineOf(report: Report, texts: RowTexts): Headline {
  const { connections, settings } = report;
  const limit = `more than ${formatCounted(settings.minFlows, 'flow')}`;
  if (connections.length === 0) return plain(`No connection has ${limit}.`);
  const have = `${formatCounted(connections.length, 'connection')} ${connections.length === 1 ? 'has' : 'have'} ${limit}`;
  const row = highestScore(connections.notebook.Score);
  if (row === null) return plain(`${have}; none has enough of them for a score.`);
  const score = formatScore(connections.notebook.Score[row]);
  const which = connections.length === 1 ? 'its score is' : 'the highest score is';
  return { before: `${have}; ${which} ${score}: `, connection: connectionName(texts, connections.destinationPort[row], row), row };
}

/** "10.0.0.23 → updates.example.net:443". */
export function connectionName(texts: RowTexts, port: number, row: number): string {
  const destination = texts.destinationLabel(row);
  const bracketed = destination.includes(':') ? `[${destination}]` : destination;
  return `${texts.source(row)} → ${bracketed}${port === 0 ? '' : `:${port}`}`;
}

/** Why the table is empty, in sentences, and the limit that would list something (null when none would). */
export function emptinessOf(report: Report): { reasons: string[]; limit: number | null } {
  const { packets, flowPackets, flows, groups, largestGroup, settings } = report;
  if (packets === 0) return { reasons: ['The capture holds no packets.'], limit: null };
  if (flows === 0) {
    return { reasons: [`${formatCounted(packets, 'packet was', 'packets were')} read, and none of them belongs to a flow: no IP packet was found.`], limit: null };
  }
  return {
    reasons: [
      `${formatCounted(packets, 'packet was', 'packets were')} read; ${formatCount(flowPackets)} of them make up ${formatCounted(flows, 'flow')} in ${formatCounted(groups, 'connection')}.`,
      `The largest connection has ${formatCounted(largestGroup, 'flow')}; the limit is more than ${formatCount(settings.minFlows)}.`,
    ],
    limit: Math.floor(largestGroup / 2),
  };
}

function plain(sentence: string): Headline {
  return { before: sentence, connection: '', row: null };
}

function highestScore(scores: Float64Array): number | null {
  let best: number | null = null;
  for (let row = 0; row < scores.length; row++) {
    if (!Number.isNaN(scores[row]) && (best === null || scores[row] > scores[best])) best = row;
  }
  return best;
}
