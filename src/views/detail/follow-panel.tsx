import { useEffect, useMemo, useRef, useState } from 'react';
import type { ConnectionDetail } from '../../analysis/connections/connection-detail.ts';
import {
  asciiText,
  BYTE_FORMS,
  type ByteForm,
  conversationNotes,
  conversationText,
  hexText,
  type Turn,
  turnsOf,
} from '../../evidence/conversation-text.ts';
import type { Conversation } from '../../evidence/evidence.ts';
import { NOTHING_SAID, ONLY_HEADERS } from '../../evidence/exchange-text.ts';
import { useActions, useReport, useTimeZone } from '../context.ts';
import { CloseButton } from '../controls/close-button.tsx';
import { Choice } from '../controls/choice.tsx';
import { fileName, save } from '../panels/export/save.ts';
import { formatBytes, formatCount } from '../text/format.ts';
import { exactTime } from '../text/timestamps.ts';
import { flowEndsOf } from './evidence-of.ts';
import { NotRead } from './not-read.tsx';
import { useReading } from './use-reading.ts';
import textStyles from '../text/text.module.css';
import styles from './evidence.module.css';

interface Props {
  row: number;
  detail: ConnectionDetail;
  /** Place of the flow in the detail. */
  flow: number;
  onClose: () => void;
}

/** So many bytes are put on the page at a time. */
const STEP_BYTES = 1 << 16;

/** One flow put together: what both sides said, in order, as text or as bytes. Escape closes it. */
export function FollowPanel({ row, detail, flow, onClose }: Props) {
  const { texts } = useReport();
  const { evidence: source } = useActions();
  const panel = useRef<HTMLElement>(null);
  const client = texts.source(row);
  const read = useMemo(() => {
    return (onProgress: (bytesRead: number) => void) => source.follow(flowEndsOf(client, detail, flow), onProgress);
  }, [source, client, detail, flow]);
  const { bytesRead, outcome } = useReading<Conversation>(read, source.stopReading);
  useEffect(() => {
    if (outcome === null) panel.current?.focus();
    // Once more when what was said has come: it takes more room than the line that waits for it.
    panel.current?.scrollIntoView({ block: 'nearest' });
  }, [outcome]);
  useEffect(() => {
    const { current } = panel;
    const press = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      onClose();
    };
    current?.addEventListener('keydown', press);
    return () => current?.removeEventListener('keydown', press);
  }, [onClose]);
  return (
    <section
      ref={panel}
      tabIndex={-1}
      className={styles.follow}
      aria-label={`Flow ${detail.id[flow]} followed`}
      aria-busy={outcome === null}
    >
      <header>
        <h4>
          Flow {detail.id[flow]}: {client}:{detail.sourcePort[flow]} → {texts.destinationLabel(row)}:
          {detail.destinationPort[flow]}
        </h4>
        <CloseButton label="Close the followed flow" onClose={onClose} />
      </header>
      {outcome === null && (
        <p className={textStyles.quiet} role="status">
          Reading the files once more{bytesRead > 0 && `: ${formatBytes(bytesRead)}`} …
        </p>
      )}
      {outcome?.ok === false && <NotRead failure={outcome.failure} />}
      {outcome?.ok === true && <Said conversation={outcome.value} />}
    </section>
  );
}

function Said({ conversation }: { conversation: Conversation }) {
  const [form, setForm] = useState<ByteForm>('text');
  const [limit, setLimit] = useState(STEP_BYTES);
  const [said, setSaid] = useState('');
  const turns = useMemo(() => turnsOf(conversation), [conversation]);
  const shown = useMemo(() => turnsWithin(turns, limit), [turns, limit]);
  const { unread, sent, received, lost, bytes } = conversation;
  if (turns.length === 0) {
    const silence = lost > 0 ? ONLY_HEADERS : NOTHING_SAID;
    return (
      <p className={textStyles.quiet}>
        {silence} {unread}
      </p>
    );
  }
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(conversationText(conversation, form));
      setSaid('Copied');
    } catch {
      setSaid('This browser gives no clipboard: save it instead');
    }
  };
  const saveText = (): void => {
    const name = fileName('flow', 'txt', Date.now());
    save({ name, blob: new Blob([conversationText(conversation, form)], { type: 'text/plain' }) });
    setSaid(name);
  };
  return (
    <>
      <div className={styles.followBar}>
        <Choice legend="Bytes as" options={BYTE_FORMS} value={form} onChange={setForm} />
        <button type="button" onClick={() => void copy()}>
          Copy
        </button>
        <button type="button" onClick={saveText}>
          Save
        </button>
        <span role="status" className={textStyles.quiet}>
          {said || `${formatBytes(sent)} sent, ${formatBytes(received)} received`}
        </span>
      </div>
      {conversationNotes(conversation).map((note) => (
        <p key={note} className={textStyles.note}>
          {note}
        </p>
      ))}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reached by keyboard */}
      <div className={styles.turns} tabIndex={0} role="region" aria-label="What was said">
        {shown.map((turn) => (
          <TurnText key={turn.bytes.byteOffset} turn={turn} form={form} />
        ))}
      </div>
      {limit < bytes.length && (
        <p className={textStyles.note}>
          {formatBytes(limit)} of {formatBytes(bytes.length)} shown.{' '}
          <button type="button" onClick={() => setLimit(limit * 2)}>
            Show more
          </button>
        </p>
      )}
    </>
  );
}

/** The turns that lie within so many bytes, the last one cut. */
function turnsWithin(turns: readonly Turn[], limit: number): Turn[] {
  const shown: Turn[] = [];
  let left = limit;
  for (const turn of turns) {
    if (left <= 0) break;
    shown.push(turn.bytes.length <= left ? turn : Object.assign({}, turn, { bytes: turn.bytes.subarray(0, left) }));
    left -= turn.bytes.length;
  }
  return shown;
}

function TurnText({ turn, form }: { turn: Turn; form: ByteForm }) {
  const timeZone = useTimeZone();
  const { fromClient, atMs, missing, bytes } = turn;
  return (
    <div className={`${styles.turn} ${fromClient ? styles.client : styles.server}`}>
      {missing > 0 && <p className={textStyles.warn}>{formatCount(missing)} bytes are missing here</p>}
      <p className={styles.turnHead}>
        {fromClient ? '→ client' : '← server'}, {exactTime(atMs, timeZone).slice(11, 23)}, {formatCount(bytes.length)}{' '}
        bytes
      </p>
      <pre className={form === 'hex' ? styles.hex : undefined}>
        {form === 'hex' ? hexText(bytes) : asciiText(bytes)}
      </pre>
    </div>
  );
}
