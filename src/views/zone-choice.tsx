import type { Dispatch } from 'react';
import { TIME_ZONES } from '../state/view.ts';
import type { TimeZone, ViewEvent } from '../state/view.ts';
import { Choice } from './choice.tsx';

const ZONE_LABELS = { utc: 'UTC', local: 'local' } as const;

/** The zone that times are shown in. */
export function ZoneChoice({ timeZone, dispatch }: { timeZone: TimeZone; dispatch: Dispatch<ViewEvent> }) {
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
