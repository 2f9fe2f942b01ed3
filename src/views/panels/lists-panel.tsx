import { useCallback } from 'react';
import { DEFAULT_SETTINGS } from '../../analysis/settings.ts';
import { isReadByOthers } from '../../state/stored-lists.ts';
import { useActions, useReport } from '../context.ts';
import { Disclosure } from '../controls/disclosure.tsx';
import { formatCounted } from '../text/format.ts';
import { AsidePairs } from './aside-pairs.tsx';
import { ListEditor } from './list-editor.tsx';
import { listSummaryWords } from './list-words.tsx';
import textStyles from '../text/text.module.css';
import styles from './lists.module.css';

/** The analyst's lists: what is set aside, what is looked for, and what is inside. A change shows at once. */
export function ListsPanel() {
  const { settings, triage } = useReport().report;
  const { relist: onList, listsKept: kept } = useActions();
  const setAllow = useCallback((allow: string) => onList({ allow }), [onList]);
  const setWatch = useCallback((watch: string) => onList({ watch }), [onList]);
  const setInternal = useCallback((internal: string) => onList({ internal }), [onList]);
  return (
    <Disclosure label="Lists" side="right" size="form">
      <div className={styles.lists}>
        <ListEditor
          title="Set aside"
          fileName="beaconscope-set-aside.txt"
          text={settings.allow}
          onText={setAllow}
          problems={triage.allow.problems}
          summary={`${listSummaryWords(triage.allow)}: ${formatCounted(triage.setAside, 'connection')} set aside.`}
        >
          What you know: an address, a network or a name a line, <code>#</code> before a note. A name covers all below
          it; with <code>=</code> before it, itself alone. <code>10.0.0.5 &gt; a.example</code> is what that address has
          with that name.
        </ListEditor>
        <AsidePairs />
        <ListEditor
          title="Look for"
          fileName="beaconscope-look-for.txt"
          text={settings.watch}
          onText={setWatch}
          problems={triage.watch.problems}
          summary={`${listSummaryWords(triage.watch)}: ${formatCounted(triage.watchHits, 'connection meets', 'connections meet')} it, 6 points each.`}
        >
          What you were warned of: addresses, networks, names, JA3 and JA4; or a file as CSV, STIX 2.1 or MISP JSON.
          What meets it is listed with any number of flows.
        </ListEditor>
        <ListEditor
          title="Internal"
          fileName="beaconscope-internal.txt"
          text={settings.internal}
          fallback={DEFAULT_SETTINGS.internal}
          onText={setInternal}
          problems={triage.internalProblems}
          summary={`${formatCounted(triage.internalAddresses, 'address was', 'addresses were')} taken as internal; ${formatCounted(triage.hosts, 'of them calls', 'of them call')} others.`}
        >
          Networks that are yours, one a line; all else is external. While the list is as it comes, a public address
          that most flows are with counts, too.
        </ListEditor>
        <p className={kept ? textStyles.note : textStyles.warn}>
          {kept
            ? 'Lists are kept in this browser until you empty them, and go nowhere else. They may hold addresses and names of your captures.' +
              (isReadByOthers() ? ' This page was opened from disk: any other page from disk can read them.' : '')
            : '⚠ This browser does not keep the lists: it blocks storage, or they are too long. Save them to a file.'}
        </p>
      </div>
    </Disclosure>
  );
}
