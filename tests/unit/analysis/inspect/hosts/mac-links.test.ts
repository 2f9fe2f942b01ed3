import { expect, it } from 'vitest';
import { MacLinks } from '../../../../../src/analysis/inspect/hosts/mac-links.ts';

const MOST_MACS = 65_536;

it('keeps so many MAC addresses, and goes on to count what the known ones say', () => {
  const links = new MacLinks();
  for (let mac = 1; mac <= MOST_MACS + 10; mac++) links.add(mac * 2 ** 16, mac, 'sent');
  expect(links.leftOut).toBe(10);
  links.addRouter(2 ** 16);
  links.tell((MOST_MACS + 1) * 2 ** 16, 'name', 'desktop', 0);
  expect(links.leftOut).toBe(11);
  expect(links.macs.length).toBe(MOST_MACS);
  expect(links.macs[0]).toMatchObject({ mac: 2 ** 16, isRouter: true });
  expect([...links.macs[MOST_MACS - 1].addresses.keys()]).toEqual([MOST_MACS]);
});

it('goes on from a copy as from itself, apart from it', () => {
  const links = new MacLinks();
  links.add(1, 10, 'sent');
  const copy = links.copy();
  copy.add(1, 11, 'own');
  copy.add(2, 12, 'own');
  expect(copy.macs.map(({ mac, addresses }) => [mac, addresses.size])).toEqual([
    [1, 2],
    [2, 1],
  ]);
  expect(links.macs.map(({ mac, addresses }) => [mac, addresses.size])).toEqual([[1, 1]]);
});

it('keeps a copy as it was when more is said of the same', () => {
  const links = new MacLinks();
  links.tell(1, 'name', 'desktop', 5);
  const copy = links.copy();
  links.tell(1, 'name', 'desktop', 9);
  expect(copy.macs[0].said).toEqual([{ kind: 'name', text: 'desktop', firstMs: 5, lastMs: 5 }]);
});
