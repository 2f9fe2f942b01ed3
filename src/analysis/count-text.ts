/** By the most decimals: what writes numbers so. */
const formats = new Map<number, Intl.NumberFormat>();

/**
 * 412881 as "412,881". What writes it is made when it is first asked for: the first one of a process takes as long as a
 * tenth of the terminal program's start.
 *
 * @param decimals how many there are at most
 */
export function countText(value: number, decimals = 0): string {
  let format = formats.get(decimals);
  if (format === undefined) {
    format = new Intl.NumberFormat('en-US', { maximumFractionDigits: decimals });
    formats.set(decimals, format);
  }
  return format.format(value);
}
