import { gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';
import { packedVendors } from './packed.ts';

const LIST = /\/node_modules\/oui-data\/index\.json$/;

/** Reduces IEEE's list when a page or program is built: in the place of the package's object comes its gzip as base64. */
export function macVendors(): Plugin {
  return {
    name: 'mac-vendors',
    enforce: 'pre',
    transform: {
      filter: { id: LIST },
      handler(code) {
        const list = JSON.parse(code) as Record<string, string>;
        const packed = gzipSync(packedVendors(list), { level: 9 }).toString('base64');
        return { code: JSON.stringify(packed), map: null };
      },
    },
  };
}
