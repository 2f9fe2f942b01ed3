import { Writable } from 'node:stream';
import { bufferSource } from 'pcap-ts-parser';
import { describe, expect, it } from 'vitest';
import { NO_FILTER } from '../../../src/filter/filter.ts';
import { analyze } from '../../../src/analysis/pipeline.ts';
import { DEFAULT_SETTINGS } from '../../../src/analysis/settings.ts';
import { liveRows } from '../../../src/cli/live.ts';
import { sampleCapture } from '../../builders/sample.ts';

const analysis = await analyze([bufferSource(sampleCapture())], DEFAULT_SETTINGS);
const command = { live: 'auto', range: null, score: 'triage', filter: NO_FILTER } as const;
const listed = { list: DEFAULT_SETTINGS, baseline: null, bytes: 1e9 };

/** What a call that reads for ten seconds writes to a stream. */
function shownOn(errors: { isTTY?: boolean; columns?: number }, live: 'auto' | 'always' | null = 'auto'): string {
  let text = '';
  let nowMs = 0;
  const stream = new Writable({
    write(chunk: Buffer, _, done) {
      text += chunk.toString('utf8');
      done();
    },
  });
  const { onProgress, end } = liveRows({ ...command, live }, listed, Object.assign(stream, errors), () => nowMs);
  for (let bytesRead = 1e6; bytesRead <= 1e9; bytesRead += 1e6) {
    nowMs += 10;
    onProgress({ file: 'a', fileNumber: 1, bytesRead, packets: 1 }, () => analysis);
  }
  end();
  return text;
}

const ESCAPE = '\u001b[';

/** What a terminal holds after a text with these few movements, and all lines that it ever held. */
function terminal(text: string): { left: string[]; ever: string[] } {
  const [left, ever]: [string[], string[]] = [[], []];
  for (const line of text.replaceAll(`${ESCAPE}?7l`, '').replaceAll(`${ESCAPE}?7h`, '').split('\n')) {
    const [before, up, rest] = line.split(ESCAPE);
    if (up !== undefined) left.length -= Number.parseInt(up, 10);
    const written = before + (rest ?? '').replace('0J', '');
    if (written === '') continue;
    left.push(written);
    ever.push(written);
  }
  return { left, ever };
}

describe('first rows in the terminal', () => {
  it('are drawn in place, as many as fit, and leave nothing behind', () => {
    const { left, ever } = terminal(shownOn({ isTTY: true, columns: 60 }));
    expect(left).toEqual([]);
    expect(ever.filter((line) => line.startsWith('so far: ')).length).toBeGreaterThan(3);
    expect(ever.filter((line) => line.startsWith('points  badge')).length).toBeGreaterThan(3);
    expect(Math.max(...ever.map(({ length }) => length))).toBe(59);
  });

  it('are written one after the other elsewhere, where that is asked for', () => {
    const text = shownOn({}, 'always');
    expect(text).not.toContain('\u001b');
    expect(text.split('\n').length).toBeGreaterThan(3 * 12);
    expect(text).toMatch(/^so far: [\d.]+ MB of 1(\.0)? GB read; rows can still move\npoints {2}badge/);
  });

  it('are not shown where nobody asked, or sees them', () => {
    expect(shownOn({ isTTY: true }, null)).toBe('');
    expect(shownOn({})).toBe('');
  });
});
