import { useCallback } from 'react';
import type { Report } from '../../analysis/report/report.ts';
import { TIME_ZONES } from '../../state/view.ts';
import { useActions, useLook, useReport } from '../context.ts';
import { formatCount, formatCounted } from '../text/format.ts';
import { Choice } from './choice.tsx';
import { Disclosure } from './disclosure.tsx';
import { GroupingChoice } from './grouping-choice.tsx';
import { HideToggles } from './hide-toggles.tsx';
import { LimitField } from './limit-field.tsx';
import styles from './controls.module.css';

const ZONE_LABELS = { utc: 'UTC', local: 'local' } as const;

/** What a list holds and leaves out: how flows are grouped, the limit, sorts that are hidden, and the zone of times. */
export function ViewPanel() {
  const { report } = useReport();
  const { view, dispatch } = useLook();
  const { relist } = useActions();
  const limitList = useCallback((minFlows: number) => relist({ minFlows }), [relist]);
  const ranks = view.tab === 'connections';
  const left = report.groups - report.connections.length;
  const hidden = report.connections.sorts.reduce(
    (count, sorts) => ((sorts & view.hidden) === 0 ? count : count + 1),
    0,
  );
  const label = [
    'View',
    ...(ranks && left > 0 ? [`${formatCount(left)} not listed`] : []),
    ...(view.tab !== 'dns' && hidden > 0 ? [`${formatCount(hidden)} hidden`] : []),
  ].join(', ');
  return (
    <Disclosure label={label} side="right">
      <div className={styles.panel}>
        {ranks && (
          <>
            <GroupingChoice
              grouping={view.grouping}
              onGrouping={(grouping) => dispatch({ type: 'grouped', grouping })}
            />
            <LimitField
              label="more than"
              limit={report.settings.minFlows}
              onLimit={limitList}
              note={limitNote(report)}
            />
          </>
        )}
        {view.tab !== 'dns' && <HideToggles />}
        <Choice
          legend="Time zone"
          options={TIME_ZONES}
          labels={ZONE_LABELS}
          value={view.timeZone}
          onChange={(chosen) => dispatch({ type: 'zoned', timeZone: chosen })}
        />
      </div>
    </Disclosure>
  );
}

/** What the limit leaves out, and what is listed in spite of it. */
function limitNote({ groups, connections, insideOnly, pointsOnly, pointsLeftOut, lostMessages }: Report): string {
  return [
    `hidden: ${formatCount(groups - connections.length)} with fewer`,
    ...(insideOnly === 0 ? [] : [`${formatCount(insideOnly)} listed for messages inside a session`]),
    ...(pointsOnly === 0 ? [] : [`${formatCount(pointsOnly)} listed for their points`]),
    ...(pointsLeftOut === 0 ? [] : [`${formatCount(pointsLeftOut)} more of few flows have points, but fewer`]),
    ...(lostMessages === 0 ? [] : [`${formatCounted(lostMessages, 'message')} in sessions did not fit into memory`]),
  ].join('; ');
}
