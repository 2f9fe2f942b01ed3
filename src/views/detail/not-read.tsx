import { type ChangeEvent, useRef, useState } from 'react';
import type { Failure } from '../../worker/protocol.ts';
import { useActions } from '../context.ts';
import { formatBytes } from '../text/format.ts';
import textStyles from '../text/text.module.css';

/** Why packets could not be read; a saved analysis has none, and asks for its captures. */
export function NotRead({ failure }: { failure: Failure }) {
  const {
    evidence: { giveCaptures },
  } = useActions();
  const picker = useRef<HTMLInputElement>(null);
  const [said, setSaid] = useState('');
  if (failure.kind !== 'needs-captures')
    return <p className={textStyles.warn}>It could not be read: {failure.message}</p>;
  const give = async ({ target }: ChangeEvent<HTMLInputElement>): Promise<void> => {
    const files = [...(target.files ?? [])];
    if (files.length === 0) return;
    const outcome = await giveCaptures(files, (bytes) => setSaid(`Comparing SHA-256: ${formatBytes(bytes)} …`));
    // What was asked for is read as soon as they are there.
    if (!outcome.ok) setSaid(`These are others: ${outcome.failure.message}`);
  };
  return (
    <div data-testid="needs-captures">
      <p className={`${textStyles.note} ${textStyles.breakable}`}>This needs the captures: {failure.message}.</p>
      <p>
        <button type="button" onClick={() => picker.current?.click()}>
          Choose the captures
        </button>{' '}
        <span role="status" className={`${textStyles.warn} ${textStyles.breakable}`}>
          {said}
        </span>
      </p>
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        data-testid="capture-picker"
        onChange={(event) => void give(event)}
      />
    </div>
  );
}
