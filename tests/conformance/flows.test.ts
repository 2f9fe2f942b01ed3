import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { NOTEBOOK_COLUMNS } from '../../src/analysis/scores/notebook.ts';
import { textsOf } from '../../src/analysis/memory/text-pool.ts';
import { DEFAULT_SETTINGS } from '../../src/analysis/settings.ts';
import { analyzeFile, capturesIn, expectedRows } from './captures.ts';
import { FLOW_DEFECTS, FLOW_DIFFERENCES } from './differences.ts';
import { briefly, flowRow, pick } from './flow-rows.ts';
import { table } from './reading.ts';
import { sharedFolder } from './shared.ts';

const TOLERANCE = 1e-9;

for (const name of ['flows', 'c2']) {
  const captures = sharedFolder('captures');
  const folder = captures === null ? null : path.join(captures, name);
  describe.skipIf(folder === null)(`what NFStream and the notebook gave (../shared/captures/${name})`, () => {
    const files = folder === null ? [] : capturesIn(folder);
    const equal = files.filter((file) => !(file in FLOW_DIFFERENCES));

    it.each(equal)('%s: the same flows in the same order', async (file) => {
      const { flows } = await analyzeFile(path.join(folder ?? '', file));
      const got = Array.from({ length: flows.length }, (_, id) => flowRow(flows, id));
      const columns = Object.keys(got[0] ?? {});
      expect(got).toEqual(expectedRows(path.join(folder ?? '', file), 'flows').map((row) => pick(row, columns)));
    });

    it.each(equal)('%s: the same frame of connections', async (file) => {
      const analysis = await analyzeFile(path.join(folder ?? '', file));
      const report = analysis.report({ ...DEFAULT_SETTINGS, minFlows: 1, notebookMinFlows: 1 });
      const addresses = textsOf(report.addresses);
      const { connections } = report;
      const expected = expectedRows(path.join(folder ?? '', file), 'scores');
      // Connections of one flow are listed for what goes on inside it; the notebook has none of them.
      const rows = Array.from({ length: connections.length }, (_, row) => row).filter(
        (row) => connections.flows[row] > 1,
      );
      expect(rows).toHaveLength(expected.length);
      expect(connections).toHaveLength(expected.length + report.insideOnly + report.pointsOnly);
      for (const [place, want] of expected.entries()) {
        const row = rows[place];
        const key = [
          connections.group[row],
          addresses[connections.source[row]],
          addresses[connections.destination[row]],
          connections.destinationPort[row],
          connections.flows[row],
        ];
        expect(key.map(String)).toEqual([want.row, want.src_ip, want.dst_ip, want.dst_port, want.ConnectionCount]);
        for (const column of NOTEBOOK_COLUMNS) {
          const got = connections.notebook[column][row];
          expect(Math.abs(got - Number(want[column])), `${column} of row ${row}: ${got}`).toBeLessThanOrEqual(
            TOLERANCE,
          );
        }
      }
    });

    const different = files.filter((file) => file in FLOW_DIFFERENCES);
    it.skipIf(different.length === 0).each(different)(
      '%s: different in the flows that the table names, and in no other',
      async (file) => {
        const { flows } = await analyzeFile(path.join(folder ?? '', file));
        const ours = Array.from({ length: flows.length }, (_, id) => briefly(flowRow(flows, id)));
        const theirs = expectedRows(path.join(folder ?? '', file), 'flows').map(briefly);
        expect({
          ours: ours.filter((row) => !theirs.includes(row)),
          theirs: theirs.filter((row) => !ours.includes(row)),
        }).toEqual({ ours: FLOW_DIFFERENCES[file].ours, theirs: FLOW_DIFFERENCES[file].theirs });
      },
    );
  });
}

const folder = sharedFolder('captures/flows');
describe.skipIf(folder === null)("captures whose flows differ from NFStream's", () => {
  const files = folder === null ? [] : capturesIn(folder);
  const defects = new Set(
    folder === null
      ? []
      : table(folder, 'quirks.tsv')
          .filter(({ quirk }) => FLOW_DEFECTS.has(quirk))
          .map(({ file }) => file),
  );

  it('are all known to show a defect of NFStream', () => {
    expect(Object.keys(FLOW_DIFFERENCES).filter((file) => !defects.has(file))).toEqual([]);
  });

  it('leave at least 97 in a hundred equal of those that show none', () => {
    const fair = files.filter((file) => !defects.has(file));
    const equal = fair.filter((file) => !(file in FLOW_DIFFERENCES));
    expect(fair.length).toBeGreaterThan(150);
    expect(equal.length / fair.length).toBeGreaterThanOrEqual(0.97);
  });
});
