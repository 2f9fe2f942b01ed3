import { scoreMany } from './scoring.ts';

/** Answers any message with what grouping and scoring take in a browser's worker. */
addEventListener('message', () => postMessage(scoreMany()));
