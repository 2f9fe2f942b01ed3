import { describe, expect, it } from 'vitest';
import { intervalWords } from '../../../../src/analysis/durations.ts';
import { rhythmSentence } from '../../../../src/analysis/scores/rhythm-sentence.ts';
import type { Rhythm } from '../../../../src/analysis/scores/rhythm.ts';
import { scoreRhythm } from '../../../../src/analysis/scores/rhythm.ts';

const clock = scoreRhythm(Float64Array.from({ length: 60 }, (_, index) => index * 54_000)) as Rhythm;

describe('the sentence', () => {
  it.each<[string, Partial<Rhythm>]>([
    ['checks in every 54 s ± 0 %, 60 of 60 check-ins present', {}],
    [
      'checks in every 54 s ± 11 %, 58 of 60 check-ins present, 1 longer silence, 198 extra connections',
      { jitter: 0.1099, present: 58, silences: 1, extra: 198 },
    ],
    [
      'checks in every 54 s ± 0 %, 60 of 60 check-ins present, 2 longer silences, 1 extra connection',
      { silences: 2, extra: 1 },
    ],
    ['no steady rhythm', { score: 0.29 }],
    ['no steady rhythm', { intervalS: Number.NaN }],
    ['strobe: a connection every 240 ms', { intervalS: 0.24 }],
  ])('%s', (sentence, change) => {
    expect(rhythmSentence({ ...clock, ...change })).toBe(sentence);
  });

  it('names what a strobe repeats', () => {
    expect(rhythmSentence({ ...clock, intervalS: 0.24 }, 'start or message')).toBe(
      'strobe: a start or message every 240 ms',
    );
  });

  it('says why there is none', () => {
    expect(rhythmSentence(scoreRhythm(new Float64Array(3)))).toBe('fewer than 5 separate visits: rhythm is not scored');
  });
});

describe('an interval in words', () => {
  it.each([
    [1, '1 s'],
    [59.4, '59 s'],
    [119, '119 s'],
    [119.6, '2.0 min'],
    [126, '2.1 min'],
    [3492, '58.2 min'],
    [7199, '2.0 h'],
    [90_000, '25.0 h'],
  ])('%d s is %s', (seconds, words) => {
    expect(intervalWords(seconds)).toBe(words);
  });
});
