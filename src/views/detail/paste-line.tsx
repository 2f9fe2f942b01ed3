import { useRef, useState } from 'react';
import textStyles from '../text/text.module.css';
import styles from './paste-line.module.css';

const MOST_LINES = 12;
/**
 * About as many characters as have room in a line: where the browser fits the field to its text by itself, it does not
 * matter.
 */
const LINE_CHARACTERS = 44;

/** A text to paste into another tool. Where the browser gives no clipboard, the text is selected instead. */
export function PasteLine({ text, label }: { text: string; label: string }) {
  const field = useRef<HTMLTextAreaElement>(null);
  const [said, setSaid] = useState('');

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setSaid('Copied');
    } catch {
      field.current?.select();
      setSaid('Selected: copy it with the keyboard');
    }
  };

  return (
    <div className={styles.pasteLine}>
      <textarea
        ref={field}
        readOnly
        value={text}
        rows={Math.min(MOST_LINES, linesOf(text))}
        aria-label={label}
        spellCheck={false}
        onFocus={(event) => event.target.select()}
      />
      <button type="button" onClick={() => void copy()}>
        Copy
      </button>
      <span role="status" className={textStyles.quiet}>
        {said}
      </span>
    </div>
  );
}

/** Lines that a text takes, with those that are too long broken. */
function linesOf(text: string): number {
  return text.split('\n').reduce((sum, { length }) => sum + Math.max(1, Math.ceil(length / LINE_CHARACTERS)), 0);
}
