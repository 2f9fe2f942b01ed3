import { expect, it, vi } from 'vitest';
import { MacLinks } from '../../../../../src/analysis/inspect/hosts/mac-links.ts';

it('keeps MAC addresses under keys that nobody can choose', () => {
  const set = vi.spyOn(Map.prototype, 'set');
  const links = new MacLinks();
  for (let mac = 1; mac < 100; mac++) links.addRouter(mac);
  const keys = set.mock.calls.map(([key]: unknown[]) => Number(key));
  set.mockRestore();
  expect(Array.from(links.macs, ({ mac }) => mac)).toEqual(Array.from({ length: 99 }, (_, index) => index + 1));
  expect(keys.filter((key) => key >= 100).length).toBeGreaterThan(90);
});
