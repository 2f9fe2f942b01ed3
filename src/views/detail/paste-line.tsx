import { useRef, useState } from 'react';

const MOST_LINES = 12;

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
    <div className="paste-line">
      <textarea
        ref={field} readOnly value={text} rows={Math.min(MOST_LINES, text.split('\n').length)} aria-label={label} spellCheck={false}
        onFocus={(event) => event.target.select()}
      />
      <button type="button" onClick={() => void copy()}>Copy</button>
      <span role="status" className="quiet">{said}</span>
    </div>
  );
}
