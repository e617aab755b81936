const MOST = 10_000;

/**
 * Calendar sums are slow, and the same few are asked for again and again: the last thousands of answers are kept. What
 * is kept depends on nothing but the question.
 */
export function remembered<Answer>(compute: (key: string) => Answer): (key: string) => Answer {
  const answers = new Map<string, Answer>();
  return (key) => {
    let answer = answers.get(key);
    if (answer === undefined) {
      answer = compute(key);
      if (answers.size >= MOST) answers.clear();
      answers.set(key, answer);
    }
    return answer;
  };
}
