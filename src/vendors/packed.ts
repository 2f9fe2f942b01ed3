import type { Plugin } from 'vite';

/** Words behind a company's name that say how it is incorporated, not who it is. */
const FORMS =
  /[\s,.]+\(?\b(?:co|corp|corporation|company|inc|incorporated|ltd|limited|llc|gmbh|ag|kg|pty|pvt|plc|srl|oy|ab|bv|sas)\b\.?\)?[.,\s]*$/i;
/** Whom IEEE's own blocks are said to belong to, which others have parts of. */
const REGISTRY = 'IEEE Registration Authority';
const PREFIX = /^[\dA-F]{6}$/;
/** The package's list. */
const LIST = /\/node_modules\/oui-data\/index\.json$/;
/** Makers with fewer blocks are left out: they are nine in ten makers, and next to none of the adapters that one meets. */
const FEWEST_BLOCKS = 2;

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

/**
 * IEEE's list of blocks of 24 bits, of makers with several, as short as it goes: a line for each maker, its name, a tab, and its blocks in ascending
 * order, each as the distance from the one before, in base 36. Smaller blocks are parts of the registry's own, and left out.
 *
 * @param list makers by the first six hexadecimal digits of their addresses, the address of the maker on further lines
 */
export function packedVendors(list: Readonly<Record<string, string>>): string {
  const blocks = new Map<string, number[]>();
  for (const [prefix, maker] of Object.entries(list)) {
    const name = shortName(maker.split('\n', 1)[0]);
    if (!PREFIX.test(prefix) || name === '' || name === REGISTRY) continue;
    const known = blocks.get(name);
    if (known === undefined) blocks.set(name, [Number.parseInt(prefix, 16)]);
    else known.push(Number.parseInt(prefix, 16));
  }
  return Array.from(blocks)
    .filter(([, own]) => own.length >= FEWEST_BLOCKS)
    .map(([name, own]) => `${name}\t${distances(own).join(' ')}`)
    .sort()
    .join('\n');
}

function distances(blocks: readonly number[]): string[] {
  const sorted = blocks.toSorted((a, b) => a - b);
  return sorted.map((block, at) => (block - (at === 0 ? 0 : sorted[at - 1])).toString(36));
}

/** "Hewlett Packard" of "Hewlett Packard Co., Ltd.". */
function shortName(name: string): string {
  let short = name.replaceAll(/\s+/g, ' ').trim();
  for (let next = short.replace(FORMS, ''); next !== short && next !== ''; next = short.replace(FORMS, ''))
    short = next;
  return short.replace(/[,.\s]+$/, '');
}
