import { useId, useState } from 'react';
import type { FormEvent } from 'react';
import type { ReadingSettings } from '../../analysis/settings.ts';
import textStyles from '../text/text.module.css';
import styles from './settings.module.css';

interface Props {
  /** What the captures were read with. */
  settings: ReadingSettings;
  onReadAgain: (settings: ReadingSettings) => void;
}

/** Settings that take another reading of the same captures: when a flow ends, and which tunnels are opened. */
export function ReadingSettingsForm({ settings, onReadAgain }: Props) {
  const [idle, setIdle] = useState(String(settings.idleTimeoutMs / 1000));
  const [active, setActive] = useState(String(settings.activeTimeoutMs / 1000));
  const [openTunnels, setOpenTunnels] = useState(settings.openTunnels);
  const [nfstream, setNfstream] = useState(settings.nfstream);
  const idleTimeoutMs = millisecondsOf(idle);
  const activeTimeoutMs = millisecondsOf(active);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (idleTimeoutMs !== null && activeTimeoutMs !== null)
      onReadAgain({ idleTimeoutMs, activeTimeoutMs, openTunnels, nfstream });
  };
  return (
    <form className={styles.readingSettings} onSubmit={submit}>
      <Seconds
        label="A flow ends after"
        unit="s without a packet"
        text={idle}
        wrong={idleTimeoutMs === null}
        onText={setIdle}
      />
      <Seconds
        label="and"
        unit="s after its first packet"
        text={active}
        wrong={activeTimeoutMs === null}
        onText={setActive}
      />
      <label className={styles.check}>
        <input type="checkbox" checked={openTunnels} onChange={(event) => setOpenTunnels(event.target.checked)} />
        <span>
          Open tunnels NFStream leaves closed
          <span className={textStyles.note}>
            GRE with ERSPAN, VXLAN, Geneve, Teredo, L2TP, EtherIP, LISP, GUE, MPLS in UDP, AH, and packets whose IPv4
            length is 0
          </span>
        </span>
      </label>
      <label className={styles.check}>
        <input type="checkbox" checked={nfstream} onChange={(event) => setNfstream(event.target.checked)} />
        <span>
          Flows exactly as NFStream
          <span className={textStyles.note}>
            Two directions in different VLANs stay apart, packets that it leaves out do not count
          </span>
        </span>
      </label>
      <button type="submit" disabled={idleTimeoutMs === null || activeTimeoutMs === null}>
        Read the captures again
      </button>
    </form>
  );
}

interface SecondsProps {
  label: string;
  unit: string;
  text: string;
  wrong: boolean;
  onText: (text: string) => void;
}

function Seconds({ label, unit, text, wrong, onText }: SecondsProps) {
  const id = useId();
  return (
    <p className={styles.seconds}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="number"
        min={0.001}
        step="any"
        inputMode="decimal"
        value={text}
        aria-invalid={wrong}
        aria-describedby={`${id}-unit`}
        onChange={(event) => onText(event.target.value)}
      />
      <span id={`${id}-unit`}>{unit}</span>
    </p>
  );
}

/** Whole milliseconds of a number of seconds as typed; null where it is none above 0. */
function millisecondsOf(text: string): number | null {
  const value = Math.round(Number(text) * 1000);
  return text.trim() !== '' && Number.isSafeInteger(value) && value > 0 ? value : null;
}
