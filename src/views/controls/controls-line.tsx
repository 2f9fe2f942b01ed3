import type { RefObject } from 'react';
import { TIME_ZONES } from '../../state/view.ts';
import { useLook } from '../context.ts';
import { Choice } from './choice.tsx';
import { FilterField } from './filter-field.tsx';
import { HideToggles } from './hide-toggles.tsx';
import styles from './controls.module.css';

interface Props {
  shown: number;
  total: number;
  filterRef: RefObject<HTMLInputElement | null>;
}

/** The line over the lists beside the connections: the same filters, without what only ranks connections. */
export function ListControls({ shown, total, filterRef }: Props) {
  const { tab } = useLook().view;
  return (
    <div className={styles.controls}>
      <div className={styles.controlsLine}>
        <FilterField shown={shown} total={total} inputRef={filterRef} />
        {tab === 'long' && <HideToggles />}
        <div className={styles.controlsEnd}>
          <ZoneChoice />
        </div>
      </div>
    </div>
  );
}

const ZONE_LABELS = { utc: 'UTC', local: 'local' } as const;

/** The zone that times are shown in. */
export function ZoneChoice() {
  const {
    view: { timeZone },
    dispatch,
  } = useLook();
  return (
    <Choice
      legend="Time zone"
      options={TIME_ZONES}
      labels={ZONE_LABELS}
      value={timeZone}
      onChange={(chosen) => dispatch({ type: 'zoned', timeZone: chosen })}
    />
  );
}
