import { describe, expect, it } from 'vitest';
import { Certificates } from '../../../../src/analysis/flow-logs/certificates.ts';
import { HostSightings } from '../../../../src/analysis/inspect/hosts/host-sightings.ts';
import { DistinctTexts } from '../../../../src/analysis/memory/distinct-texts.ts';
import { memoryHeld } from '../../memory-held.ts';

describe('distinct texts', () => {
  it('are held up to a limit; later ones count as the first and are counted', () => {
    const texts = new DistinctTexts('');
    texts.most = 4;
    const numbers = ['a', 'b', 'c', 'd', 'e', 'a', ''].map((text) => texts.numberOf(text));
    expect(numbers).toEqual([1, 2, 3, 0, 0, 1, 0]);
    expect([texts.texts, texts.leftOut]).toEqual([['', 'a', 'b', 'c'], 2]);
  });

  it('are fewer by far than a map has room for, where nobody sets a limit', () => {
    expect(new DistinctTexts('').most).toBeLessThanOrEqual(2 ** 24 / 8);
  });

  it('let go of the lines that they were a piece of, as all do that is kept of logs', () => {
    const held = (): number => {
      const { heapUsed, external } = memoryHeld();
      return heapUsed + external;
    };
    const [texts, certificates, sightings] = [new DistinctTexts(''), new Certificates(), new HostSightings()];
    const keeps: ((cell: string, line: number) => void)[] = [
      (cell) => texts.numberOf(cell),
      (cell) => certificates.add(cell, 1, true),
      (cell, line) => sightings.add(`10.0.0.${line}`, 'name', cell, 'dhcp', line),
    ];
    for (const keep of keeps) {
      const before = held();
      for (let line = 0; line < 100; line++)
        keep(Buffer.alloc(1e6, `a cell of line ${line},`).toString('latin1').slice(0, 20), line);
      expect(held() - before).toBeLessThan(20e6);
    }
    const kept = [texts.texts.length - 1, sightings.all().length, certificates.get('a cell of line 7,a c')];
    expect(kept).toEqual([100, 100, 1]);
  });
});
