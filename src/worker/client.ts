import { type Remote, transfer, wrap } from 'comlink';
import type { Report } from '../analysis/report/report.ts';
import type { ConnectionDetail } from '../analysis/connections/connection-detail.ts';
import type { Conversation, Evidence, FlowEnds } from '../evidence/evidence.ts';
import type { ConnectionEnds } from '../export/carve.ts';
import type { ImportedFiles } from '../analysis/lists/list-import.ts';
import type { TimeRange } from '../analysis/report/time-range.ts';
import type { ListSettings, Settings } from '../analysis/settings.ts';
import AnalyzerWorker from './analyzer.worker.ts?worker&inline';
import type {
  Analyzed,
  Analyzer,
  CarvedFile,
  Failure,
  FileAgain,
  FlowsForm,
  Keys,
  Outcome,
  Progress,
  RowsSoFar,
  Scoring,
} from './protocol.ts';
import { Listening } from './listening.ts';
import { watchWorker } from './worker-gone.ts';

/** A worker with the end that may come to it: Comlink calls that are pending at the end would never settle. */
interface Running {
  worker: Worker;
  /** Kept here because a collected Comlink proxy hangs its pending calls. */
  remote: Remote<Analyzer>;
  /** Settles once the page hears of the worker's end; before, it is asked for nothing that takes long. */
  watched: Promise<void>;
  ended: Promise<Failure>;
  end: (failure: Failure) => void;
}

/**
 * The page's side of the analysis. Every call settles, and with data: also when the worker is cancelled, crashes or
 * sends what cannot be read.
 */
export class AnalyzerClient {
  private running: Running | null = null;
  private prepared: Running | null = null;

  /** Starts a worker before there is anything to analyse: the next analysis need not wait for it to load. */
  prepare(): void {
    this.prepared ??= start();
  }

  /** Lets a worker that waits analyse a capture for nothing, so that the next analysis need not wait for its code to be compiled. */
  warmUp(capture: File): void {
    void this.prepared?.remote.warmUp(capture).catch(() => {});
  }

  /** Reads and analyses captures in a fresh worker; an analysis under way is cancelled. */
  analyze(
    files: File[],
    settings: Settings,
    keys: Keys,
    onProgress: (progress: Progress) => void,
    onRows: (rows: RowsSoFar) => void,
  ): Promise<Outcome<Analyzed>> {
    this.cancel();
    this.running = this.prepared ?? start();
    this.prepared = null;
    return this.call((remote, listening) =>
      remote.analyze(files, settings, keys, listening.to(onProgress), listening.to(onRows)),
    );
  }

  /** Groups and scores the flows of the last analysis again, of some time or all, without reading the captures again. */
  rescore(
    list: ListSettings,
    range: TimeRange | null,
    onProgress: (scoring: Scoring) => void,
  ): Promise<Outcome<Report>> {
    return this.call((remote, listening) => remote.rescore(list, range, listening.to(onProgress)));
  }

  /** A list with the entries of some files at its end. */
  addToList(list: string, files: File[]): Promise<Outcome<ImportedFiles>> {
    return this.call((remote) => remote.addToList(list, files));
  }

  /** All of one connection of the last report (`ConnectionTable.group`). */
  detail(group: number): Promise<Outcome<ConnectionDetail>> {
    return this.call((remote) => remote.detail(group));
  }

  /** SHA-256 of the analysed files by name; reads them once more. */
  digests(onProgress: (bytesRead: number) => void): Promise<Outcome<Map<string, string>>> {
    return this.call((remote, listening) => remote.digests(listening.to(onProgress)));
  }

  /**
   * The analysis as a file that opens without its captures; reads those once more for their SHA-256, and for the packets of
   * some groups where those are to be in it.
   */
  savedFile(
    remarks: string,
    program: string,
    withPackets: Uint32Array | null,
    onProgress: (bytesRead: number) => void,
  ): Promise<Outcome<FileAgain>> {
    return this.call((remote, listening) => remote.savedFile(remarks, program, withPackets, listening.to(onProgress)));
  }

  /** Where hosts went, as a baseline file for later captures. */
  baselineFile(): Promise<Outcome<Blob>> {
    return this.call((remote) => remote.baselineFile());
  }

  /** Takes the captures of a saved analysis, once their SHA-256 is found to be right. */
  giveCaptures(files: File[], onProgress: (bytesRead: number) => void): Promise<Outcome<{ files: number }>> {
    return this.call((remote, listening) => remote.giveCaptures(files, listening.to(onProgress)));
  }

  /** All flows as a file. */
  flowsFile(form: FlowsForm): Promise<Outcome<Blob>> {
    return this.call((remote) => remote.flowsFile(form));
  }

  /** The packets of connections as a pcapng file; reads the captures once more. */
  carve(connections: ConnectionEnds[], onProgress: (bytesRead: number) => void): Promise<Outcome<CarvedFile>> {
    return this.call((remote, listening) => remote.carve(connections, listening.to(onProgress)));
  }

  /** What the packets of a connection say, by the places it goes to; reads the captures once more. Ends a reading under way. */
  evidence(ends: FlowEnds[], onProgress: (bytesRead: number) => void): Promise<Outcome<Evidence>> {
    return this.call((remote, listening) => remote.evidence(ends, listening.to(onProgress)));
  }

  /** One flow put together; reads the captures once more. Ends a reading under way. */
  follow(ends: FlowEnds[], onProgress: (bytesRead: number) => void): Promise<Outcome<Conversation>> {
    return this.call((remote, listening) => remote.follow(ends, listening.to(onProgress)));
  }

  /** Ends the reading of `evidence` or `follow` that is under way: it settles as "cancelled", and the analysis stays. */
  stopReading(): void {
    void this.running?.remote.stopReading().catch(() => {});
  }

  /** Ends the worker at once; what was pending settles as "cancelled". */
  cancel(): void {
    this.running?.end({ kind: 'cancelled', message: 'cancelled', file: null, offset: null });
    this.running = null;
  }

  private async call<T>(
    ask: (remote: Remote<Analyzer>, listening: Listening) => Promise<Outcome<T>>,
  ): Promise<Outcome<T>> {
    const { running } = this;
    if (running === null)
      return { ok: false, failure: { kind: 'cancelled', message: 'cancelled', file: null, offset: null } };
    const failed = running.ended.then((failure): Outcome<T> => ({ ok: false, failure }));
    const listening = new Listening();
    try {
      return await Promise.race([running.watched.then(() => ask(running.remote, listening)), failed]);
    } catch (error) {
      return { ok: false, failure: crashed(error instanceof Error ? error.message : String(error)) };
    } finally {
      listening.end();
    }
  }
}

function start(): Running {
  const worker = new AnalyzerWorker();
  const { promise: ended, resolve } = withResolvers<Failure>();
  const end = (failure: Failure): void => {
    worker.terminate();
    resolve(failure);
  };
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    end(crashed(event.message || 'the analysis could not be started'));
  });
  worker.addEventListener('messageerror', () => end(crashed('a message of the analysis could not be read')));
  const remote = wrap<Analyzer>(worker);
  const { locks } = navigator as Partial<Navigator>;
  const watched = watchWorker(
    (lock, port) => remote.hold(lock, transfer(port, [port])),
    ended,
    () => end(crashed('the browser ended it')),
    locks,
  );
  return { worker, remote, watched, ended, end };
}

function crashed(message: string): Failure {
  return { kind: 'crashed', message: `the analysis stopped: ${message}`, file: null, offset: null };
}

/** `Promise.withResolvers`, which browsers have had only since 2024. */
function withResolvers<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve!: (value: T) => void;
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
