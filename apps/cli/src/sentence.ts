/** A fault that the user can mend, said in one sentence. */
export class CliError extends Error {
  override readonly name = 'CliError';
  /** What the program ends with. */
  readonly exitCode: number = 1;
}

/** One line that is written over: for work that takes a while. Silent where nobody watches. */
export function progressLine(what: string): (done: number, of?: number) => void {
  let shownMs = 0;
  return (done, of = Number.POSITIVE_INFINITY) => {
    const nowMs = performance.now();
    if (!process.stderr.isTTY || (nowMs - shownMs < 100 && done < of)) return;
    shownMs = nowMs;
    process.stderr.write(
      `\r${what}: ${done}${Number.isFinite(of) ? ` of ${of}` : ''}${done >= of ? '\n' : ''}`,
    );
  };
}
