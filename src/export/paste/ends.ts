import { steadyMix } from '../../analysis/memory/hash.ts';

/** One way that a connection's packets go: who sends them to whom, and which port is the server's there. */
export interface Way {
  from: readonly string[];
  to: readonly string[];
  /** The server's port is the destination's on the way there, and the source's on the way back. */
  port: 'dst' | 'src';
}

/** Both ways between a source and its destinations. */
export function waysOf(source: string, destinations: readonly string[]): [Way, Way] {
  return [
    { from: [source], to: destinations, port: 'dst' },
    { from: destinations, to: [source], port: 'src' },
  ];
}

/** A number of 32 bits that is the same for the same text: what tells two rules or scripts from each other. */
export function textNumber(text: string): number {
  let hash = 0;
  for (let index = 0; index < text.length; index++) hash = steadyMix(hash, text.charCodeAt(index));
  return hash >>> 0;
}
