import type { CaptureSummary } from '../../analysis/capture.ts';
import { useReport } from '../context.ts';
import { Disclosure } from '../controls/disclosure.tsx';
import { formatCount, formatCounted, formatOffset } from '../text/format.ts';
import textStyles from '../text/text.module.css';
import styles from './warnings.module.css';

/** More than these, and more of a file than these, are counted, not listed. */
const LISTED_FILES = 200;
const LISTED_OF_FILE = 50;

/** What was skipped, cut or odd in the captures: a count, and behind it each with its byte offset under its file. */
export function Warnings() {
  const { captures } = useReport().report;
  const warned = captures.filter(({ warnings }) => warnings.length > 0);
  const count = warned.reduce((sum, { warnings }) => sum + warnings.length, 0);
  if (count === 0) return null;
  return (
    <Disclosure warn place={styles.place} label={`⚠ ${formatCounted(count, 'warning')}`}>
      <p className={textStyles.note}>What could be read was analysed all the same.</p>
      <ul className={styles.warningFiles}>
        {[...warned.slice(0, LISTED_FILES).entries()].map(([at, capture]) => (
          <li key={at}>
            <FileWarnings capture={capture} />
          </li>
        ))}
      </ul>
      {warned.length > LISTED_FILES && (
        <p className={textStyles.note}>
          These are the first {LISTED_FILES} of {formatCount(warned.length)} files.
        </p>
      )}
    </Disclosure>
  );
}

function FileWarnings({ capture: { file, warnings } }: { capture: CaptureSummary }) {
  return (
    <>
      <h3>
        {file} <span className={textStyles.quiet}>{formatCounted(warnings.length, 'warning')}</span>
      </h3>
      <ul className={styles.warnings}>
        {[...warnings.slice(0, LISTED_OF_FILE).entries()].map(([at, { offset, message }]) => (
          <li key={at}>
            <span>{message}</span>
            {offset !== null && <span className={textStyles.quiet}>byte {formatOffset(offset)}</span>}
          </li>
        ))}
      </ul>
      {warnings.length > LISTED_OF_FILE && <p className={textStyles.note}>These are the first {LISTED_OF_FILE}.</p>}
    </>
  );
}
