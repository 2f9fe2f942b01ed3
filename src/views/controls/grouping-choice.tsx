import { useId } from 'react';
import { GROUPINGS } from '../../analysis/settings.ts';
import type { Grouping } from '../../analysis/settings.ts';
import styles from './grouping-choice.module.css';

const LABELS: Readonly<Record<Grouping, string>> = {
  'src,dst,port': 'source, destination, port',
  'src,dst': 'source, destination',
  'src,name': 'source, name',
};

interface Props {
  grouping: Grouping;
  onGrouping: (grouping: Grouping) => void;
}

/** What makes flows one connection; changing it groups and scores again without reading again. */
export function GroupingChoice({ grouping, onGrouping }: Props) {
  const id = useId();
  return (
    <div className={styles.grouping}>
      <label htmlFor={id}>Group by</label>
      <select id={id} value={grouping} onChange={(event) => onGrouping(event.target.value as Grouping)}>
        {GROUPINGS.map((known) => (
          <option key={known} value={known}>
            {LABELS[known]}
          </option>
        ))}
      </select>
    </div>
  );
}
