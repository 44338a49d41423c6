/** The result of starting a handoff by hand: the task to open, whether new or already known. */
export interface StartResult {
  readonly outcome: string;
  readonly taskId: string;
}
