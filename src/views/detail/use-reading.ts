import { useEffect, useState } from 'react';
import type { Outcome } from '../../worker/protocol.ts';

/** A reading of the files for one thing: how far it is, and what came of it. */
export interface OneReading<T> {
  bytesRead: number;
  outcome: Outcome<T> | null;
}

/**
 * Reads when it is asked to, once for each `read`, and stops when nobody waits any more.
 *
 * @param read null while nothing is to be read; kept by the caller as long as it is the same
 */
export function useReading<T>(
  read: ((onProgress: (bytesRead: number) => void) => Promise<Outcome<T>>) | null,
  stop: () => void,
): OneReading<T> {
  const [state, setState] = useState<OneReading<T>>({ bytesRead: 0, outcome: null });
  useEffect(() => {
    if (read === null) return;
    let phase: 'reading' | 'done' | 'left' = 'reading';
    void read((bytesRead) => {
      if (phase === 'reading') setState({ bytesRead, outcome: null });
    }).then((outcome) => {
      if (phase !== 'reading') return;
      phase = 'done';
      setState({ bytesRead: 0, outcome });
    });
    return () => {
      if (phase === 'reading') stop();
      phase = 'left';
    };
  }, [read, stop]);
  return state;
}
