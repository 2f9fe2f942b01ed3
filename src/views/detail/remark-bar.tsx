import { useId, useRef, useState } from 'react';
import { isLong, keptOfRemark, NO_REMARK, tagsOf } from '../../analysis/report/case.ts';
import { caseText } from '../../analysis/report/case-file.ts';
import { useRemarks, useReport } from '../context.ts';
import { Choice } from '../controls/choice.tsx';
import { fileName, save } from '../panels/export/save.ts';
import { openCase } from '../panels/open-case.ts';
import { VERDICT_CHOICES, VERDICT_LABELS, verdictOf, verdictWords } from '../text/verdict-words.ts';
import textStyles from '../text/text.module.css';
import styles from './remark-bar.module.css';

/**
 * What the analyst says of what is open: a verdict, tags and a note, kept with the case.
 *
 * @param about the key of the connection, the host or the domain
 */
export function RemarkBar({ about: key }: { about: string }) {
  const { report } = useReport();
  const { remarks, change, keeping, keep } = useRemarks();
  const id = useId();
  const remark = remarks.get(key) ?? NO_REMARK;
  const saveCase = () => {
    const captures = report.captures.map(({ file }) => file);
    const blob = new Blob([caseText(remarks, captures)], { type: 'application/json' });
    save({ name: fileName('case', 'json', Date.now()), blob });
  };
  return (
    <div className={styles.remark}>
      <Choice
        legend="Verdict"
        options={VERDICT_CHOICES}
        labels={VERDICT_LABELS}
        value={remark.verdict ?? 'none'}
        onChange={(choice) => change([key], { verdict: verdictOf(choice) }, verdictWords(choice))}
      />
      <details open={remark.note !== '' || remark.tags.length > 0}>
        <summary>Note and tags</summary>
        <Draft
          key={remark.note}
          id={`${id}-note`}
          label="Note"
          text={remark.note}
          rows={3}
          onText={(note) => change([key], { note }, 'note written')}
        />
        <Draft
          key={`tags ${remark.tags.join(',')}`}
          id={`${id}-tags`}
          label="Tags, with commas between"
          text={remark.tags.join(', ')}
          rows={1}
          onText={(tags) => change([key], { tags: tagsOf(tags) }, 'tags changed')}
        />
        {isLong(remark) && (
          <p className={textStyles.warn}>⚠ What is kept of this is read again up to {keptOfRemark()}.</p>
        )}
        {remarks.size === 0 && (
          <p>
            <CaseOpener />
          </p>
        )}
      </details>
      {remarks.size > 0 && (
        <p className={textStyles.note}>
          {KEPT[keeping]}{' '}
          {keeping === 'off' && (
            <button type="button" onClick={keep}>
              Keep in this browser
            </button>
          )}{' '}
          <button type="button" onClick={saveCase}>
            Save the case
          </button>{' '}
          <CaseOpener />
        </p>
      )}
    </div>
  );
}

/** Opens a case that was saved, and says what is wrong with a file that is none. */
function CaseOpener() {
  const { open } = useRemarks();
  const picker = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const opened = async (file: File | undefined) => {
    if (file === undefined) return;
    const reason = await openCase(file, open);
    setProblem(reason === null ? null : `${file.name}: ${reason}`);
  };
  return (
    <>
      <button type="button" onClick={() => picker.current?.click()}>
        Open a case
      </button>
      <input
        ref={picker}
        type="file"
        hidden
        aria-label="Case to open"
        onChange={(event) => {
          void opened(event.target.files?.[0]);
          event.target.value = '';
        }}
      />
      {problem !== null && (
        <span className={textStyles.warn} role="alert">
          {' '}
          ⚠ {problem}
        </span>
      )}
    </>
  );
}

const KEPT = {
  on: "Kept in this browser under the captures' SHA-256, never sent.",
  off: 'Kept until the page is closed.',
  failed: 'This browser does not keep it: save it to a file.',
} as const;

interface DraftProps {
  id: string;
  label: string;
  text: string;
  rows: number;
  onText: (text: string) => void;
}

/** A text that counts when its field is left. */
function Draft({ id, label, text, rows, onText }: DraftProps) {
  const [draft, setDraft] = useState(text);
  return (
    <p>
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        rows={rows}
        value={draft}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={() => draft !== text && onText(draft)}
      />
    </p>
  );
}
