/** The handoffs about one repair order; one about an appointment has none yet. */
export const ofOrder =
  (roNumber: string | undefined) =>
  ({ subject }: { readonly subject: object }): boolean =>
    'roNumber' in subject && subject.roNumber === roNumber;
