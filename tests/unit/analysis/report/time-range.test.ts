import { describe, expect, it } from 'vitest';
import { firstMsOf } from '../../../../src/analysis/flows/columns.ts';
import { DEFAULT_SETTINGS } from '../../../../src/analysis/settings.ts';
import { openedBytes, savedBytes, shownOf } from '../../../builders/saved.ts';
import { analyzeFixture } from '../../../fixtures/expected.ts';
import { FIXTURES } from '../../../fixtures/fixtures.ts';

const LIST = { ...DEFAULT_SETTINGS, minFlows: 0 };

describe('a part of the time', () => {
  it.each(FIXTURES.map((fixture) => [fixture.name, fixture] as const))(
    'has the flows that began in it: %s',
    async (_, fixture) => {
      const analysis = await analyzeFixture(fixture);
      const whole = shownOf(analysis, LIST);
      const { firstMs, lastMs } = whole.report;
      if (firstMs === null || lastMs === null) return;
      const starts = Array.from({ length: analysis.flows.length }, (_flow, flow) => firstMsOf(analysis.flows, flow));
      const middle = (firstMs + lastMs) / 2;
      const counted = whole.report.packetsOverTime.reduce((sum, count) => sum + count, 0);
      expect(counted).toBe(whole.report.packets === 0 ? starts.length : whole.report.flowPackets);
      for (const range of [
        { fromMs: firstMs, toMs: middle },
        { fromMs: middle, toMs: lastMs },
        { fromMs: lastMs + 1, toMs: lastMs + 2 },
      ]) {
        analysis.lookAt(range);
        const { report, details } = shownOf(analysis, LIST);
        const expected = starts.filter((ms) => ms >= range.fromMs && ms <= range.toMs);
        expect(report.flows).toBe(expected.length);
        expect(report.range).toEqual(range);
        expect(details.every(({ startMs }) => startMs.every((ms) => ms >= range.fromMs && ms <= range.toMs))).toBe(
          true,
        );
        expect(report.packetsOverTime).toEqual(whole.report.packetsOverTime);
        expect(report.packetsFirstMs).toBe(firstMs);
        // What is asked again of the same time is not made anew.
        analysis.lookAt({ ...range });
        expect(shownOf(analysis, LIST).report).toEqual(report);
      }
      analysis.lookAt({ fromMs: Number.NEGATIVE_INFINITY, toMs: Number.POSITIVE_INFINITY });
      const { report, details } = shownOf(analysis, LIST);
      expect({ report: { ...report, range: null }, details }).toEqual(whole);
      // What is saved is the whole analysis.
      expect(shownOf((await openedBytes(savedBytes(analysis))).analysis, LIST)).toEqual(whole);
    },
  );
});
