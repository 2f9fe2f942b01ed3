import { type Case, NO_CASE, type Remark, VERDICTS } from '../../analysis/report/case.ts';
import type { Report } from '../../analysis/report/report.ts';
import { remarkKeys } from '../../analysis/report/row-remarks.ts';
import { namedConnections } from '../../export/paste/connection.ts';
import type { LatestVerdict } from '../../fleet/open/verdicts.ts';

/** What analysts said last of the connections of a report, as a case: exports write it, and the page shows it. */
export function remarksOfVerdicts(report: Report, verdicts: readonly LatestVerdict[]): Case {
  if (verdicts.length === 0 || report.settings.grouping !== 'src,dst,port') return NO_CASE;
  const said = new Map(
    verdicts.map((latest) => [keyOfEnds(latest.source, latest.destination, latest.port), latest] as const),
  );
  const connectionOf = namedConnections(report);
  const keyOf = remarkKeys(report);
  const remarks = new Map<string, Remark>();
  for (let row = 0; row < report.connections.length; row++) {
    const { source, destination, port } = connectionOf(row);
    const latest = said.get(keyOfEnds(source, destination, port));
    if (latest === undefined) continue;
    const verdict = VERDICTS.find((known) => known === latest.verdict) ?? null;
    remarks.set(keyOf(row), { verdict, note: latest.note, tags: [] });
  }
  return remarks;
}

function keyOfEnds(...ends: [source: string, destination: string, port: number]): string {
  return ends.join(' ');
}
