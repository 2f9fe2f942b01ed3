import type { CaptureSummary } from '../analysis/report.ts';
import { Disclosure } from './disclosure.tsx';
import { formatCount, formatCounted, formatOffset } from './format.ts';

/** More than these are counted, not listed. */
const LISTED = 200;

/** What was skipped, cut or odd in the captures: a count, and each with its file and byte offset behind it. */
export function Warnings({ captures }: { captures: readonly CaptureSummary[] }) {
  const all = captures.flatMap((capture) => capture.warnings.map((warning) => ({ file: capture.file, ...warning })));
  if (all.length === 0) return null;
  return (
    <Disclosure warn label={`⚠ ${formatCounted(all.length, 'warning')}`}>
      <p className="note">What could be read was analysed all the same.</p>
      <ul className="warnings">
        {[...all.slice(0, LISTED).entries()].map(([at, { file, offset, message }]) => (
          <li key={at}>
            <span>{message}</span>
            <span className="quiet">{offset === null ? file : `${file}, byte ${formatOffset(offset)}`}</span>
          </li>
        ))}
      </ul>
      {all.length > LISTED && <p className="note">These are the first {LISTED} of {formatCount(all.length)}.</p>}
    </Disclosure>
  );
}
