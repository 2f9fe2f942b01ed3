import { expect, it } from 'vitest';
import { type LoggedQuestion, LoggedQuestions } from '../../../../src/analysis/flow-logs/questions.ts';
import { answersLeftOut } from '../../../../src/analysis/reading-warnings.ts';

/** What a client is told of an address at a second. */
function answer(second: number, address: string): LoggedQuestion {
  return {
    ms: 1000 * second,
    client: '10.0.0.1',
    resolver: '10.0.0.53',
    name: `a${second}.example`,
    answers: [address],
    type: 1,
    isZoneless: false,
    isAsked: true,
    isAnswered: true,
  };
}

it('names that one address is told under again and again are kept up to so many, and the others counted', () => {
  const questions = new LoggedQuestions(
    null,
    () => 1,
    (name) => Number(/\d+/.exec(name)),
  );
  for (let second = 1; second <= 70; second++) questions.add(answer(second, '203.0.113.9'));
  expect(questions.leftOut).toBe(6);
  expect([5, 64, 70].map((second) => questions.nameFor(1, 1, 1000 * second))).toEqual([5, 64, 64]);
});

it('answers that find no room are counted, and said', () => {
  const numbers = new Map<string, number>();
  const numberOf = (text: string): number => numbers.get(text) ?? numbers.set(text, numbers.size).size - 1;
  const questions = new LoggedQuestions(null, numberOf, numberOf, 2);
  for (let host = 1; host <= 5; host++) questions.add(answer(host, `203.0.113.${host}`));
  expect(questions.leftOut).toBe(3);
  expect(answersLeftOut(3, 0)[0].message).toContain('3 answers');
  expect(answersLeftOut(0, 4)[0].message).toContain('4 answers were forgotten');
  expect(answersLeftOut(0, 0)).toEqual([]);
});
