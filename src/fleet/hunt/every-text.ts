import { DistinctTexts } from '../../analysis/memory/distinct-texts.ts';

/**
 * Texts that are numbered however many there are: parts of a hunt are cut to fit the memory, and none is left out.
 *
 * @param first texts that have the first numbers
 */
export function everyText(...first: readonly string[]): DistinctTexts {
  const texts = new DistinctTexts(...first);
  texts.most = Number.POSITIVE_INFINITY;
  return texts;
}
