import { type CommonWarning, commonWarnings, filesWords, placeWords } from '../../analysis/report/common-warnings.ts';
import { useReport } from '../context.ts';
import { Disclosure } from '../controls/disclosure.tsx';
import { formatCount, formatCounted } from '../text/format.ts';
import textStyles from '../text/text.module.css';
import styles from './warnings.module.css';

/** More than these, and more of a file than these, are counted, not listed. */
const LISTED_FILES = 200;
const LISTED_OF_FILE = 50;

/** What was skipped, cut or odd in the captures: a count, and behind it each once, under the files that have it. */
export function Warnings() {
  const { captures } = useReport().report;
  const warnings = commonWarnings(captures);
  const [first] = warnings;
  if (first === undefined) return null;
  const byFiles = new Map<string, CommonWarning[]>();
  for (const warning of warnings) {
    const files = warning.files.join('\n');
    byFiles.set(files, [...(byFiles.get(files) ?? []), warning]);
  }
  return (
    <Disclosure warn place={styles.place} label={`⚠ ${formatCounted(warnings.length, 'warning')}`}>
      <p className={textStyles.note}>What could be read was analysed all the same.</p>
      <ul className={styles.warningFiles}>
        {[...byFiles].slice(0, LISTED_FILES).map(([files, ofFiles]) => (
          <li key={files}>
            <FileWarnings warnings={ofFiles} />
          </li>
        ))}
      </ul>
      {byFiles.size > LISTED_FILES && (
        <p className={textStyles.note}>
          These are the first {LISTED_FILES} of {formatCount(byFiles.size)}.
        </p>
      )}
    </Disclosure>
  );
}

function FileWarnings({ warnings }: { warnings: readonly CommonWarning[] }) {
  const [{ files }] = warnings;
  return (
    <>
      <h2 title={files.length > 1 ? files.slice(0, LISTED_FILES).join('\n') : undefined}>
        {filesWords(files)} <span className={textStyles.quiet}>{formatCounted(warnings.length, 'warning')}</span>
      </h2>
      <ul className={styles.warnings}>
        {warnings.slice(0, LISTED_OF_FILE).map((warning) => {
          const place = placeWords(warning);
          return (
            <li key={warning.message}>
              <span>{warning.message}</span>
              {place !== '' && <span className={textStyles.quiet}>{place}</span>}
            </li>
          );
        })}
      </ul>
      {warnings.length > LISTED_OF_FILE && <p className={textStyles.note}>These are the first {LISTED_OF_FILE}.</p>}
    </>
  );
}
