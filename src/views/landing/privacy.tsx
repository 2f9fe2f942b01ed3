import { isReadByOthers } from '../../state/stored-lists.ts';
import buttonStyles from '../controls/button.module.css';
import styles from './landing.module.css';

/** The promise that nothing leaves the machine, and how to check it. */
export function Privacy() {
  return (
    <details className={styles.privacy}>
      <summary>
        Your capture stays on this machine: this page cannot send anything.{' '}
        <span className={buttonStyles.link}>How to check</span>
      </summary>
      <p>
        The page carries a content security policy with <code>connect-src 'none'</code> and{' '}
        <code>form-action 'none'</code>. The browser itself enforces it: the page and the worker that reads your capture
        may open no connection to any host, the one it came from included. The page loads no font, script or picture
        from elsewhere, and links to nothing.
      </p>
      <p>To see it for yourself:</p>
      <ol>
        <li>
          Open the developer tools (F12), choose the network tab and read a capture: nothing but the page's own worker
          (a blob:) appears there.
        </li>
        <li>
          In the console, try <code>fetch('https://example.com')</code>: the browser refuses and names the policy.
        </li>
        <li>
          Or unplug the network first, or save the single-file version and open it from disk: everything still works.
        </li>
      </ol>
      <p>
        Links to a view carry only the order of the table and the time zone. This browser keeps the choice of theme and,
        in its local storage, your own lists: what you set aside, look for and call inside. They may hold addresses and
        names of a capture; empty a list and it is forgotten. What you say of connections (verdicts, notes, tags) is
        kept there too, under the SHA-256 of its captures; take it back and it is forgotten. While a capture is read,
        the tab keeps how many bytes and packets that are, to say so if it ends. Of the captures themselves nothing is
        kept.
        {isReadByOthers() &&
          ' This page was opened from disk, and any other page from disk can read what is kept: of connections nothing is, until you ask for it.'}
      </p>
    </details>
  );
}
