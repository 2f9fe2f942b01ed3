import { useState } from 'react';
import { hashOf } from '../../state/link.ts';
import { useLook } from '../context.ts';
import textStyles from '../text/text.module.css';
import buttonStyles from './button.module.css';

/** Copies a link to the view with its filter, which the address line leaves out: it holds names of the capture. */
export function FilterLink() {
  const { view } = useLook();
  const [said, setSaid] = useState('');
  const copy = async (): Promise<void> => {
    const link = `${location.href.split('#')[0]}${hashOf(view, view.filter)}`;
    try {
      await navigator.clipboard.writeText(link);
      setSaid('Link copied');
    } catch {
      setSaid(link);
    }
  };
  return (
    <>
      <button
        type="button"
        className={buttonStyles.link}
        title="Copy a link to this view with the filter in it. The address line leaves the filter out: it may hold names and addresses of the capture"
        onClick={() => void copy()}
      >
        link
      </button>
      <span role="status" className={`${textStyles.quiet} ${textStyles.breakable}`}>
        {said}
      </span>
    </>
  );
}
