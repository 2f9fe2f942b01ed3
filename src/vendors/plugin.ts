import type { Plugin } from 'vite';
import { packedVendors } from './packed.ts';

const LIST = /\/node_modules\/oui-data\/index\.json$/;

/** Reduces IEEE's list when a page or program is built: its text comes in the place of the package's object. */
export function macVendors(): Plugin {
  return {
    name: 'mac-vendors',
    enforce: 'pre',
    transform: {
      filter: { id: LIST },
      handler(code) {
        const list = JSON.parse(code) as Record<string, string>;
        return { code: JSON.stringify(packedVendors(list)), map: null };
      },
    },
  };
}
