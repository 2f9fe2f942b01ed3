import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { markdownFiles, readResults, withFigures } from '../../bench/results.ts';

describe('figures in the texts', () => {
  it.each(markdownFiles())('are what was measured (if not: npm run figures): %s', (file) => {
    const text = readFileSync(file, 'utf8');
    expect(text).toBe(withFigures(text, readResults()));
  });

  it.each([
    ['how well the scores do', 'scores/README.md', 'How well they do', 'detection', 6],
    ['how fast it is', 'README.md', 'Speed', 'speed', 3],
  ])('are marked where is said %s', (_, name, title, results, least) => {
    const readme = markdownFiles().find((file) => file.endsWith(`/${name}`)) ?? '';
    const [section] = readFileSync(readme, 'utf8').split(`\n## ${title}\n`)[1].split('\n## ');
    const marks = section.match(new RegExp(`<!--( figures: |=)${results}/`, 'g'));
    expect(marks?.length).toBeGreaterThanOrEqual(least);
  });
});

describe('withFigures', () => {
  const results = { speed: { MBs: 211.6, rows: 7_203_114, share: 0.387, by: { small: { a: 0.5, b: 12.34 } } } };

  it('puts in what was measured, in as many decimals as were written', () => {
    const text =
      'Reads 1<!--=speed/MBs--> or 1.00<!--=speed/MBs--> MB/s, 3.1 %<!--=speed/share-->, 1,000<!--=speed/rows-->.';
    expect(withFigures(text, results)).toBe(
      'Reads 212<!--=speed/MBs--> or 211.60<!--=speed/MBs--> MB/s, ' +
        '38.7 %<!--=speed/share-->, 7,203,114<!--=speed/rows-->.',
    );
  });

  it('fills a table by the names of its rows', () => {
    const table = (cells: string): string =>
      `<!-- figures: speed/by/* b a -->\n\n| what | b | a |\n|---|---|---|\n| small | ${cells} |\n\nText | 1 | 2 |\n`;
    expect(withFigures(table('1.0 | 2 %'), results)).toBe(table('12.3 | 50 %'));
  });

  it('leaves a text without marks as it is', () => {
    expect(withFigures('12 of 1,000 <!-- no figure -->', results)).toBe('12 of 1,000 <!-- no figure -->');
  });

  it('names what the results do not have', () => {
    expect(() => withFigures('1<!--=speed/none-->', results)).toThrow('the results have no number at "speed/none"');
    expect(() =>
      withFigures('<!-- figures: speed/by/* a -->\n\n| w | a |\n|---|---|\n| small | 1 | 2 |\n', results),
    ).toThrow('"| small | 1 | 2 |" has no cell for each of a');
  });
});
