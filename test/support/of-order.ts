interface About {
  readonly subject: object;
}

/** Whether a handoff is about that repair order; one about an appointment has none yet. */
export const isOfOrder = ({ subject }: About, roNumber: unknown): boolean =>
  'roNumber' in subject && subject.roNumber === roNumber;

export const ofOrder =
  (roNumber: unknown) =>
  (task: About): boolean =>
    isOfOrder(task, roNumber);
