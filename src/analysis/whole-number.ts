/**
 * The whole number that a text writes in decimal digits and nothing else: no sign, no blank, no fraction, and no more
 * digits than `most` has. Null for any other text, and for a number above `most`.
 */
export function wholeNumber(text: string, most = Number.MAX_SAFE_INTEGER): number | null {
  if (text === '' || text.length > String(most).length || !/^\d+$/.test(text)) return null;
  const number = Number(text);
  return number <= most ? number : null;
}

/** The number of a port that a text writes, or null. */
export function portIn(text: string): number | null {
  return wholeNumber(text, 0xffff);
}
