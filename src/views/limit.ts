/** Flows of a connection are counted in 32 bits. */
const LARGEST_LIMIT = 0xffff_ffff;

/** The limit a text names: a whole number from 0; null for anything else. */
export function limitOf(text: string): number | null {
  if (!/^\d{1,10}$/.test(text.trim())) return null;
  const limit = Number(text);
  return limit <= LARGEST_LIMIT ? limit : null;
}
