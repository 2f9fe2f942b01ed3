import { bufferSource } from 'pcap-ts-parser';
import { describe, expect, it } from 'vitest';
import { analyze, type SoFar } from '../../../src/analysis/pipeline.ts';
import { DEFAULT_SETTINGS } from '../../../src/analysis/settings.ts';
import { showingSoFar } from '../../../src/analysis/so-far-pace.ts';
import { sampleCapture } from '../../builders/sample.ts';

const analysis = await analyze([bufferSource(sampleCapture())], DEFAULT_SETTINGS);
const soFar: SoFar = () => analysis;

/**
 * When rows are shown, by a clock that only goes on by what reading and showing take.
 *
 * @param bytesPerMs how fast reading is
 * @param costOf milliseconds that showing rows takes, by the bytes they are of
 */
function shownAt(
  bytesTotal: number,
  bytesPerMs: number,
  costOf: (bytes: number) => number,
  asked = soFar,
  packetsPerByte = 0,
) {
  let nowMs = 5000;
  let spentMs = 0;
  const at: number[] = [];
  const tell = showingSoFar(
    bytesTotal,
    () => nowMs,
    (_, bytesRead) => {
      at.push(nowMs - 5000);
      nowMs += costOf(bytesRead);
      spentMs += costOf(bytesRead);
    },
  );
  for (let bytesRead = 1e6; bytesRead <= bytesTotal; bytesRead += 1e6) {
    nowMs += 1e6 / bytesPerMs;
    tell({ file: '', fileNumber: 1, bytesRead, packets: bytesRead * packetsPerByte }, asked);
  }
  return { at, share: spentMs / (nowMs - 5000) };
}

describe('what was read so far', () => {
  it('is shown within a second, then ever more seldom, and takes about a tenth of the time', () => {
    const { at, share } = shownAt(4e9, 1e5, (bytes) => bytes / 4e5);
    expect(at[0]).toBeLessThan(1000);
    expect(at.length).toBeGreaterThan(2);
    const pauses = at.slice(1).map((ms, place) => ms - at[place]);
    expect(pauses.every((ms, place) => place === 0 || ms > pauses[place - 1])).toBe(true);
    expect(share).toBeLessThan(0.11);
  });

  it('is refreshed no more often than three times a second, however little it takes', () => {
    const { at } = shownAt(1e9, 1e5, () => 0);
    expect(at.every((ms, place) => place === 0 || ms - at[place - 1] >= 300)).toBe(true);
    expect(at.length).toBeGreaterThan(10);
  });

  it('is not shown where all is read almost as soon', () => {
    expect(shownAt(15e6, 1e3, () => 1).at).toEqual([]);
    expect(shownAt(125e6, 1e5, () => 1).at).toEqual([]);
  });

  it('is shown at once where many packets are read and more are to come', () => {
    expect(shownAt(200e6, 3e3, () => 1, soFar, 1 / 80).at[0]).toBeLessThan(1e6 / 3e3 + 1);
    expect(shownAt(200e6, 3e3, () => 1, soFar, 1 / 800).at[0]).toBeGreaterThan(1e6 / 3e3 + 1);
    expect(shownAt(60e6, 3e4, () => 1, soFar, 1 / 80).at[0]).toBeGreaterThan(1e6 / 3e4 + 1);
  });

  it('waits where there is nothing to show', () => {
    expect(
      shownAt(
        1e9,
        1e5,
        () => 1,
        () => null,
      ).at,
    ).toEqual([]);
  });
});
