import { describe, expect, it } from 'vitest';
import { falsePositives, falsePositiveSentence } from '../../../../src/views/text/measured.ts';
import { RANKING_WORDS } from '../../../../src/views/text/ranking-words.ts';
import { markdownFiles, readResults } from '../../../bench/results.ts';
import { readFileSync } from 'node:fs';

describe('figures on the page', () => {
  it('are those of the results, with one decimal below ten', () => {
    const { scores } = readResults()['detection'] as {
      scores: Record<string, { at: Record<string, { aperiodicPer1000: number }> }>;
    };
    expect(falsePositives('rita', '0.5')).toBe(String(Math.round(scores['rita'].at['0.5'].aperiodicPer1000)));
    expect(falsePositives('rhythm', '0.7')).toBe(scores['rhythm'].at['0.7'].aperiodicPer1000.toFixed(1));
  });

  it('say of triage what its benchmark found', () => {
    const { asIs } = readResults()['triage'] as { asIs: { top3: number; malicious: number } };
    expect(RANKING_WORDS.triage.errors).toContain(
      `In ${Math.round(100 * asIs.top3)} % of ${asIs.malicious} captures and logs of malware`,
    );
  });

  it.each(['rhythm', 'rita', 'notebook', 'corrected'] as const)('are those of the scores’ README: %s', (score) => {
    const readme = readFileSync(markdownFiles().find((file) => file.endsWith('/scores/README.md')) ?? '', 'utf8');
    const name = score === 'corrected' ? 'notebook corrected' : score;
    const row = readme.split('| false positives in 1,000 |')[1].split(`\n| ${name} | `)[1].split('\n')[0];
    const [half, , more, , most] = row.split(' | ').map(Number);
    const shown = [half, more, most].map((count) => count.toFixed(count < 9.95 ? 1 : 0));
    expect(falsePositiveSentence(score)).toBe(
      `Of 1,000 connections without a rhythm ${shown[0]} reach 0.5, ${shown[1]} reach 0.7 and ${shown[2]} reach 0.8`,
    );
    expect(RANKING_WORDS[score].errors).toContain(falsePositiveSentence(score));
  });
});
