import { BADGES } from '../../analysis/triage/badge.ts';
import { rhythmLead } from '../../analysis/report/row-facts.ts';
import type { Report } from '../../analysis/report/report.ts';
import { printable } from '../../export/printable.ts';
import { timeText } from '../../export/value-text.ts';
import type { FoundThen, GivenVerdict } from '../../fleet/open/verdicts.ts';

/** What hunts and analysts said of a connection, as lines for a terminal. */
export function* findingText(
  { connections }: Report,
  { history, verdicts }: { history: readonly FoundThen[]; verdicts: readonly GivenVerdict[] },
): Generator<string> {
  const { triage } = connections;
  yield `\n${rhythmLead(connections, 0)}\n`;
  yield `Now: ${triage.total[0]} points, badge ${BADGES[triage.badge[0]]}.\n`;
  if (history.length > 0) {
    yield `\nFirst found ${timeText(history[0].hunt)}. What hunts found:\n`;
    for (const { hunt, points, badge, score, flows, reasons } of history) {
      const rhythm = Number.isNaN(score) ? '-' : score.toFixed(3);
      yield `  ${timeText(hunt)}  ${points} points, ${badge}, rhythm ${rhythm}, ${flows} flows: `;
      yield `${printable(reasons)}\n`;
    }
  }
  if (verdicts.length > 0) yield '\nWhat analysts said:\n';
  for (const { verdict, note, analyst, atMs } of verdicts) {
    yield `  ${timeText(atMs)}  ${printable(verdict)} (${printable(analyst)})`;
    yield `${note === '' ? '' : `: ${printable(note)}`}\n`;
  }
}
