import { expect, it } from 'vitest';
import { LoggedQuestions } from '../../../../src/analysis/flow-logs/questions.ts';
import { answersLeftOut } from '../../../../src/analysis/reading-warnings.ts';

it('answers that find no room are counted, and said', () => {
  const numbers = new Map<string, number>();
  const numberOf = (text: string): number => numbers.get(text) ?? numbers.set(text, numbers.size).size - 1;
  const questions = new LoggedQuestions(null, numberOf, numberOf, 2);
  for (let host = 1; host <= 5; host++) {
    questions.add({
      ms: 1000 * host,
      client: '10.0.0.1',
      resolver: '10.0.0.53',
      name: `a${host}.example`,
      answers: [`203.0.113.${host}`],
      type: 1,
      isZoneless: false,
      isAsked: true,
      isAnswered: true,
    });
  }
  expect(questions.leftOut).toBe(3);
  expect(answersLeftOut(3, 0)[0].message).toContain('3 answers');
  expect(answersLeftOut(0, 4)[0].message).toContain('4 answers were forgotten');
  expect(answersLeftOut(0, 0)).toEqual([]);
});
