import { useRemarks } from '../context.ts';
import styles from './remark-bar.module.css';

/**
 * What the analyst said of something, in its row: the verdict, and a sign of more.
 *
 * @param keyOf gives its key, for which there is no need where nothing was said at all
 */
export function RemarkMark({ keyOf }: { keyOf: () => string }) {
  const { remarks } = useRemarks();
  const remark = remarks.size === 0 ? undefined : remarks.get(keyOf());
  if (remark === undefined) return null;
  const { verdict, note, tags } = remark;
  return (
    <span className={styles.mark} title={[note, tags.join(', ')].filter((part) => part !== '').join('\n')}>
      {[...(verdict === null ? [] : [verdict]), ...(note === '' && tags.length === 0 ? [] : ['✎'])].join(' ')}
    </span>
  );
}
