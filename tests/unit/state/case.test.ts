import { describe, expect, it, vi } from 'vitest';
import { type Case, isLong, tagsOf, withRemark, withRemarksOf } from '../../../src/analysis/report/case.ts';
import {
  beginsAsCase,
  caseOfFile,
  caseOfText,
  caseText,
  lossWords,
  MOST_REMARKS,
} from '../../../src/analysis/report/case-file.ts';
import { hostKey, remarkKey } from '../../../src/analysis/report/case-keys.ts';
import { RowTexts } from '../../../src/state/row-texts.ts';
import { caseKey, keepsCases, storeCase, storedCase } from '../../../src/state/stored-case.ts';
import { reportOf } from './reports.ts';

const EMPTY: Case = new Map();

describe('a case', () => {
  it('holds what was said of several connections at once, and forgets what is taken back', () => {
    const said = withRemark(EMPTY, ['a', 'b'], { verdict: 'malicious' });
    expect([...said.keys()]).toEqual(['a', 'b']);
    const noted = withRemark(said, ['a'], { note: 'C2', verdict: null });
    expect(noted.get('a')).toEqual({ verdict: null, note: 'C2', tags: [] });
    expect(withRemark(noted, ['a', 'b'], { verdict: null, note: ' ' }).size).toBe(0);
    expect(EMPTY.size).toBe(0);
  });

  it('is changed from what was said, and taken back for those connections alone', () => {
    const said = withRemark(EMPTY, ['a'], { tags: ['c2'], note: 'x' });
    const more = withRemark(said, ['a', 'b'], ({ tags, note }) => ({ tags: [...tags, 'new'], note: `${note}!` }));
    expect(more.get('a')).toEqual({ verdict: null, note: 'x!', tags: ['c2', 'new'] });
    expect(more.get('b')).toEqual({ verdict: null, note: '!', tags: ['new'] });
    const since = withRemark(more, ['z'], { verdict: 'benign' });
    expect(withRemarksOf(since, said, ['a', 'b'])).toEqual(withRemark(said, ['z'], { verdict: 'benign' }));
  });

  it('comes back from its file as it was', () => {
    const said = withRemark(EMPTY, ['a > b:443/6'], { verdict: 'benign', note: 'ours\n"quoted"', tags: ['vpn', 'it'] });
    expect(caseOfText(caseText(said, ['a.pcap']))).toEqual({ remarks: said, leftOut: 0, cut: 0 });
  });

  it('is told from other files by how it begins, and is none of another version', () => {
    const text = caseText(EMPTY, []);
    expect([text, `\n ${text}`, '{"beaconscopeCase":2}', '{"remarks":[]}', 'x'].map(beginsAsCase)).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
    const none = ['', '[]', 'null', text.slice(0, -4), text.replace('1', '2'), '{"beaconscopeCase":1}'];
    expect(none.map(caseOfFile)).toEqual(none.map(() => null));
    expect(caseOfFile(text)).toEqual({ remarks: EMPTY, leftOut: 0, cut: 0 });
  });

  it('is none where it has more values than there is memory for, and is not parsed then', () => {
    const parse = vi.spyOn(JSON, 'parse');
    const text = `{"beaconscopeCase":1,"remarks":[],"captures":[${'[],'.repeat(2_000_001)}0]}`;
    expect([caseOfFile(text), parse.mock.calls.length]).toEqual([null, 0]);
    parse.mockRestore();
  });

  it('keeps hosts and domains under names of their own, connections under the one that they always had', () => {
    const keys = ['10.0.0.5 > b:443/6', hostKey('10.0.0.5'), 'dns 10.0.0.5 > example.org'];
    const said = withRemark(EMPTY, keys, { verdict: 'malicious' });
    const { remarks } = JSON.parse(caseText(said, [])) as { remarks: unknown[] };
    expect(remarks).toMatchObject([
      { connection: '10.0.0.5 > b:443/6' },
      { host: '10.0.0.5' },
      { dns: '10.0.0.5 > example.org' },
    ]);
    expect(caseOfText(caseText(said, [])).remarks).toEqual(said);
  });

  it('says how many remarks it could not read', () => {
    const many = Array.from({ length: MOST_REMARKS + 2 }, (_, at) => ({ connection: String(at), verdict: 'benign' }));
    const text = JSON.stringify({ beaconscopeCase: 1, remarks: [{ note: 'of nothing' }, ...many] });
    const { remarks, leftOut } = caseOfText(text);
    expect([remarks.size, leftOut]).toEqual([MOST_REMARKS - 1, 4]);
    const words = '4 remarks could not be read: damaged, or beyond the 10,000 that a case holds';
    expect(lossWords({ leftOut, cut: 0 })).toBe(words);
    expect(lossWords({ leftOut: 0, cut: 0 })).toBe('');
  });

  it('has fifty tags of a hundred characters, and notes of ten thousand', () => {
    const all = Array.from({ length: 60 }, (_, at) => `tag ${at}`);
    const tags = [`${'x'.repeat(100)}y`, ...all];
    const text = JSON.stringify({
      beaconscopeCase: 1,
      remarks: [
        { connection: 'a', note: 'x'.repeat(10_001), tags },
        { connection: 'b', note: 'x'.repeat(10_001) },
        { connection: 'c', tags: all.slice(0, 51) },
        { connection: 'd', tags: ['x'.repeat(101)] },
        { connection: 'e', note: 'x'.repeat(10_000), tags: ['x'.repeat(100), ...all.slice(0, 49)] },
      ],
    });
    const { remarks, ...lost } = caseOfText(text);
    const remark = remarks.get('a');
    expect([remark?.note.length, remark?.tags.length, remark?.tags[0]]).toEqual([10_000, 50, 'x'.repeat(100)]);
    expect(lossWords(lost)).toBe(
      '4 remarks could not be read in full: a case keeps 10,000 characters of a note, 50 tags and 100 characters of a tag',
    );
    expect([...remarks.values()].some(isLong)).toBe(false);
  });

  it.each(['', 'null', '[]', '{"beaconscopeCase":2,"remarks":[]}', '{"beaconscopeCase":1,"remarks":[1,{"note":"x"}]}'])(
    'is empty for %s',
    (text) => expect(caseOfText(text).remarks.size).toBe(0),
  );

  it('takes each tag once', () => {
    expect(tagsOf(' c2, , beacon,c2')).toEqual(['c2', 'beacon']);
  });

  it('names a connection by its ends, not by its row', () => {
    const report = reportOf([{ source: '10.0.0.9', destination: '192.0.2.1', port: 443, name: 'a.example' }]);
    expect(remarkKey(report, new RowTexts(report), 0)).toBe('10.0.0.9 > a.example:443/6');
  });
});

describe('a kept case', () => {
  const kept = new Map<string, string>();
  const store = () => ({
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
    key: (at: number) => [...kept.keys()][at] ?? null,
    length: kept.size,
  });
  const blocked = () => {
    throw new Error('blocked');
  };

  it('is found by the digests of its captures in any order, and forgotten when empty', () => {
    const key = caseKey(
      new Map([
        ['a.pcap', 'aa'],
        ['b.pcap', 'bb'],
      ]),
    );
    expect(
      caseKey(
        new Map([
          ['b.pcap', 'bb'],
          ['a.pcap', 'aa'],
        ]),
      ),
    ).toBe(key);
    const said = withRemark(EMPTY, ['x'], { verdict: 'suspicious' });
    expect(keepsCases(store)).toBe(false);
    expect(storeCase(key, said, ['a.pcap'], store)).toBe(true);
    expect(keepsCases(store)).toBe(true);
    expect(storedCase(key, store).remarks).toEqual(said);
    expect(storeCase(key, EMPTY, [], store)).toBe(true);
    expect(kept.size).toBe(0);
  });

  it('is none where the browser blocks storage', () => {
    expect(storedCase('k', blocked).remarks.size).toBe(0);
    expect(storeCase('k', EMPTY, [], blocked)).toBe(false);
    expect(keepsCases(blocked)).toBe(false);
  });
});
