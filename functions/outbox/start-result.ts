/** What came of starting a handoff by hand: the task to open, new or known before. */
export interface StartResult {
  readonly outcome: string;
  readonly taskId: string;
}
