import { describe, expect, it } from 'vitest';
import { RowTexts } from '../../../src/state/row-texts.ts';
import { announcementOf } from '../../../src/views/announcement.ts';
import { failureAdvice, failureTitle } from '../../../src/views/failure-text.ts';
import { emptinessOf, headlineOf } from '../../../src/views/headline.ts';
import { limitOf } from '../../../src/views/limit.ts';
import { timeLeft } from '../../../src/views/pace.ts';
import { reportOf } from '../state/reports.ts';

const PROGRESS = { file: 'a.pcap', fileNumber: 1, fileCount: 1, bytesRead: 25, bytesTotal: 100, packets: 1, elapsedMs: 10_000 };

function headline(...args: Parameters<typeof reportOf>): string {
  const report = reportOf(...args);
  const { before, connection } = headlineOf(report, new RowTexts(report));
  return before + connection;
}

describe('headline', () => {
  it('names the connection with the highest score', () => {
    expect(headline([
      { source: '10.0.0.9', destination: '192.0.2.1', port: 53, score: 0.2 },
      { source: '10.0.0.23', destination: '192.0.2.9', port: 443, name: 'updates.example.net', score: 0.966 },
    ])).toBe('2 connections have more than 10 flows; the highest score is 0.97: 10.0.0.23 → updates.example.net:443');
    expect(headline([{ source: '::1', destination: '2001:db8::9', port: 443, score: 0.5 }]))
      .toBe('1 connection has more than 10 flows; its score is 0.50: ::1 → [2001:db8::9]:443');
  });

  it('says when there is no score and when there is no connection', () => {
    expect(headline([{ source: 'a', destination: 'b' }])).toBe('1 connection has more than 10 flows; none has enough of them for a score.');
    expect(headline([])).toBe('No connection has more than 10 flows.');
  });
});

describe('an empty result', () => {
  it('says which limit hid the connections and which would show some', () => {
    const { reasons, limit } = emptinessOf(reportOf([], { packets: 120, flowPackets: 100, flows: 20, groups: 9, largestGroup: 7 }));
    expect(reasons).toEqual([
      '120 packets were read; 100 of them make up 20 flows in 9 connections.',
      'The largest connection has 7 flows; the limit is more than 10.',
    ]);
    expect(limit).toBe(3);
  });

  it('offers no limit where nothing could be listed', () => {
    expect(emptinessOf(reportOf([])).limit).toBeNull();
    expect(emptinessOf(reportOf([], { packets: 1 }))).toEqual({
      reasons: ['1 packet was read, and none of them belongs to a flow: no IP packet was found.'], limit: null,
    });
  });
});

describe('announcements', () => {
  it('change only with every tenth read', () => {
    const at = (bytesRead: number) => announcementOf({ phase: 'reading', fileNames: ['a.pcap'], progress: { ...PROGRESS, bytesRead } });
    expect(at(25)).toBe('Reading a.pcap: 20 percent.');
    expect(at(29)).toBe(at(25));
    expect(at(100)).toBe('Reading a.pcap: 100 percent.');
  });

  it('say a failure', () => {
    const failure = { kind: 'empty', message: 'the file has no bytes', file: 'a.pcap', offset: 0 };
    expect(announcementOf({ phase: 'failed', failure })).toBe('a.pcap is empty. the file has no bytes');
  });
});

describe('small texts', () => {
  it('of the time left', () => {
    expect(timeLeft(PROGRESS)).toBe('about 30 s');
    expect(timeLeft({ ...PROGRESS, elapsedMs: 100_000 })).toBe('about 5 min');
    expect(timeLeft({ ...PROGRESS, elapsedMs: 10 })).toBe('measuring');
    expect(timeLeft({ ...PROGRESS, bytesRead: 100 })).toBe('a moment');
  });

  it('of limits take whole numbers only', () => {
    expect(['10', '0', '', '-1', '1.5', '1e3', '4294967296', ' 7 '].map(limitOf)).toEqual([10, 0, null, null, null, null, null, 7]);
  });

  it('of a format that is known do not call the file damaged', () => {
    const failure = { kind: 'other-format', message: '', file: 'a.zip', offset: 0 };
    expect(failureAdvice(failure)).toContain('knows this format');
    expect(failureAdvice({ ...failure, kind: 'cut-header' })).toContain('damaged');
  });

  it('of every kind of failure name the file and give advice', () => {
    for (const kind of ['empty', 'not-a-capture', 'other-format', 'cut-header', 'unreadable', 'crashed', 'out-of-memory']) {
      const failure = { kind, message: '', file: 'a.pcap', offset: null };
      expect(failureTitle(failure).length).toBeGreaterThan(10);
      expect(failureAdvice(failure).length).toBeGreaterThan(20);
    }
    expect(failureTitle({ kind: 'bad-length', message: '', file: 'a.pcap', offset: 3 })).toBe('a.pcap could not be read');
  });
});
