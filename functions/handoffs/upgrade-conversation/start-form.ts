import { carFields, type StartForm, whoAndWhat } from '../../handoff/start-form.ts';

/** A service customer asks about another car, whatever they came for. */
export const startForm: StartForm = {
  offeredTo: 'service',
  label: 'Customer asked about another car',
  about:
    'Their own salesperson hears of it now and comes to you first. You hear how it goes, and that you sent them up stays on record.',
  fields: ['asked', ...carFields],
  required: ['asked'],
  detailOf: (started) => {
    const { storeId, by, at, typed } = started;
    return {
      ...{ version: 1, storeId, occurredAt: at, serviceAdvisorNumber: by },
      ...whoAndWhat(started),
      asked: typed.asked,
    };
  },
};
