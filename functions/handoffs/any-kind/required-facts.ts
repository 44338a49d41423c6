/** A message may be queued only after its task's opening fact is known, because its text depends on that fact. */
export function needed<Fact>(fact: Fact | undefined, { taskId }: { readonly taskId: string }): Fact {
  if (fact === undefined)
    throw new Error(`A message was queued before its opening fact was known (task ${taskId})`);
  return fact;
}
