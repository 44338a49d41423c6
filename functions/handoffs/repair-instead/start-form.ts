import { carFields, type StartForm, whoAndWhat } from '../../handoff/start-form.ts';

/** A salesperson has a shopper whose car is merely broken. */
export const startForm: StartForm = {
  offeredTo: 'sales',
  label: 'Send a shopper to Service',
  about:
    'Their car needs fixing, not replacing. A named advisor gets it now, and you hear what came of it: the customer stays yours.',
  fields: ['needs', 'wants', 'customerIs', 'transport', ...carFields],
  required: ['needs', 'wants'],
  detailOf: (started) => {
    const { storeId, by, at, typed } = started;
    const { needs, wants, customerIs, transport } = typed;
    return {
      ...{ version: 1, storeId, occurredAt: at, salespersonNumber: by },
      ...whoAndWhat(started),
      ...{ needs, wants, customerIs, transport },
    };
  },
};
