import { describe, expect, it } from 'vitest';
import type { CaptureSummary } from '../../../../src/analysis/capture.ts';
import {
  commonWarnings,
  filesWords,
  passedOverWords,
  placeWords,
} from '../../../../src/analysis/report/common-warnings.ts';

function capture(
  file: string,
  places: (number | null)[],
  lacks: string[] = [],
  format = 'Zeek stats.log',
): CaptureSummary {
  const warnings = places.map((offset) => ({ kind: 'cut', offset, message: 'it is cut' }));
  const counts = { packets: 0, bytes: 0, comments: 0, firstMs: null, lastMs: null };
  return { file, format, compression: null, ...counts, warnings, lacks };
}

describe('warnings that many files share', () => {
  it('are one, with the files, the first place and how often', () => {
    const [warning, ...others] = commonWarnings([capture('a', [2400, 4800]), capture('b', []), capture('c', [240])]);
    expect(others).toEqual([]);
    expect(warning).toEqual({ message: 'it is cut', files: ['a', 'c'], count: 3, offset: 2400 });
    expect(filesWords(warning.files)).toBe('a and 1 more file');
    expect(placeWords(warning)).toBe('first at byte 2,400; 3 times');
  });

  it('stay as they are where there is one', () => {
    const [warning] = commonWarnings([capture('a', [24])]);
    expect([filesWords(warning.files), placeWords(warning)]).toEqual(['a', 'byte 24']);
    const [whole] = commonWarnings([capture('a', [null])]);
    expect(placeWords(whole)).toBe('');
  });
});

describe('files of which nothing is used', () => {
  const unused = ['anything that is used here'];

  it('are counted by kind', () => {
    expect(passedOverWords([capture('a', [], unused), capture('b', [], ['names'], 'Zeek conn.log')])).toBe(
      '1 file holds nothing that is used here, and is passed over: Zeek stats.log',
    );
    expect(passedOverWords([])).toBe('');
  });
});
