import { expect, it } from 'vitest';
import { Listening } from '../../../src/worker/listening.ts';

it('tells what comes while a call is under way, and nothing after its answer', () => {
  const listening = new Listening();
  const told: number[] = [];
  const listener = listening.to((what: number) => told.push(what));
  listener(1);
  listener(2);
  listening.end();
  listener(3);
  expect(told).toEqual([1, 2]);
});
