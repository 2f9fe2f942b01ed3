import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ipv4Text, ipv6Text } from '../../src/analysis/net/address-text.ts';
import { indicatorText, parseIndicator } from '../../src/analysis/lists/indicator.ts';
import { listText } from '../../src/analysis/lists/list.ts';
import { Matcher } from '../../src/analysis/lists/matcher.ts';
import { readList } from '../../src/analysis/lists/read-list.ts';
import { parseAddress } from '../../src/analysis/net/address.ts';
import { NetworkMap } from '../../src/analysis/net/network-map.ts';
import { isRefusal, type Network, parseNetwork } from '../../src/analysis/net/network.ts';

const word = fc.integer({ min: 0, max: 0xffffffff });
const words = fc.tuple(word, word, word, word);

describe('addresses and networks', () => {
  it('are read as they are written', () => {
    fc.assert(
      fc.property(word, (address) => {
        expect(parseAddress(ipv4Text(address))).toEqual({ version: 4, words: [address, 0, 0, 0] });
      }),
    );
    fc.assert(
      fc.property(fc.array(fc.constantFrom(0, 0, 1, 0xffff, 0x12345678), { minLength: 4, maxLength: 4 }), (address) => {
        const mapped = address[0] === 0 && address[1] === 0 && address[2] === 0xffff;
        expect(parseAddress(ipv6Text(address, 0))).toEqual(
          mapped ? { version: 4, words: [address[3], 0, 0, 0] } : { version: 6, words: address },
        );
      }),
    );
  });

  it('never throw, whatever the text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[\da-f:./]{0,50}$/)), (text) => {
        const network = parseNetwork(text);
        expect(isRefusal(network) || network.prefix <= 128).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('hold the addresses that begin with their bits', () => {
    fc.assert(
      fc.property(words, words, fc.integer({ min: 0, max: 128 }), (own, other, prefix) => {
        const map = new NetworkMap<true>();
        map.add(parseNetwork(`${ipv6Text(own, 0)}/${prefix}`) as Network, true);
        const bits = (address: number[]): string => address.map((part) => part.toString(2).padStart(32, '0')).join('');
        const isMapped = [own, other].some((address) => address[0] === 0 && address[1] === 0);
        fc.pre(!isMapped);
        expect(map.find({ version: 6, words: other }) === true).toBe(
          bits(own).slice(0, prefix) === bits(other).slice(0, prefix),
        );
        expect(map.find({ version: 6, words: own })).toBe(true);
      }),
    );
  });
});

describe('lists', () => {
  it('are made of any text without throwing, and read again as they are written', () => {
    const line = fc.oneof(
      fc.string(),
      fc.constantFrom('a.example', '*.b', '=c.example', '10.0.0.0/8', '::1', '6734f37431670b3ab4292b8f60f29984'),
      fc.tuple(fc.domain(), fc.string()).map(([name, note]) => `${name} # ${note}`),
      fc.ipV4Extended(),
      fc.ipV6(),
      fc.webUrl(),
      fc.tuple(fc.oneof(fc.ipV4(), fc.ipV6()), fc.oneof(fc.domain(), fc.ipV6())).map((pair) => pair.join(' > ')),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 20 }), (lines) => {
        const { entries } = readList(lines.join('\n'));
        const again = readList(listText(entries));
        expect(again.problems).toEqual([]);
        expect(again.entries.map(({ indicator, note }) => ({ indicator, note }))).toEqual(
          entries.map(({ indicator, note }) => ({ indicator, note })),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('are read from any JSON without throwing', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json(),
          fc.jsonValue().map((value) => JSON.stringify({ type: 'bundle', objects: [value] })),
          fc.jsonValue().map((value) => JSON.stringify({ Event: { Attribute: value, Object: [value] } })),
        ),
        (text) => {
          expect(readList(text).entries.length).toBeLessThanOrEqual(text.length);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('match a name exactly when it is the entry or ends in a dot and the entry', () => {
    const label = fc.constantFrom('a', 'b', 'com');
    const name = fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => labels.join('.'));
    fc.assert(
      fc.property(name, name, fc.constantFrom('', '*.', '='), (entry, asked, mark) => {
        const indicator = parseIndicator(mark + entry);
        const below = mark === '*.' || (mark === '' && entry.includes('.'));
        expect(isRefusal(indicator) ? '' : indicatorText(indicator)).toBe(`${below ? '*.' : '='}${entry}`);
        const matches = new Matcher(readList(mark + entry)).ofName(asked) === 0;
        expect(matches).toBe(asked === entry || (below && asked.endsWith(`.${entry}`)));
      }),
    );
  });
});
