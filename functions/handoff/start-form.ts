import type { Department } from '../group/group.ts';

/**
 * The fields that a form for starting a handoff can ask for, one entry each: how the page asks, and the error for an answer
 * that the contract refuses. To add a field, add an entry here and name it in a kind's form.
 */
interface StartField {
  readonly label: string;
  /** What to tell the person whose answer is missing or cannot be read. */
  readonly wrong: string;
  readonly input: StartInput;
}

export type StartInput =
  | { readonly is: 'text'; readonly longest: number; readonly mode?: 'numeric' | 'tel' | 'email' }
  | { readonly is: 'lines'; readonly longest: number }
  | { readonly is: 'day' }
  | { readonly is: 'one of'; readonly options: readonly (readonly [value: string, says: string])[] };

const text = (longest: number): StartInput => ({ is: 'text', longest });
const NAME = 100;
const LINES = 300;

const fields = {
  firstName: { label: 'First name', wrong: 'Please give the first name.', input: text(NAME) },
  lastName: { label: 'Last name', wrong: 'Please give the last name.', input: text(NAME) },
  phone: {
    label: 'Phone',
    wrong: 'Please give a phone number or an email address.',
    input: { is: 'text', longest: 40, mode: 'tel' },
  },
  email: {
    label: 'Email',
    wrong: 'Please give an email address such as maria@example.com.',
    input: { is: 'text', longest: 254, mode: 'email' },
  },
  language: {
    label: 'Speaks',
    wrong: 'Please choose a language.',
    input: {
      is: 'one of',
      options: [
        ['en', 'English'],
        ['es', 'Spanish'],
      ],
    },
  },
  year: {
    label: 'Year',
    wrong: 'Please give the year in four digits.',
    input: { is: 'text', longest: 4, mode: 'numeric' },
  },
  make: { label: 'Make', wrong: 'Please give the make.', input: text(60) },
  model: { label: 'Model', wrong: 'Please give the model.', input: text(60) },
  vin: {
    label: 'VIN',
    wrong: 'Please give all 17 letters and digits of the VIN.',
    input: text(20),
  },
  needs: {
    label: 'What is wrong, in the customer’s words?',
    wrong: 'Please write what the customer says is wrong.',
    input: { is: 'lines', longest: LINES },
  },
  wants: {
    label: 'What do they want?',
    wrong: 'Please choose what they want.',
    input: {
      is: 'one of',
      options: [
        ['just fix it', 'Just fix it'],
        ['would also look', 'Would also look at another car'],
      ],
    },
  },
  customerIs: {
    label: 'Do they wait?',
    wrong: 'Please choose whether they wait.',
    input: {
      is: 'one of',
      options: [
        ['waiting', 'Waits here'],
        ['dropped-off', 'Leaves the car'],
      ],
    },
  },
  transport: {
    label: 'How do they get about meanwhile?',
    wrong: 'Please choose how they get about.',
    input: {
      is: 'one of',
      options: [
        ['none needed', 'Needs nothing'],
        ['shuttle', 'Shuttle'],
        ['loaner', 'Loaner'],
        ['ride share', 'Ride share'],
      ],
    },
  },
  dealNumber: { label: 'Deal number', wrong: 'Please give the deal number.', input: text(40) },
  deliveryOn: {
    label: 'Which day do they take the car?',
    wrong: 'Please give the day of the delivery.',
    input: { is: 'day' },
  },
  asked: {
    label: 'What did the customer say?',
    wrong: 'Please write what the customer said.',
    input: { is: 'lines', longest: LINES },
  },
} as const satisfies Readonly<Record<string, StartField>>;

export type StartFieldName = keyof typeof fields;
export const startFieldOf = (name: StartFieldName): StartField => fields[name];
export const startFieldNames = Object.keys(fields).filter((name): name is StartFieldName => name in fields);

/** A known customer, chosen instead of typed. */
export interface KnownShopper {
  readonly customer: {
    readonly customerNumber?: string | undefined;
    readonly firstName?: string | undefined;
    readonly lastName?: string | undefined;
    readonly companyName?: string | undefined;
    readonly email?: string | undefined;
    readonly phone?: string | undefined;
    readonly preferredLanguage?: string | undefined;
  };
  readonly vehicle?:
    | {
        readonly vin?: string | undefined;
        readonly year?: number | undefined;
        readonly make?: string | undefined;
        readonly model?: string | undefined;
      }
    | undefined;
}

/** The input of somebody who starts a handoff at a store, not yet parsed by the contract. */
export interface Started {
  /** The person's store, and their number there. */
  readonly storeId: string;
  readonly by: string;
  readonly at: string;
  readonly typed: Readonly<Partial<Record<StartFieldName, string>>>;
  readonly known?: KnownShopper | undefined;
}

/** The form that starts a handoff by hand. It produces the same event that another system would send. */
export interface StartForm {
  /** The department whose people may start it. */
  readonly offeredTo: Department;
  /** The label of the button that opens the form. */
  readonly label: string;
  /** What happens after submitting, shown above the form. */
  readonly about: string;
  /** In page order. Every form also asks for the customer's own fields, unless a known customer is chosen. */
  readonly fields: readonly StartFieldName[];
  readonly required: readonly StartFieldName[];
  /** The detail of the event; its contract reads it like any other. */
  readonly detailOf: (started: Started) => object;
}

/** Asked for when the customer is typed rather than chosen. */
export const customerFields = [
  'firstName',
  'lastName',
  'phone',
  'email',
  'language',
] as const satisfies readonly StartFieldName[];
export const carFields = ['year', 'make', 'model', 'vin'] as const satisfies readonly StartFieldName[];

/** The event's customer and car, without fields that were left empty. A known customer may come with another car. */
export function whoAndWhat({ typed, known }: Started): {
  readonly customer: object;
  readonly vehicle: object;
} {
  const { firstName, lastName, phone, email, language, year, make, model, vin } = typed;
  const car = given({ vin, year: year && Number(year), make, model });
  return {
    customer: given(known?.customer ?? { firstName, lastName, phone, email, preferredLanguage: language }),
    vehicle: Object.keys(car).length === 0 ? given(known?.vehicle ?? {}) : car,
  };
}

const given = (fields: object): object =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== ''));
