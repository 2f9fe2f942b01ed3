import { proxy, type ProxyMarked } from 'comlink';

type Listener<What> = (what: What) => void;

/**
 * Who is told of a call while it is under way. The worker tells it by another channel than the one that it answers on, and
 * nothing says which of the two is heard first: what comes after the answer would stand in its place.
 */
export class Listening {
  private isOver = false;

  /** A listener as the worker calls it. */
  to<What>(listener: Listener<What>): Listener<What> & ProxyMarked {
    return proxy((what: What) => {
      if (!this.isOver) listener(what);
    });
  }

  end(): void {
    this.isOver = true;
  }
}
