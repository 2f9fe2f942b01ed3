import { useRef, useState } from 'react';

/** A line to paste into Wireshark. Where the browser gives no clipboard, the text is selected instead. */
export function PasteLine({ text }: { text: string }) {
  const field = useRef<HTMLInputElement>(null);
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
      <input ref={field} readOnly value={text} aria-label="Wireshark display filter" onFocus={(event) => event.target.select()} />
      <button type="button" onClick={() => void copy()}>Copy</button>
      <span role="status" className="quiet">{said}</span>
    </div>
  );
}
