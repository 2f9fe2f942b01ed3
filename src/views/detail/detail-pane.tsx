import { useEffect, useRef, useState } from 'react';
import type { ConnectionDetail } from '../../analysis/connections/connection-detail.ts';
import { protocolName } from '../../analysis/net/protocol-names.ts';
import { remarkKey } from '../../analysis/report/case-keys.ts';
import type { Outcome } from '../../worker/protocol.ts';
import type { SetAside } from '../connections/use-set-aside.ts';
import { useActions, useReport, useTimeZone } from '../context.ts';
import { CloseButton } from '../controls/close-button.tsx';
import { useOpenedPane, useWidth } from '../controls/layout.ts';
import { connectionName } from '../results/headline.ts';
import { AsideBar } from './aside-bar.tsx';
import { RemarkBar } from './remark-bar.tsx';
import { SECTIONS } from './sections.ts';
import { leadOf, sentencesOf } from './sentences.ts';
import textStyles from '../text/text.module.css';
import styles from './detail.module.css';

interface Props {
  row: number;
  aside: SetAside;
  onClose: () => void;
}

/** The open connection, as a short report from top to bottom. */
export function ConnectionDetailPane({ row, aside, onClose }: Props) {
  const { report, texts } = useReport();
  const { detail: fetchDetail } = useActions();
  const { connections } = report;
  const group = connections.group[row];
  const protocol = connections.protocol[row];
  const pane = useOpenedPane();
  const [outcome, setOutcome] = useState<Outcome<ConnectionDetail> | null>(null);

  useEffect(() => {
    let wanted = true;
    void fetchDetail(group).then((answer) => {
      if (wanted) setOutcome(answer);
    });
    return () => {
      wanted = false;
    };
  }, [fetchDetail, group]);

  return (
    <aside
      className={styles.detail}
      ref={pane}
      aria-label={`Connection ${connectionName(report, texts, row)}`}
      aria-busy={outcome === null}
    >
      <header>
        <h2>
          {connectionName(report, texts, row)} <span className={styles.protocol}>{protocolName(protocol)}</span>
        </h2>
        <CloseButton label="Close the detail" onClose={onClose} />
      </header>
      <RemarkBar about={remarkKey(report, texts, row)} />
      <AsideBar row={row} aside={aside} />
      {outcome === null && <p className={textStyles.quiet}>Fetching its flows …</p>}
      {outcome !== null && !outcome.ok && (
        <p className={textStyles.warn}>Its flows could not be fetched: {outcome.failure.message}</p>
      )}
      {outcome?.ok === true && <DetailBody row={row} detail={outcome.value} />}
    </aside>
  );
}

function DetailBody({ row, detail }: { row: number; detail: ConnectionDetail }) {
  const { report, texts } = useReport();
  const timeZone = useTimeZone();
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  return (
    <div ref={box}>
      <p className={styles.leadSentence} data-testid="lead">
        {leadOf(report, row)}
      </p>
      {sentencesOf(report, texts, row, detail, timeZone).map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {SECTIONS.map(({ id, Section }) => (
        <Section key={id} row={row} detail={detail} width={width} />
      ))}
    </div>
  );
}
