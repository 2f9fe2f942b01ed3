import { describe, expect, it } from 'vitest';
import { RowTexts } from '../../../../src/state/row-texts.ts';
import { announcementOf } from '../../../../src/views/results/announcement.ts';
import { failureAdvice, failureTitle } from '../../../../src/views/reading/failure-text.ts';
import { BADGES } from '../../../../src/analysis/triage/badge.ts';
import { emptinessOf, headlineOf } from '../../../../src/views/results/headline.ts';
import { limitOf } from '../../../../src/views/controls/limit-field.tsx';
import { scoredSoFar, timeLeft } from '../../../../src/views/reading/pace.ts';
import { rhythmOf } from '../../../../src/views/text/rhythm-words.ts';
import { shortCapture } from '../../../../src/views/results/short-capture.ts';
import { unscoredReason } from '../../../../src/views/text/ranking-words.ts';
import { reportOf } from '../../state/reports.ts';
import type { RowsSoFar } from '../../../../src/worker/protocol.ts';

const PROGRESS = {
  file: 'a.pcap',
  fileNumber: 1,
  fileCount: 1,
  bytesRead: 25,
  bytesTotal: 100,
  packets: 1,
  elapsedMs: 10_000,
};

function headline(...args: Parameters<typeof reportOf>): string {
  const report = reportOf(...args);
  const { before, connection, after } = headlineOf(report, new RowTexts(report));
  return before + connection + after;
}

const STEADY = { score: 0.9, strength: 27, intervalS: 60, jitter: 0.114, present: 228, expected: 233 };

describe('headline', () => {
  it('counts the steady rhythms and names the strongest', () => {
    expect(
      headline([
        { source: '10.0.0.9', destination: '192.0.2.1', port: 53, rhythm: { score: 0.49, strength: 2.9 } },
        { source: '10.0.0.23', destination: '192.0.2.9', port: 443, name: 'updates.example.net', rhythm: STEADY },
        { source: '10.0.0.24', destination: '192.0.2.9', port: 443, rhythm: { score: 0.5, strength: 3 } },
      ]),
    ).toBe('2 of 3 connections check in on a steady rhythm; the steadiest is 10.0.0.23 → updates.example.net:443');
    expect(
      headline([
        { source: '::1', destination: '2001:db8::9', port: 443, rhythm: STEADY },
        { source: 'a', destination: 'b' },
      ]),
    ).toBe('1 of 2 connections checks in on a steady rhythm; it is ::1 → [2001:db8::9]:443');
    expect(headline([{ source: '::1', destination: '2001:db8::9', port: 443, rhythm: STEADY }])).toBe(
      'The one connection listed checks in on a steady rhythm; it is ::1 → [2001:db8::9]:443',
    );
  });

  it('counts names that have a rhythm at several addresses, and names the first that is not explained', () => {
    const row = { source: '10.0.0.5', destination: '192.0.2.9', port: 443, name: 'cdn.example' };
    const byName = (rows: Parameters<typeof reportOf>[0], badge: (typeof BADGES)[number], heads: number[]): string => {
      const report = reportOf(rows);
      const { triage } = report.connections;
      heads.forEach((head, at) => {
        triage.byName[at] = head + 1;
        triage.byNameScore[at] = 0.9;
        triage.head[at] = head;
        triage.badge[at] = BADGES.indexOf(badge);
      });
      const { before, connection, after } = headlineOf(report, new RowTexts(report));
      return before + connection + after;
    };
    expect(byName([row, row, { source: 'a', destination: 'b' }], 'next', [0, 0])).toBe(
      'None of 3 connections has a steady rhythm by itself, but 1 name has one at several addresses: ' +
        '10.0.0.5 → cdn.example:443',
    );
    expect(byName([row, row], 'explained', [0, 1])).toBe(
      'None of 2 connections has a steady rhythm by itself, but 2 names have one at several addresses.',
    );
    const steady = { source: '::1', destination: '2001:db8::9', port: 443, rhythm: STEADY };
    expect(byName([row, row, steady], 'next', [0, 0])).toBe(
      '1 of 3 connections checks in on a steady rhythm, 1 name has one at several addresses; it is ::1 → [2001:db8::9]:443',
    );
  });

  it('tells what is to be read first apart from rhythms that are all explained', () => {
    const report = reportOf([
      { source: '10.0.0.9', destination: '192.0.2.1', port: 53, rhythm: STEADY },
      { source: '10.0.0.9', destination: '192.0.2.9', port: 443 },
    ]);
    const { triage } = report.connections;
    triage.badge.set([BADGES.indexOf('explained'), BADGES.indexOf('first')]);
    triage.head.set([0, 1]);
    expect(headlineOf(report, new RowTexts(report)).before).toBe(
      '1 of 2 connections checks in on a steady rhythm, which does not stand out; 1 to read first.',
    );
    triage.badge[1] = BADGES.indexOf('rest');
    expect(headlineOf(report, new RowTexts(report)).before).toBe(
      '1 of 2 connections checks in on a steady rhythm, which does not stand out.',
    );
  });

  it('does not call steadiest what only is not explained', () => {
    const rows = [
      { source: '10.0.0.9', destination: '192.0.2.1', port: 137, rhythm: STEADY },
      { source: '10.0.0.9', destination: '192.0.2.9', port: 443, rhythm: { ...STEADY, score: 0.6, strength: 4 } },
    ];
    const said = (scores: number[], isAside = false): string => {
      const report = reportOf(rows);
      const { triage, joined } = report.connections;
      triage.badge.set([BADGES.indexOf('explained'), BADGES.indexOf('next')]);
      if (isAside) triage.setAside[0] = 1;
      joined.score.set(scores);
      const { before, connection } = headlineOf(report, new RowTexts(report));
      return before + connection;
    };
    expect(said([0.9, 0.6])).toBe(
      '2 of 2 connections check in on a steady rhythm; the steadiest that is not explained is 10.0.0.9 → 192.0.2.9:443',
    );
    expect(said([0.4, 0.3])).toBe(
      'None of 2 connections checks in on a steady rhythm; the strongest that is not explained scores 0.30: ' +
        '10.0.0.9 → 192.0.2.9:443',
    );
    expect(said([0.4, 0.3], true)).toMatch('the strongest that is not explained or set aside scores 0.30');
  });

  it('says when there is no rhythm, and when there is no connection', () => {
    expect(headline([{ source: 'a', destination: 'b', rhythm: { score: 0.31, strength: 1.3 } }])).toBe(
      'The one connection listed does not check in on a steady rhythm; the strongest rhythm scores 0.31: a → b',
    );
    expect(headline([{ source: 'a', destination: 'b', rhythm: { score: 0, strength: -1 } }])).toBe(
      'The one connection listed does not check in on a steady rhythm.',
    );
    expect(headline([{ source: 'a', destination: 'b' }])).toBe(
      'The one connection listed was not seen often or long enough for a rhythm.',
    );
    expect(headline([], { flows: 2 })).toBe('No connection has more than 4 flows.');
    expect(headline([])).toBe('The capture holds no packets.');
  });
});

describe('a rhythm in the table', () => {
  const wordsOf = (rhythm: Parameters<typeof reportOf>[0][number]['rhythm']) =>
    rhythmOf(
      reportOf([{ source: 'a', destination: 'b', ...(rhythm === undefined ? {} : { rhythm }) }]).connections.joined,
      0,
    );

  it('is its interval, jitter and presence', () => {
    expect(wordsOf(STEADY)).toEqual({
      level: 'flow',
      intervalMs: 60_000,
      interval: '60 s',
      jitter: '± 11 %',
      presence: '228 of 233',
    });
    expect(wordsOf({ ...STEADY, intervalS: 0.24 })).toMatchObject({ interval: '240 ms', jitter: '' });
  });

  it('is none below the score that is worth describing, or without one', () => {
    expect(wordsOf({ ...STEADY, score: 0.29 })).toBeNull();
    expect(wordsOf({ ...STEADY, intervalS: NaN })).toBeNull();
    expect(wordsOf(undefined)).toBeNull();
  });

  it('is told why there is no score', () => {
    const report = reportOf([{ source: 'a', destination: 'b', score: 1 }]);
    expect(unscoredReason(report, 'rhythm', 0)).toBe('fewer than 5 separate visits');
    expect(unscoredReason(report, 'notebook', 0)).toBe('');
  });
});

describe('a short capture', () => {
  const MINUTE = 60_000;

  it('says which intervals it cannot show', () => {
    expect(shortCapture(42 * MINUTE, null)).toEqual({
      sentence: 'The flows span 42 min 00 s: intervals above 7 min cannot be judged.',
      brief: 'Too short for intervals above 7 min',
      warn: true,
    });
    expect(shortCapture(3 * MINUTE, null).sentence).toBe(
      'The flows span 3 min 00 s: intervals above 30 s cannot be judged.',
    );
  });

  it('says that nothing can be judged where it is over at once', () => {
    expect(shortCapture(100, null)).toMatchObject({
      sentence: 'The flows span 100 ms: no interval can be judged.',
      brief: 'Too short for any interval',
    });
  });

  it('is a warning only where ten minutes cannot be shown', () => {
    expect(shortCapture(242 * MINUTE, 54_000)).toEqual({
      sentence: 'The flows span 4 h 02 min: intervals above 40 min cannot be judged.',
      brief: 'Too short for intervals above 40 min',
      warn: false,
    });
    expect(shortCapture(60 * MINUTE, null).warn).toBe(false);
  });

  it('never calls what is claimed beyond judgement', () => {
    expect(shortCapture(242 * MINUTE, 55 * MINUTE)).toEqual({
      sentence: 'The flows span 4 h 02 min: intervals above 55.0 min cannot be judged.',
      brief: 'Too short for intervals above 55.0 min',
      warn: true,
    });
  });
});

describe('an empty result', () => {
  it('says which limit hid the connections and which would show some', () => {
    const { reasons, limit } = emptinessOf(
      reportOf([], { packets: 120, flowPackets: 100, flows: 20, groups: 9, largestGroup: 7 }),
    );
    expect(reasons).toEqual([
      '120 packets were read; 100 of them make up 20 flows in 9 connections.',
      'The largest connection has 7 flows; the limit is more than 4.',
    ]);
    expect(limit).toBe(3);
  });

  it('says of logs, which have no packets, how many flows there are', () => {
    expect(emptinessOf(reportOf([], { flows: 2, groups: 1, largestGroup: 2 }))).toEqual({
      reasons: ['2 flows were read, in 1 connection.', 'The largest connection has 2 flows; the limit is more than 4.'],
      limit: 1,
    });
  });

  it('offers no limit where nothing could be listed', () => {
    expect(emptinessOf(reportOf([]))).toEqual({ reasons: ['The capture holds no packets.'], limit: null });
    const range = { fromMs: 0, toMs: 1 };
    expect(emptinessOf(reportOf([], { packets: 9, range }))).toEqual({
      reasons: ['No flow began in the time looked at.'],
      limit: null,
    });
    expect(emptinessOf(reportOf([], { packets: 1 }))).toEqual({
      reasons: ['1 packet was read, and none of them belongs to a flow: no IP packet was found.'],
      limit: null,
    });
  });
});

describe('how far scoring has come', () => {
  it('counts connections', () => {
    expect(scoredSoFar({ scored: 12_032, listed: 50_000 })).toBe('12,032 of 50,000 connections');
    expect(scoredSoFar({ scored: 0, listed: 1 })).toBe('0 of 1 connection');
  });
});

describe('announcements', () => {
  it('change only with every tenth read, and with the first rows', () => {
    const at = (bytesRead: number, soFar: RowsSoFar | null = null) =>
      announcementOf({ phase: 'reading', fileNames: ['a.pcap'], progress: { ...PROGRESS, bytesRead }, soFar });
    expect(at(25)).toBe('Reading a.pcap: 20 percent.');
    expect(at(29)).toBe(at(25));
    expect(at(100)).toBe('Reading a.pcap: 100 percent.');
    const rows = { report: reportOf([]), bytesRead: 20, bytesTotal: 100 };
    expect(at(25, rows)).toBe('Reading a.pcap: 20 percent. The first connections are shown.');
    expect(at(29, { ...rows, bytesRead: 28 })).toBe(at(25, rows));
  });

  it('say a failure', () => {
    const failure = { kind: 'empty', message: 'the file has no bytes', file: 'a.pcap', offset: 0 };
    expect(announcementOf({ phase: 'failed', failure, progress: null })).toBe('a.pcap is empty. the file has no bytes');
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
    expect(['10', '0', '', '-1', '1.5', '1e3', '4294967296', ' 7 '].map(limitOf)).toEqual([
      10,
      0,
      null,
      null,
      null,
      null,
      null,
      7,
    ]);
  });

  it('of a format that is known do not call the file damaged', () => {
    const failure = { kind: 'other-format', message: '', file: 'a.zip', offset: 0 };
    expect(failureAdvice(failure)).toContain('knows this format');
    expect(failureAdvice({ ...failure, kind: 'cut-header' })).toContain('damaged');
  });

  it('of every kind of failure name the file and give advice', () => {
    for (const kind of [
      'empty',
      'not-a-capture',
      'other-format',
      'cut-header',
      'unreadable',
      'crashed',
      'out-of-memory',
    ]) {
      const failure = { kind, message: '', file: 'a.pcap', offset: null };
      expect(failureTitle(failure).length).toBeGreaterThan(10);
      expect(failureAdvice(failure).length).toBeGreaterThan(20);
    }
    expect(failureTitle({ kind: 'bad-length', message: '', file: 'a.pcap', offset: 3 })).toBe(
      'a.pcap could not be read',
    );
  });
});
