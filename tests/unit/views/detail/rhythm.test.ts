import { describe, expect, it } from 'vitest';
import { rhythmEvents } from '../../../../src/analysis/scores/rhythm-events.ts';
import { bandMarks } from '../../../../src/views/charts/bands.tsx';
import { scaleFor } from '../../../../src/views/charts/deltas.ts';
import { eventWords } from '../../../../src/views/charts/event-strip.tsx';
import { flowFacts, rhythmFacts } from '../../../../src/views/detail/rhythm-facts.ts';
import { every, rhythmAt, START } from './rhythms.ts';

const SECONDS = [...every(60, 30, [10]), ...every(60, 20).map((second) => second + 2400)];
const RHYTHM = rhythmAt(SECONDS);

describe('the facts of a rhythm', () => {
  const valueOf = (term: string) => rhythmFacts(RHYTHM).find((fact) => fact.term === term)?.value;

  it('say interval, jitter, presence and silences', () => {
    expect(valueOf('interval')).toBe('60 s');
    expect(valueOf('jitter')).toBe('± 0 %');
    expect(valueOf('present')).toBe('48 of 49');
    expect(valueOf('silences')).toBe('1');
    expect(valueOf('extra')).toBe('0');
    expect(rhythmFacts(RHYTHM)[0].meaning).toContain('its 95 % interval reaches from 60 s to 60 s');
  });

  it('say the score alone where there is no rhythm to describe', () => {
    expect(rhythmFacts(rhythmAt([0, 3, 50, 54, 400, 1300, 1310, 9000])).map(({ term }) => term)).toEqual(['score']);
  });

  it('say of the flows only what happened to some', () => {
    expect(flowFacts({ flows: 40, failed: 0, resumed: 0, continued: 0 })).toEqual([]);
    const facts = flowFacts({ flows: 400, failed: 1, resumed: 2, continued: 3 });
    expect(facts.map(({ term, value }) => `${term} ${value}`)).toEqual([
      'failed under 1 %',
      'resumed 2',
      'continued 3',
    ]);
    expect(flowFacts({ flows: 400, failed: 399, resumed: 0, continued: 0 })[0].value).toBe('over 99 %');
    expect(flowFacts({ flows: 400, failed: 400, resumed: 0, continued: 0 })[0].value).toBe('100 %');
    expect(flowFacts({ flows: 4, failed: 1, resumed: 0, continued: 0 })[0].value).toBe('25 %');
  });
});

describe('the bands of a histogram', () => {
  it('are the scored band and its multiples, with the gaps in each', () => {
    const marks = bandMarks(RHYTHM);
    expect(marks.map(({ label, count }) => `${label} ${count}`)).toEqual(['1× 46', '2× 1', '3× 0']);
    for (const { fromMs, toMs, periods } of marks) {
      expect(fromMs).toBeLessThan(periods * 60_000);
      expect(toMs).toBeGreaterThan(periods * 60_000);
    }
  });

  it('are left out where no rhythm is', () => {
    expect(bandMarks({ score: null, reason: 'fewer than 5 separate visits' })).toEqual([]);
    expect(bandMarks({ ...RHYTHM, score: 0.29 })).toEqual([]);
  });

  it('lie on linear bins, unless one long gap would leave those with nothing to show', () => {
    expect(scaleFor(Float64Array.of(60_000, 61_000, 180_000))).toBe('linear');
    expect(scaleFor(Float64Array.of(60_000, 61_000, 3_600_000))).toBe('log');
    expect(scaleFor(Float64Array.of(0, 0, 0, 5))).toBe('linear');
    expect(scaleFor(new Float64Array(0))).toBe('linear');
  });
});

it('the words of the strip count what it draws', () => {
  const events = rhythmEvents(
    Float64Array.from(SECONDS, (second) => START + second * 1000),
    RHYTHM,
  );
  expect(eventWords(events, 'flow')).toEqual({
    checkIns: '49 check-ins (1 after a silence)',
    missed: '1 check-in missed',
    silences: '1 longer silence',
    extra: '0 extra connections',
  });
  expect(eventWords({ ...events, extraMs: Float64Array.of(START) }, 'pooled').extra).toBe('1 extra start or message');
  expect(eventWords(events, 'inside').extra).toBe('0 extra messages');
});
