import { Privacy } from './privacy.tsx';
import buttonStyles from '../controls/button.module.css';
import frameStyles from '../controls/frames.module.css';
import textStyles from '../text/text.module.css';
import styles from './landing.module.css';

interface Props {
  onPick: () => void;
  onPickFolder: () => void;
  onSample: () => void;
}

/** The first sight of the page: what it does, where captures go, and a sample to try it on. */
export function Landing({ onPick, onPickFolder, onSample }: Props) {
  return (
    <main className={`${frameStyles.page} ${styles.landing}`} aria-label="Start">
      <h2>Find what calls home.</h2>
      <p className={styles.lead}>
        Malware that waits for orders asks for them on a rhythm. Beaconscope ranks the connections of a packet capture
        by that and by what else is odd about them, and says why.
      </p>
      <div className={styles.dropBox} data-testid="drop-box">
        <p>
          Drop captures, logs or a folder of them here
          <span className={textStyles.quiet}>
            pcap, pcapng, NFStream CSV, Zeek, Suricata, Parquet, also packed (.gz .zst .lz4 .xz .bz2) and in .zip or
            .tar; several are read as one. Saved analyses (.beaconscope) open without their captures
          </span>
        </p>
        <button type="button" className={buttonStyles.primary} onClick={onPick}>
          Open captures
        </button>{' '}
        <button type="button" onClick={onPickFolder}>
          Open a folder
        </button>
      </div>
      <p>
        <button type="button" className={buttonStyles.link} onClick={onSample}>
          Try the sample capture
        </button>
        : a small office, a few hours, three beacons in it.
      </p>
      <Privacy />
    </main>
  );
}
