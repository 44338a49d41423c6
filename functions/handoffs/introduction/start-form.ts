import { carFields, type StartForm, whoAndWhat } from '../../handoff/start-form.ts';

/** Stands in for a customer number in the event: nobody at the store has given the buyer one yet. */
const NO_NUMBER = 'NEW';

/** A sale that no dealer system has reported yet. */
export const startForm: StartForm = {
  offeredTo: 'sales',
  label: 'Introduce a buyer to Service',
  about:
    'For a sale that is not in the dealer system yet. A named advisor gets it now; what the system says of the deal later takes its place.',
  fields: ['dealNumber', 'deliveryOn', ...carFields],
  required: ['dealNumber', 'vin'],
  detailOf: (started) => {
    const { storeId, by, at, typed } = started;
    const { customer, vehicle } = whoAndWhat(started);
    return {
      ...{ version: 1, storeId, occurredAt: at, dealNumber: typed.dealNumber, dealType: 'retail' },
      ...(typed.deliveryOn ? { deliveryOn: typed.deliveryOn } : {}),
      ...{ customer: { customerNumber: NO_NUMBER, ...customer }, vehicle },
      salespeople: [{ employeeNumber: by }],
    };
  },
};
