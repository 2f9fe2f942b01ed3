import type { Case } from '../../analysis/report/case.ts';
import { lossWords } from '../../analysis/report/case-file.ts';
import { type Subject, subjectOf, SUBJECTS } from '../../analysis/report/case-keys.ts';
import { useRemarks } from '../context.ts';
import { formatCounted } from '../text/format.ts';
import buttonStyles from '../controls/button.module.css';
import textStyles from '../text/text.module.css';

const SUBJECT_WORDS: Readonly<Record<Subject, string>> = { connection: 'connection', host: 'host', dns: 'domain' };

/** What was done last, with a way back, how much was said of what, and what of that could not be read again. */
export function DoneParts() {
  const { remarks, lost, last, undo } = useRemarks();
  const lossText = lossWords(lost);
  return (
    <>
      {last !== null && (
        <span role="status">
          <span className={textStyles.breakable}>{last.words}</span>{' '}
          <button type="button" className={buttonStyles.link} title="Ctrl+z" onClick={undo}>
            Undo
          </button>
        </span>
      )}
      {remarks.size > 0 && <span>{remarkedWords(remarks)} with a verdict or a note</span>}
      {lossText !== '' && <span className={textStyles.warn}>⚠ {lossText}</span>}
    </>
  );
}

/** How many of each there are something said of: "2 connections, 1 host". */
function remarkedWords(remarks: Case): string {
  const subjects = Array.from(remarks.keys(), (key) => subjectOf(key).subject);
  return SUBJECTS.map((subject) => ({ subject, count: subjects.filter((one) => one === subject).length }))
    .filter(({ count }) => count > 0)
    .map(({ subject, count }) => formatCounted(count, SUBJECT_WORDS[subject]))
    .join(', ');
}
