/** Shows progress on a terminal. */

/** The stream for progress; nothing is shown unless it is a terminal. */
export interface ProgressScreen {
  readonly isTTY?: boolean | undefined;
  write(text: string): unknown;
}

const QUIET_MILLISECONDS = 2_000;
const BETWEEN_MILLISECONDS = 500;
const CLEAR_LINE = '\r\u001b[2K';

/** Reports what has been done so far, in words: "1200 items read". */
export type TellProgress = (done: string) => void;

/** Runs the work. If it takes longer than two seconds, a line on the screen shows the progress. */
export async function withProgress<Result>(
  what: string,
  work: (tell: TellProgress) => Promise<Result>,
  screen: ProgressScreen = process.stderr,
): Promise<Result> {
  if (!screen.isTTY) return work(() => undefined);
  const began = Date.now();
  let done = '';
  let isShown = false;
  const timer = setInterval(() => {
    if (Date.now() - began < QUIET_MILLISECONDS) return;
    const seconds = Math.round((Date.now() - began) / 1_000);
    screen.write(`${CLEAR_LINE}${[what, done, `${seconds} s`].filter(Boolean).join(', ')} …`);
    isShown = true;
  }, BETWEEN_MILLISECONDS);
  try {
    return await work((latest) => {
      done = latest;
    });
  } finally {
    clearInterval(timer);
    if (isShown) screen.write(CLEAR_LINE);
  }
}
