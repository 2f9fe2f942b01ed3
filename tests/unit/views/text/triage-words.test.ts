import { describe, expect, it } from 'vitest';
import { BADGES } from '../../../../src/analysis/triage/badge.ts';
import { asideChoices } from '../../../../src/state/set-aside.ts';
import { RowTexts } from '../../../../src/state/row-texts.ts';
import { choiceWords, BADGE_SIGNS, sumText } from '../../../../src/views/text/triage-words.ts';
import { notesOf } from '../../../../src/views/detail/triage-notes.ts';
import { headlineOf } from '../../../../src/views/results/headline.ts';
import { importWords, listSummaryWords } from '../../../../src/views/panels/list-words.tsx';
import { reportOf } from '../../state/reports.ts';

const ROWS = Array.from({ length: 4 }, (_, at) => ({
  source: '10.0.0.9',
  destination: `203.0.113.${at}`,
  rhythm: { score: 0.9, strength: 27 - at },
}));

describe('badges', () => {
  it('differ in shape and in word', () => {
    const words = BADGES.map((badge) => BADGE_SIGNS[badge]);
    expect(new Set(words.map(({ shape }) => shape)).size).toBe(BADGES.length);
    expect(new Set(words.map(({ word }) => word)).size).toBe(BADGES.length);
  });
});

describe('the sum', () => {
  it('is a line a reason, and the total', () => {
    const lines = [
      { id: 'rhythm', points: 3, phrase: 'steady rhythm' },
      { id: 'naming', points: -4, phrase: 'name service' },
      { id: 'late', points: 0, phrase: 'began late' },
    ];
    expect(sumText(-1, lines)).toBe('+3  steady rhythm\n−4  name service\n·  began late\n= −1 point');
    expect(sumText(0, [])).toBe('= 0 points');
  });
});

describe('the headline', () => {
  it('counts what is to be read first and neither set aside nor folded', () => {
    const report = reportOf(ROWS);
    const { triage } = report.connections;
    const texts = new RowTexts(report);
    expect(headlineOf(report, texts).after).toBe('');
    triage.badge.fill(BADGES.indexOf('first'));
    expect(headlineOf(report, texts).after).toBe(' (4 to read first)');
    triage.setAside[1] = 1;
    triage.head[3] = 0;
    expect(headlineOf(report, texts).after).toBe(' (2 to read first)');
  });
});

describe('notes without points', () => {
  const noted = (hosts: number, allHosts: number, prevalenceGap: string, sinceMs = 0): string[] => {
    const report = reportOf(ROWS.slice(0, 1), { firstMs: 1000, lastMs: 9_000_000 });
    report.connections.triage.hosts[0] = hosts;
    report.connections.firstSeenMs[0] = 1000 + sinceMs;
    report.triage.hosts = allHosts;
    report.triage.prevalenceGap = prevalenceGap;
    return notesOf(report, new RowTexts(report), 0);
  };

  it('say how many hosts go there, or that it cannot be judged', () => {
    expect(noted(3, 12, '')).toEqual(['3 of 12 internal hosts go there', 'first seen as the capture began']);
    expect(noted(1, 1, 'only 1 host seen', 60_000)).toEqual([
      'only 1 host seen',
      'first seen 60 s after the capture began',
    ]);
    expect(noted(0, 12, '')).toEqual(['first seen as the capture began']);
  });
});

describe('lists', () => {
  it('say what came of a file', () => {
    const problems = [{ line: 4, reason: 'empty' }];
    expect(importWords('feed.csv', { added: 1200, known: 3, others: 1, problems })).toBe(
      'feed.csv: 1,200 entries added, 3 already there, 1 object about something else, 1 line not read.',
    );
    expect(importWords('a.txt', { added: 1, known: 0, others: 0, problems: [] })).toBe('a.txt: 1 entry added.');
    expect(listSummaryWords({ entries: 2, pairs: 0, others: 5 })).toBe('2 entries, and 5 objects about something else');
    expect(listSummaryWords({ entries: 3, pairs: 1, others: 0 })).toBe('3 entries, 1 of them a pair');
  });

  it('name each choice by what it covers', () => {
    const ends = { source: '10.0.0.5', destination: '203.0.113.7', name: 'a.example' };
    expect(asideChoices([ends, { ...ends, destination: '198.51.100.1' }]).map(choiceWords)).toEqual([
      'only 10.0.0.5 > a.example',
      'their 2 destinations',
      'their 2 networks',
      'the name a.example alone',
      'a.example and all names below it',
    ]);
    expect(asideChoices([ends]).map(choiceWords)).toEqual([
      'only 10.0.0.5 > a.example',
      'this destination, 203.0.113.7',
      'its network, 203.0.113.0/24',
      'the name a.example alone',
      'a.example and all names below it',
    ]);
  });
});
