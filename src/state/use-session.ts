import { useCallback, useEffect, useReducer, useRef } from 'react';
import { DEFAULT_SETTINGS } from '../analysis/settings.ts';
import type { ReadingSettings } from '../analysis/settings.ts';
import type { ConnectionDetail } from '../analysis/report.ts';
import { sampleCapture } from '../sample.ts';
import { AnalyzerClient } from '../worker/client.ts';
import type { Failure, Outcome } from '../worker/protocol.ts';
import { IDLE, sessionAfter } from './session.ts';
import type { Session } from './session.ts';

export interface SessionControl {
  session: Session;
  open: (files: readonly File[]) => void;
  openSample: () => void;
  /** Reads the same files once more. */
  retry: () => void;
  /** Reads the same files once more, in another way, which later files are read in too. */
  readAgain: (settings: ReadingSettings) => void;
  cancel: () => void;
  /** Leaves the report or the failure and frees the worker. */
  close: () => void;
  /** Says why what was offered cannot be read at all. */
  refuse: (failure: Failure) => void;
  rescore: (minFlows: number) => void;
  detail: (group: number) => Promise<Outcome<ConnectionDetail>>;
}

/** The one session of the page and the worker behind it. Answers of an earlier run are dropped. */
export function useSession(): SessionControl {
  const [session, dispatch] = useReducer(sessionAfter, IDLE);
  const client = useRef<AnalyzerClient | null>(null);
  const run = useRef(0);
  const files = useRef<readonly File[]>([]);
  const settings = useRef(DEFAULT_SETTINGS);

  const theClient = useCallback(() => (client.current ??= new AnalyzerClient()), []);

  const open = useCallback((chosen: readonly File[]) => {
    if (chosen.length === 0) return;
    const thisRun = ++run.current;
    files.current = chosen;
    theClient().cancel();
    dispatch({ type: 'opened', fileNames: chosen.map((file) => file.name) });
    void theClient()
      .analyze([...chosen], settings.current, (progress) => {
        if (run.current === thisRun) dispatch({ type: 'progressed', progress });
      })
      .then((outcome) => {
        if (run.current === thisRun) dispatch({ type: 'reported', outcome });
      });
  }, [theClient]);

  const openSample = useCallback(() => {
    void sampleCapture().then((file) => open([file]));
  }, [open]);

  const retry = useCallback(() => open(files.current), [open]);

  const readAgain = useCallback((changed: ReadingSettings) => {
    settings.current = { ...settings.current, ...changed };
    open(files.current);
  }, [open]);

  const close = useCallback(() => {
    run.current++;
    theClient().cancel();
    dispatch({ type: 'closed' });
  }, [theClient]);

  const refuse = useCallback((failure: Failure) => {
    close();
    files.current = [];
    dispatch({ type: 'refused', failure });
  }, [close]);

  const rescore = useCallback((limit: number) => {
    const thisRun = ++run.current;
    settings.current = { ...settings.current, minFlows: limit };
    dispatch({ type: 'rescoring' });
    void theClient().rescore(settings.current).then((outcome) => {
      if (run.current === thisRun) dispatch({ type: 'reported', outcome });
    });
  }, [theClient]);

  const detail = useCallback((group: number) => theClient().detail(group), [theClient]);

  useEffect(() => () => client.current?.cancel(), []);

  return { session, open, openSample, retry, readAgain, cancel: close, close, refuse, rescore, detail };
}
