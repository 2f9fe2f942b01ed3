import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from 'react';
import { DEFAULT_SETTINGS } from '../analysis/settings.ts';
import type { TimeRange } from '../analysis/report/time-range.ts';
import type { Grouping, ListSettings, ReadingSettings, Settings } from '../analysis/settings.ts';
import { sampleCapture } from '../sample.ts';
import type { SavedFacts } from '../saved/saved.ts';
import { AnalyzerClient } from '../worker/client.ts';
import type { Failure } from '../worker/protocol.ts';
import type { Actions, EvidenceSource } from './actions.ts';
import type { ExportSource } from './export-source.ts';
import { firstSession, noteReading } from './broken-off.ts';
import { firstOf } from './first-of.ts';
import { sessionAfter } from './session.ts';
import type { Session, SessionEvent } from './session.ts';
import { storedLists, storeLists } from './stored-lists.ts';

/** Whoever has not picked a file by then is still looking for it. */
const WARM_UP_AFTER_MS = 2000;

/**
 * The one session of the page and the worker behind it. Answers of an earlier run are dropped. A report that groups
 * flows in another way than `grouping` is listed again.
 */
export function useSession(grouping: Grouping): { session: Session; actions: Actions } {
  const [session, dispatch] = useReducer(sessionAfter, null, () => firstSession());
  const client = useRef<AnalyzerClient | null>(null);
  const run = useRef(0);
  const files = useRef<readonly File[]>([]);
  const settings = useRef<Settings | null>(null);
  const theSettings = useCallback(() => (settings.current ??= { ...DEFAULT_SETTINGS, ...storedLists() }), []);
  const [given, setGiven] = useState(0);
  const [saved, setSaved] = useState<SavedFacts | null>(null);
  /** What a saved analysis is listed by: its own lists, which are not this browser's. */
  const ofSaved = useRef<Settings | null>(null);
  /** The time that is looked at; null for all of it. */
  const range = useRef<TimeRange | null>(null);
  const passwords = useRef<readonly string[]>([]);
  const [listsKept, setListsKept] = useState(true);

  const theClient = useCallback(() => (client.current ??= new AnalyzerClient()), []);

  const open = useCallback(
    (chosen: readonly File[], leaveOutLocked = false) => {
      if (chosen.length === 0) return;
      const thisRun = ++run.current;
      files.current = chosen;
      settings.current = { ...theSettings(), grouping };
      ofSaved.current = null;
      range.current = null;
      theClient().cancel();
      dispatch({ type: 'opened', fileNames: chosen.map((file) => file.name) });
      const tell = (event: SessionEvent): void => {
        if (run.current === thisRun) dispatch(event);
      };
      void theClient()
        .analyze(
          [...chosen],
          settings.current,
          { passwords: passwords.current, leaveOutLocked },
          (progress) => tell({ type: 'progressed', progress }),
          (rows) => tell({ type: 'listed', rows }),
        )
        .then((outcome) => {
          if (run.current !== thisRun) return;
          if (!outcome.ok) {
            dispatch({ type: 'reported', outcome });
            return;
          }
          const { report, saved: facts } = outcome.value;
          setSaved(facts);
          if (facts !== null) ofSaved.current = report.settings;
          dispatch({ type: 'reported', outcome: { ok: true, value: report } });
        });
    },
    [theClient, theSettings, grouping],
  );

  const add = useCallback((chosen: readonly File[]) => open([...files.current, ...chosen]), [open]);

  const openSample = useCallback(() => {
    void sampleCapture().then((file) => open([file]));
  }, [open]);

  const retry = useCallback(() => open(files.current), [open]);

  const openFirst = useCallback((bytes: number) => open(firstOf(files.current, bytes)), [open]);

  const unlock = useCallback(
    (password: string | null) => {
      if (password !== null) passwords.current = [...passwords.current, password];
      open(files.current, password === null);
    },
    [open],
  );

  const readAgain = useCallback(
    (changed: ReadingSettings) => {
      settings.current = { ...theSettings(), ...changed };
      open(files.current);
    },
    [open, theSettings],
  );

  const close = useCallback(() => {
    run.current++;
    theClient().cancel();
    dispatch({ type: 'closed' });
  }, [theClient]);

  const refuse = useCallback(
    (failure: Failure) => {
      close();
      files.current = [];
      dispatch({ type: 'refused', failure });
    },
    [close],
  );

  const relist = useCallback(
    (changed: Partial<ListSettings>) => {
      const thisRun = ++run.current;
      const list = { ...(ofSaved.current ?? theSettings()), ...changed };
      if (ofSaved.current === null) {
        settings.current = list;
        setListsKept(storeLists(list));
      } else {
        ofSaved.current = list;
      }
      dispatch({ type: 'rescoring' });
      void theClient()
        .rescore(list, range.current, (scoring) => {
          if (run.current === thisRun) dispatch({ type: 'scored', scoring });
        })
        .then((outcome) => {
          if (run.current === thisRun) dispatch({ type: 'reported', outcome });
        });
    },
    [theClient, theSettings],
  );

  const lookAt = useCallback(
    (time: TimeRange | null) => {
      range.current = time;
      relist({});
    },
    [relist],
  );

  const editAllow = useCallback(
    (edit: (allow: string) => string) => relist({ allow: edit((ofSaved.current ?? theSettings()).allow) }),
    [relist, theSettings],
  );

  useEffect(() => noteReading(session), [session]);

  useEffect(() => {
    theClient().prepare();
    const timer = setTimeout(() => void sampleCapture().then((file) => theClient().warmUp(file)), WARM_UP_AFTER_MS);
    return () => clearTimeout(timer);
  }, [theClient]);

  useEffect(() => {
    if (session.phase !== 'ready' || session.rescoring || session.failure !== null) return;
    if (session.report.settings.grouping !== grouping) relist({ grouping });
  }, [session, grouping, relist]);

  const detail = useCallback((group: number) => theClient().detail(group), [theClient]);

  const addToList = useCallback(
    (list: string, chosen: readonly File[]) => theClient().addToList(list, [...chosen]),
    [theClient],
  );

  const exports = useMemo<ExportSource>(
    () => ({
      detail,
      flowsFile: (form) => theClient().flowsFile(form),
      digests: (onProgress) => theClient().digests(onProgress),
      savedFile: (...asked) => theClient().savedFile(...asked),
      baselineFile: () => theClient().baselineFile(),
      carve: (connections, onProgress) => theClient().carve(connections, onProgress),
    }),
    [detail, theClient],
  );

  const evidence = useMemo<EvidenceSource>(
    () => ({
      evidence: (ends, onProgress) => theClient().evidence(ends, onProgress),
      follow: (ends, onProgress) => theClient().follow(ends, onProgress),
      stopReading: () => theClient().stopReading(),
      giveCaptures: async (captures, onProgress) => {
        const outcome = await theClient().giveCaptures(captures, onProgress);
        if (outcome.ok) setGiven(given + 1);
        return outcome;
      },
      given,
    }),
    [theClient, given],
  );

  useEffect(() => () => client.current?.cancel(), []);

  // One object as long as nothing of it changes: the page passes it down as a context.
  const actions = useMemo<Actions>(
    () => ({
      open,
      add,
      openSample,
      retry,
      openFirst,
      unlock,
      readAgain,
      close,
      refuse,
      relist,
      lookAt,
      editAllow,
      addToList,
      listsKept,
      saved,
      detail,
      evidence,
      exports,
    }),
    [
      open,
      add,
      openSample,
      retry,
      openFirst,
      unlock,
      readAgain,
      close,
      refuse,
      relist,
      lookAt,
      editAllow,
      addToList,
      listsKept,
      saved,
      detail,
      evidence,
      exports,
    ],
  );
  return { session, actions };
}
