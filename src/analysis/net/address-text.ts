/** Four bytes of an address as a signed number, highest first. */
export function wordAt(bytes: Uint8Array, at: number): number {
  return (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
}

/** An IPv4 address, dotted; `word` holds its four bytes, highest first. */
export function ipv4Text(word: number): string {
  return `${word >>> 24}.${(word >>> 16) & 255}.${(word >>> 8) & 255}.${word & 255}`;
}

/**
 * An IPv6 address as RFC 5952 has it, from four 32-bit words: lower case, the longest run of two or more zero groups
 * (the first of equals) as "::", and the last 32 bits dotted in IPv4-mapped and IPv4-compatible addresses.
 */
export function ipv6Text(words: ArrayLike<number>, at: number): string {
  const groups: number[] = [];
  for (let i = 0; i < 4; i++) groups.push(words[at + i] >>> 16, words[at + i] & 0xffff);
  const run = longestZeroRun(groups);
  const dotted = run.start === 0 && (run.length === 6 || (run.length === 5 && groups[5] === 0xffff));
  const parts = groups.map((group) => group.toString(16));
  if (dotted) parts.splice(6, 2, ipv4Text(words[at + 3]));
  if (run.length < 2) return parts.join(':');
  return `${parts.slice(0, run.start).join(':')}::${parts.slice(run.start + run.length).join(':')}`;
}

function longestZeroRun(groups: readonly number[]): { start: number; length: number } {
  const best = { start: -1, length: 0 };
  let start = 0;
  for (let i = 0; i <= groups.length; i++) {
    if (i < groups.length && groups[i] === 0) continue;
    if (i - start > best.length) {
      best.start = start;
      best.length = i - start;
    }
    start = i + 1;
  }
  return best;
}
