import { PACKET_TRACES } from '../../analysis/flows/name-sources.ts';
import type { RowTraces } from '../../analysis/flows/row-traces.ts';
import { textsOf } from '../../analysis/memory/text-pool.ts';
import type { Field } from '../fields.ts';
import { type FilteredList, texts } from '../list.ts';

const FIELD_OF = {
  clientFingerprint: 'ja3',
  serverFingerprint: 'ja3s',
  ja4: 'ja4',
  ja4s: 'ja4s',
  userAgent: 'ua',
  contentType: 'mime',
} as const satisfies Record<(typeof PACKET_TRACES)[number], Field>;

/** The fields of fingerprints and headers; none where it is not known which rows have them. */
export function traceFields(traces: RowTraces | null): FilteredList['fields'] {
  if (traces === null) return {};
  const { offsets, kind, text } = traces;
  const pool = textsOf(traces.texts);
  const readers = PACKET_TRACES.map((trace, number) => {
    const value = (row: number): string[] => {
      const found: string[] = [];
      for (let at = offsets[row]; at < offsets[row + 1]; at++) if (kind[at] === number) found.push(pool[text[at]]);
      return found;
    };
    return [FIELD_OF[trace], texts(value)] as const;
  });
  return Object.fromEntries(readers);
}
