import { createInnerColumns, type InnerColumns, writeInner } from './inner-columns.ts';
import { createInnerScratch, scoreInner } from './inner.ts';
import { ListedSessions, type SessionRows } from './session-rows.ts';

/** Candidates that a thread takes at a time. */
const BLOCK = 64;
/** What `CandidateWork.blocks` says of a block. */
const FREE = 0;
const TAKEN = 1;
const SCORED = 2;

/** A session that shares its connection with no other, until it is asked how many do. */
export const ALONE = { sessions: 0, agree: 0 };

/**
 * Sessions to be scored each on its own, by several threads at once: whoever is free takes the next block. What each
 * gets depends on neither, so that a block that two threads score holds the same in the end.
 */
export interface CandidateWork {
  /** The candidates alone, and which side of each is the client. */
  rows: SessionRows;
  clients: Uint8Array;
  /** What is written, and how far each block is, in memory that all threads share. */
  columns: InnerColumns;
  blocks: Int32Array;
}

/** Begins to score candidates in other threads, which take part as long as there are any. */
export type ScoringHelp = (work: CandidateWork) => void;

/** Work for several threads, of which nothing is done. */
export function sharedWork(rows: SessionRows, clients: Uint8Array): CandidateWork {
  const blocks = new Int32Array(new SharedArrayBuffer(4 * Math.ceil(rows.length / BLOCK)));
  return { rows, clients, columns: createInnerColumns(rows.length, SharedArrayBuffer), blocks };
}

/** In another thread: scores blocks, the first first, until none is free. */
export function helpScore({ rows, clients, columns, blocks }: CandidateWork): void {
  const sessions = new ListedSessions(rows);
  const scratch = createInnerScratch();
  const score = (candidate: number): void => {
    const inner = scoreInner(sessions, candidate, clients[candidate], scratch);
    writeInner(inner, { sessions, session: candidate }, ALONE, columns, candidate);
  };
  for (let block = 0; block < blocks.length; block++) scoreFree(blocks, block, rows.length, score);
}

/**
 * Scores what others have not: free blocks, the last first, and then also those that somebody has begun with, for whose
 * end nobody waits.
 */
export function scoreRest({ rows, blocks }: CandidateWork, score: (candidate: number) => void): void {
  for (let block = blocks.length - 1; block >= 0; block--) scoreFree(blocks, block, rows.length, score);
  for (let block = 0; block < blocks.length; block++) {
    if (Atomics.load(blocks, block) !== SCORED) scoreBlock(block, rows.length, score);
  }
}

function scoreFree(blocks: Int32Array, block: number, length: number, score: (candidate: number) => void): void {
  if (Atomics.compareExchange(blocks, block, FREE, TAKEN) !== FREE) return;
  scoreBlock(block, length, score);
  Atomics.store(blocks, block, SCORED);
}

function scoreBlock(block: number, length: number, score: (candidate: number) => void): void {
  const end = Math.min(length, (block + 1) * BLOCK);
  for (let candidate = block * BLOCK; candidate < end; candidate++) score(candidate);
}
