import { useEffect, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import type { ConnectionDetail, Report } from '../../analysis/report.ts';
import { protocolName } from '../../state/protocols.ts';
import type { RowTexts } from '../../state/row-texts.ts';
import type { TimeZone } from '../../state/view.ts';
import type { Outcome } from '../../worker/protocol.ts';
import { connectionName } from '../headline.ts';
import { dateDetailOf } from '../timestamps.ts';
import { useWidth } from '../use-width.ts';
import { Arithmetic } from './arithmetic.tsx';
import { deltasOf } from './deltas.ts';
import { DeltaHistogram } from './delta-histogram.tsx';
import { PasteLine } from './paste-line.tsx';
import { displayFilterOf } from '../../export/paste/wireshark.ts';
import { FlowList } from './flow-list.tsx';
import { NameList } from './name-list.tsx';
import { sentencesOf } from './sentences.ts';
import { SizeHistogram } from './size-histogram.tsx';
import { Timeline } from './timeline.tsx';
import './detail.css';

interface Props {
  report: Report;
  texts: RowTexts;
  row: number;
  timeZone: TimeZone;
  fetchDetail: (group: number) => Promise<Outcome<ConnectionDetail>>;
  onClose: () => void;
}

/** The open connection, as a short report from top to bottom. */
export function ConnectionDetailPane({ report, texts, row, timeZone, fetchDetail, onClose }: Props) {
  const { connections } = report;
  const group = connections.group[row];
  const port = connections.destinationPort[row];
  const protocol = connections.protocol[row];
  const pane = useRef<HTMLElement>(null);
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
  useEffect(() => {
    const { current } = pane;
    if (current !== null && getComputedStyle(current).position === 'static') current.scrollIntoView({ block: 'start' });
  }, []);

  return (
    <aside className="detail" ref={pane} aria-label={`Connection ${connectionName(texts, port, row)}`} aria-busy={outcome === null}>
      <header>
        <h2>
          {connectionName(texts, port, row)} <span className="protocol">{protocolName(protocol)}</span>
        </h2>
        <button type="button" className="quiet-button" aria-label="Close the detail" title="Close (Esc)" onClick={onClose}>✕</button>
      </header>
      {outcome === null && <p className="quiet">Fetching its flows …</p>}
      {outcome !== null && !outcome.ok && <p className="warn">Its flows could not be fetched: {outcome.failure.message}</p>}
      {outcome?.ok === true && <DetailBody report={report} texts={texts} row={row} timeZone={timeZone} detail={outcome.value} />}
    </aside>
  );
}

function DetailBody({ report, texts, row, timeZone, detail }: Omit<Props, 'fetchDetail' | 'onClose'> & { detail: ConnectionDetail }) {
  const { connections } = report;
  const deltas = useMemo(() => deltasOf(detail.startMs), [detail]);
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const dateDetail = dateDetailOf(report.firstMs ?? 0, report.lastMs ?? 0, timeZone);
  const filter = displayFilterOf(texts.source(row), texts.destination(row), connections.destinationPort[row], connections.protocol[row]);
  return (
    <div ref={box}>
      {sentencesOf(report, texts, row, detail, deltas, timeZone).map((sentence) => <p key={sentence}>{sentence}</p>)}
      <DeltaHistogram deltas={deltas} width={width} />
      <Section title="Flows over the whole capture">
        <Timeline starts={detail.startMs} fromMs={report.firstMs ?? 0} toMs={report.lastMs ?? 0} timeZone={timeZone} width={width} />
      </Section>
      <Section title="Bytes sent per flow"><SizeHistogram sizes={detail.bytesSent} width={width} /></Section>
      <Section title="The score, taken apart"><Arithmetic table={connections} row={row} /></Section>
      <Section title="Names"><NameList names={detail.names} flows={detail.length} /></Section>
      <Section title="Flows"><FlowList detail={detail} deltas={deltas} timeZone={timeZone} dateDetail={dateDetail} /></Section>
      <Section title="Wireshark filter"><PasteLine text={filter} /></Section>
    </div>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3>{title}</h3>
      {children}
    </section>
  );
}
