import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { bufferSource, linkTypeName, readPackets } from 'pcap-ts-parser';
import { describe, expect, it } from 'vitest';
import { DECODED_LINK_TYPES } from '../../../src/pcap-ts-parser/link/link.ts';
import { REFUSALS } from '../../../src/pcap-ts-parser/other-formats.ts';
import { TUNNELS } from '../../../src/pcap-ts-parser/tunnel/tunnels.ts';
import { isLookedInto } from '../../../src/pcap-ts-parser/pcapng-blocks.ts';
import { pcap, pcapHeader } from '../../builders/pcap.ts';
import { pcapng } from '../../builders/pcapng.ts';

const readme = readFileSync(fileURLToPath(new URL('../../../src/pcap-ts-parser/README.md', import.meta.url)), 'utf8');

/** Rows of the table whose head begins with these words, each as its cells. */
function tableRows(head: string): string[][] {
  const lines = readme.split('\n');
  const start = lines.findIndex((line) => line.startsWith(`| ${head} |`)) + 2;
  const length = lines.slice(start).findIndex((line) => !line.startsWith('|'));
  return lines.slice(start, start + length).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

describe("the package's README", () => {
  it('lists every link type that is decoded, and no other', () => {
    const listed = tableRows('link type').flatMap(([, numbers]) => numbers.split(', ').map(Number));
    expect(listed.toSorted((a, b) => a - b)).toEqual([...DECODED_LINK_TYPES].sort((a, b) => a - b));
  });

  it('calls link types what the messages call them', () => {
    const names = tableRows('link type')
      .map(([name]) => name)
      .join(', ');
    for (const linkType of DECODED_LINK_TYPES) {
      const [name] = linkTypeName(linkType).split(' ');
      if (!name.startsWith('IEEE802_11_')) expect(names, `${linkType}`).toContain(name);
    }
  });

  it('lists every tunnel with its number', () => {
    const rows = tableRows('encapsulation');
    for (const { id, name, always } of TUNNELS) {
      const row = rows.find((cells) => new RegExp(`^${name}\\b`).test(cells[0]));
      expect(row?.slice(1)).toEqual([`${id}`, always ? 'always' : 'with `openTunnels`']);
    }
    expect(Math.max(...rows.map((row) => Number(row[1])))).toBe(Math.max(...TUNNELS.map(({ id }) => id)));
  });

  it('lists every pcapng block that is looked into', () => {
    const listed = tableRows('pcapng block')
      .map(([, number]) => number)
      .filter((number) => number !== '')
      .map(Number);
    expect(listed.every(isLookedInto)).toBe(true);
    expect(listed.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 0x0a0d0d0a]);
  });
  it('lists every container that is read', async () => {
    const rows = tableRows('container').map(([name]) => name);
    const files = [
      pcap({ packets: [] }),
      pcap({ packets: [], nanoseconds: true }),
      pcap({ packets: [], extraHeader: 8 }),
      pcapng({ packets: [] }),
    ];
    for (const bytes of files) {
      const { format } = await readPackets(bufferSource(bytes), () => undefined);
      expect(rows).toContain(format);
    }
    expect(rows).toHaveLength(3);
    const magic = new DataView(pcapHeader({ extraHeader: 8 }).buffer).getUint32(0, true);
    expect(rows.find((row) => row.includes('modified'))).toContain(`0x${magic.toString(16)}`);
  });

  it('lists every format that is refused by name, in the words of its message', () => {
    expect(tableRows('refused').map(([name, advice]) => `${name}: ${advice}`)).toEqual(REFUSALS);
  });
});
