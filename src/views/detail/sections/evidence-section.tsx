import { useMemo, useState } from 'react';
import { asciiText, BYTE_FORMS, type ByteForm, hexText, isMostlyText } from '../../../evidence/conversation-text.ts';
import { placesOf, type Evidence } from '../../../evidence/evidence.ts';
import { useActions, useReport } from '../../context.ts';
import { Choice } from '../../controls/choice.tsx';
import { hasPackets } from '../../panels/export/carved.ts';
import { formatBytes, formatCount, formatCounted } from '../../text/format.ts';
import { ExchangeList } from '../exchange-list.tsx';
import { Section, type SectionProps } from '../section.tsx';
import { NotRead } from '../not-read.tsx';
import { useReading } from '../use-reading.ts';
import textStyles from '../../text/text.module.css';
import styles from '../evidence.module.css';

/** Files up to this size are read without being asked: it takes no longer than a look at the rest. */
const UNASKED_BYTES = 64 << 20;

/** What was asked and answered, and the first bytes each way, read from the files once more. */
export function EvidenceSection({ row, detail }: SectionProps) {
  const { report, texts } = useReport();
  const { evidence: source } = useActions();
  const bytes = report.captures.reduce((sum, capture) => sum + capture.bytes, 0);
  const [asked, setAsked] = useState(bytes <= UNASKED_BYTES);
  const isRead = hasPackets(report) && asked;
  const client = texts.source(row);
  const read = useMemo(() => {
    const { ends, sharesEnds, protocol, sourcePort, startMs, endMs } = detail;
    const places = placesOf(client, ends, sharesEnds ? { protocol, sourcePort, startMs, endMs } : null);
    return isRead ? (onProgress: (n: number) => void) => source.evidence(places, onProgress) : null;
  }, [isRead, source, client, detail]);
  const { bytesRead, outcome } = useReading<Evidence>(read, source.stopReading);
  if (!hasPackets(report)) return null;
  return (
    <>
      <Section title="Requests">
        {!asked && (
          <button type="button" onClick={() => setAsked(true)}>
            Read them from the files once more ({formatBytes(bytes)})
          </button>
        )}
        {asked && outcome === null && (
          <p className={textStyles.quiet} role="status">
            Reading the files once more{bytesRead > 0 && `: ${formatBytes(bytesRead)} of ${formatBytes(bytes)}`} …
          </p>
        )}
        {outcome?.ok === false && <NotRead failure={outcome.failure} />}
        {outcome?.ok === true && <ExchangeList evidence={outcome.value} />}
        {outcome?.ok === true && <KeptNote />}
        {outcome?.ok === true && outcome.value.unread !== '' && (
          <p className={textStyles.warn}>⚠ {outcome.value.unread}</p>
        )}
      </Section>
      {outcome?.ok === true && <FirstBytes evidence={outcome.value} />}
    </>
  );
}

/** That what is shown comes from the packets of a saved analysis, which may not be all. */
function KeptNote() {
  const { saved, evidence } = useActions();
  const packets = saved?.packets ?? null;
  if (packets === null || evidence.given > 0) return null;
  return (
    <p className={textStyles.note}>
      Read from the packets saved with the analysis: the first {formatBytes(packets.bytesEach)} of each of{' '}
      {formatCounted(packets.connections, 'connection')}
      {packets.cut > 0 && `, ${formatCount(packets.cut)} of which had more`}.
    </p>
  );
}

function FirstBytes({ evidence }: { evidence: Evidence }) {
  const { firstSent, firstReceived, hasSent, hasReceived } = evidence;
  const [form, setForm] = useState<ByteForm>(() =>
    isMostlyText(firstSent) && isMostlyText(firstReceived) ? 'text' : 'hex',
  );
  if (firstSent.length + firstReceived.length === 0) return null;
  const shown = form === 'hex' ? hexText : asciiText;
  const choice = <Choice legend="Bytes as" options={BYTE_FORMS} value={form} onChange={setForm} />;
  return (
    <Section title="First bytes" end={choice}>
      <Side who="client" bytes={shown(firstSent)} count={firstSent.length} spoke={hasSent} form={form} />
      <Side who="server" bytes={shown(firstReceived)} count={firstReceived.length} spoke={hasReceived} form={form} />
    </Section>
  );
}

interface SideProps {
  who: 'client' | 'server';
  bytes: string;
  count: number;
  /** Whether it said anything, captured or not. */
  spoke: boolean;
  form: ByteForm;
}

function Side({ who, bytes, count, spoke, form }: SideProps) {
  const arrow = who === 'client' ? '→' : '←';
  const none = spoke ? `Nothing that the ${who} said was captured` : `The ${who} said nothing in this flow`;
  return (
    <div className={`${styles.turn} ${who === 'client' ? styles.client : styles.server}`}>
      <p className={styles.turnHead}>{count === 0 ? none : `${arrow} ${who}, ${count} bytes`}</p>
      {count > 0 && <pre className={form === 'hex' ? styles.hex : undefined}>{bytes}</pre>}
    </div>
  );
}
