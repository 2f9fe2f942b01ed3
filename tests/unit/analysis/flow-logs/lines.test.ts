import { bufferSource, type ByteSource, CaptureError } from 'pcap-ts-parser';
import { describe, expect, it, vi } from 'vitest';
import { readLines } from '../../../../src/analysis/flow-logs/lines.ts';

const LONGEST = 1 << 20;

interface Taken {
  lines: [text: string, number: number, ended: boolean][];
  tooLong: number[];
}

async function linesOf(
  source: ByteSource,
): Promise<Taken & { fault: CaptureError | null; bytes: number; progress: number[] }> {
  const taken: Taken = { lines: [], tooLong: [] };
  const progress: number[] = [];
  const read = await readLines(
    source,
    {
      line: (...line) => taken.lines.push(line),
      tooLong: (number) => taken.tooLong.push(number),
    },
    (bytes) => progress.push(bytes),
  );
  return { ...taken, ...read, progress };
}

const textSource = (text: string): ByteSource => bufferSource(new Uint8Array(Buffer.from(text, 'latin1')), 'log');

/** A source that gives its bytes a few at a time, and fails at their end where a fault is given. */
function inPieces(text: string, length: number, fault: Error | null = null): ByteSource {
  const bytes = Buffer.from(text, 'latin1');
  return {
    name: 'log',
    size: bytes.length,
    open() {
      let at = 0;
      return {
        async read(space) {
          if (at >= bytes.length && fault !== null) throw fault;
          const piece = bytes.subarray(at, (at += length));
          space.set(piece);
          return space.subarray(0, piece.length);
        },
        async close() {},
      };
    },
  };
}

describe('readLines', () => {
  it('numbers lines, takes both line ends, and says where the last one has none', async () => {
    const { lines, fault } = await linesOf(textSource('one\r\n\ntwo\u00ff\nlast'));
    expect(lines).toEqual([
      ['one', 1, true],
      ['', 2, true],
      ['two\u00ff', 3, true],
      ['last', 4, false],
    ]);
    expect(fault).toBeNull();
  });

  it.each([1, 2, 3, 7])('puts lines together that come %d bytes at a time', async (length) => {
    const { lines, bytes, progress } = await linesOf(inPieces('first line\r\nsecond\n\nthird', length));
    expect(lines.map(([text]) => text)).toEqual(['first line', 'second', '', 'third']);
    expect(bytes).toBe(25);
    expect(progress.at(-1)).toBe(25);
  });

  it('makes many short lines at a time, and each of them as it stands', async () => {
    const made = vi.spyOn(String, 'fromCharCode');
    const texts = Array.from({ length: 40_000 }, (_, line) => `${line}`.repeat(line % 500 === 0 ? 300 : line % 7));
    const { lines } = await linesOf(textSource(texts.map((text) => `${text}\r\n`).join('')));
    expect(lines.map(([text]) => text)).toEqual(texts);
    expect(made.mock.calls.length).toBeLessThan(texts.length / 50);
    made.mockRestore();
  });

  it('passes over a line that is longer than any of a log, and goes on behind it', async () => {
    const { lines, tooLong } = await linesOf(textSource(`a\n${'x'.repeat(LONGEST + 300_000)}\nb\n`));
    expect(lines.map(([text, number]) => [text, number])).toEqual([
      ['a', 1],
      ['b', 3],
    ]);
    expect(tooLong).toEqual([2]);
  });

  it('passes over a file without line ends', async () => {
    const { lines, tooLong } = await linesOf(textSource('x'.repeat(2 * LONGEST)));
    expect(lines).toEqual([]);
    expect(tooLong).toEqual([1]);
  });

  it('gives what came before a fault, and the fault', async () => {
    const fault = new CaptureError('unreadable', 9, 'the disk is gone');
    const read = await linesOf(inPieces('one\ntwo', 4, fault));
    expect(read.lines).toEqual([
      ['one', 1, true],
      ['two', 2, false],
    ]);
    expect(read.fault).toBe(fault);
    await expect(linesOf(inPieces('one\ntwo', 4, new Error('a bug')))).rejects.toThrow('a bug');
  });
});
