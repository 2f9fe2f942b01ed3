/** How often a worker is asked whether it is there, and how many times it may leave that unanswered: ten minutes in all. */
const ASKED_EVERY_MS = 20_000;
const MOST_UNANSWERED = 30;

/** The worker's side (see `Analyzer.hold`). */
type Hold = (lock: string, port: MessagePort) => Promise<boolean>;

/**
 * Tells when a worker is gone. One that the browser ends, for want of memory for example, raises no event; but what it had
 * locked is free then. Pages that came without encryption have no locks: there the end of a port tells it where the browser
 * says so, and elsewhere that questions stay without an answer for far longer than any step of the analysis takes.
 *
 * @param ended settles when nobody waits for the worker any more
 * @param locks those of the page; undefined where it has none
 * @returns settles once its end is told: one that ends before has locked nothing, which nobody hears of
 */
export function watchWorker(
  hold: Hold,
  ended: Promise<unknown>,
  onGone: () => void,
  locks: Pick<LockManager, 'request'> | undefined,
): Promise<void> {
  const { port1: port, port2 } = new MessageChannel();
  let unanswered = 0;
  // Questions are counted and not the time: while a computer sleeps nobody answers.
  const timer = setInterval(() => {
    if (unanswered++ < MOST_UNANSWERED) port.postMessage(null);
    else onGone();
  }, ASKED_EVERY_MS);
  port.addEventListener('message', () => (unanswered = 0));
  port.addEventListener('close', onGone);
  port.start();
  void ended.then(() => {
    clearInterval(timer);
    port.removeEventListener('close', onGone);
    port.close();
  });
  const lock = `beaconscope ${Date.now()} ${Math.random()}`;
  return hold(lock, port2).then((isHeld) => {
    if (!isHeld || locks === undefined) return;
    clearInterval(timer);
    void locks.request(lock, onGone);
  });
}

/** The worker's side of the port: answers, and keeps it. */
export function answerOn(port: MessagePort): void {
  port.addEventListener('message', () => port.postMessage(null));
  port.start();
}
