import type { Field } from '../../filter/fields.ts';
import type { FilterError } from '../../filter/syntax.ts';
import { useLook } from '../context.ts';
import textStyles from '../text/text.module.css';
import styles from './filter-field.module.css';

interface Props {
  id: string;
  text: string;
  error: FilterError | null;
  /** Fields that this list has not. */
  lacks: readonly Field[];
  /** The filter that the rows are of. */
  applied: string;
}

const LISTS = { hosts: 'hosts', connections: 'connections', long: 'long connections', dns: 'names asked for' } as const;

/** What is to be said of a filter: where it cannot be read, and what a list has not. */
export function FilterNotes({ id, text, error, lacks, applied }: Props) {
  const { tab } = useLook().view;
  return (
    <div id={id} className={styles.notes} role="status">
      {error !== null && (
        <>
          <code className={styles.place}>
            {text.slice(0, error.start)}
            <mark>{text.slice(error.start, error.end) || '␣'}</mark>
            {text.slice(error.end)}
          </code>
          <p className={textStyles.warn}>
            {sentence(error.message)} {sentence(error.hint)}
            {applied === '' ? ' All rows are shown until then.' : ` Until then the rows are those of: ${applied}`}
          </p>
        </>
      )}
      {error === null && lacks.length > 0 && (
        <p className={textStyles.quiet}>
          {sentence(`the list of ${LISTS[tab]} has no ${lacks.join(', ')}: nothing in it meets a condition on that`)}
        </p>
      )}
    </div>
  );
}

function sentence(phrase: string): string {
  return `${phrase.slice(0, 1).toUpperCase()}${phrase.slice(1)}.`;
}
