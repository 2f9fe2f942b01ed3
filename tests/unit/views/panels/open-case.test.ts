import { describe, expect, it } from 'vitest';
import { caseText, LARGEST_CASE_BYTES } from '../../../../src/analysis/report/case-file.ts';
import { formatBytes } from '../../../../src/views/text/format.ts';
import { isCase, openCase } from '../../../../src/views/panels/open-case.ts';

const SAVED = caseText(new Map(), []);

describe('a case that is opened in the page', () => {
  it('is told by its beginning', async () => {
    const isSaved = (text: string): Promise<boolean> => isCase(new File([text], 'case.json'));
    expect(await Promise.all([SAVED, `\n${SAVED}`, '{"remarks":[]}', ''].map(isSaved))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it('is given by its text, and what is none is said', async () => {
    const given: string[] = [];
    const open = (text: string): boolean => given.push(text) === 1;
    const file = new File([SAVED], 'case.json');
    expect(await openCase(file, open)).toBe(null);
    expect(await openCase(file, open)).toMatch(/not a case that was saved here/);
    expect(given).toEqual([SAVED, SAVED]);
  });

  it('is not read where it is larger than any, and where it cannot be', async () => {
    const open = (): boolean => true;
    const reads: number[] = [];
    const fileOf = (size: number): File => {
      const text = (): Promise<string> => Promise.reject(new Error(`read ${reads.push(size)}`));
      return { size, text, slice: () => ({ text }) } as unknown as File;
    };
    expect(await openCase(fileOf(LARGEST_CASE_BYTES + 1), open)).toBe(
      `too large for a case, which has at most ${formatBytes(LARGEST_CASE_BYTES)}`,
    );
    expect(reads).toEqual([]);
    expect(await openCase(fileOf(LARGEST_CASE_BYTES), open)).toBe('it cannot be read');
    expect(await isCase(fileOf(1))).toBe(false);
  });
});
