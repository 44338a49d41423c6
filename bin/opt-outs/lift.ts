/** Lifts an opt-out from calls, texts or letters because the customer asked for it, and stores who did so and when. */
import { type Command, Option } from 'commander';
import { ContactTable } from '../../functions/adapters/contact-table.ts';
import { placesOf, type Reached } from '../../functions/customers/contact-places.ts';
import { everywhere } from '../../functions/customers/known-contact.ts';
import { type Liftable, liftable, withLifted } from '../../functions/customers/no-contact.ts';
import { newCommand } from '../lib/command-line.ts';
import { isAgreed } from '../lib/consent.ts';
import { addressesOf, keyOf } from '../lib/customer-key.ts';
import { type GroupChoice, groupOf, storeIn, withGroup } from '../lib/group.ts';
import { say, sayJson } from '../lib/output.ts';
import { exitCodes, UsageProblem } from '../lib/problem.ts';
import { withProgress } from '../lib/progress.ts';
import { resolveTarget, type TargetChoice, withTarget } from '../lib/target.ts';
import { type PlaceChoice, placeOfPhone, storeOf } from './place.ts';
import { byChannel } from './stored-words.ts';

interface Options extends TargetChoice, GroupChoice, PlaceChoice {
  readonly channel: readonly Liftable[];
  readonly by: string;
  readonly yes?: boolean;
  readonly json?: boolean;
}

export const buildLift = (): Command =>
  withTarget(
    withGroup(
      newCommand({
        name: 'lift',
        summary: 'Take back a no to calls, texts or letters for a customer who asked for it',
        more: `A no stands wherever it was noted: at the phone number and at the customer number. Give both, and the merged numbers and
the newest phone number of the customer are included. --by is kept with the instant: who lifted it, and how the customer asked. A no that
was said before, and is heard later, stays lifted; a new one counts. A no to emails is taken back by the customer only, on their own page.
A text still needs a written yes. Exits with 1 if there is nothing to lift, or where a no is left.`,
        examples: [
          "npm run opt-outs -- lift --channel phone --phone '(847) 555-0188' --number C-20417 --store lakeshore-subaru --by 'Anna Lee, asked for at the desk'",
        ],
      }),
    ),
  )
    .addOption(
      new Option('--channel <channel...>', 'what may be done again').choices(liftable).makeOptionMandatory(),
    )
    .option('--phone <number>', 'of the customer')
    .option('--number <number>', 'of the customer, in the DMS of --store')
    .option('--store <id>', 'the store whose number it is')
    .requiredOption('--by <text>', 'who lifts it, and how the customer asked')
    .option('--yes', 'lift without asking')
    .option('--json', 'what was lifted, and what is left, as JSON')
    .action(lift);

function reachedIn({ phone, number, store }: Options): Reached {
  if (phone === undefined && number === undefined)
    throw new UsageProblem('Whose? Give --phone, --number with its --store, or both.');
  if (phone !== undefined) placeOfPhone(phone);
  const storeId = number === undefined ? (store ?? '') : storeOf(store);
  return { storeId, customerNumber: number, phone };
}

async function lift({ yes = false, json = false, ...options }: Options): Promise<void> {
  const { channel: asked, by } = options;
  if (by.trim() === '') throw new UsageProblem('--by says who lifts it, and how the customer asked.');
  const reached = reachedIn(options);
  const target = await resolveTarget(options);
  const group = groupOf(target, options);
  if (options.store !== undefined) storeIn(group, options.store);
  const contacts = new ContactTable(target.dynamodb, target.tableName, keyOf(target));
  const known = await withProgress('Reading', () => contacts.read(reached));
  const lifted = asked.filter((channel) => known.refused.includes(channel));
  if (lifted.length > 0) {
    const question = `Lift the no to ${lifted.map((channel) => byChannel[channel]).join(' and to ')}?`;
    if (!(await isAgreed(question, { yes, json }))) {
      process.exitCode = exitCodes.usage;
      return;
    }
    const addresses = addressesOf(target, group);
    for (const place of new Set(everywhere(reached, known).flatMap(placesOf)))
      await addresses.change(place, (record) =>
        withLifted(record, { channels: lifted, at: target.now, by: by.trim() }),
      );
  }
  const { refused: left } = await contacts.read(reached);
  if (json) sayJson({ lifted, left });
  else say(...describe(lifted, left));
  if (lifted.length === 0 || lifted.some((channel) => left.includes(channel)))
    process.exitCode = exitCodes.wrong;
}

const describe = (lifted: readonly Liftable[], left: readonly (keyof typeof byChannel)[]): string[] => [
  lifted.length === 0
    ? 'No such no is noted there: nothing was changed.'
    : `Lifted: the no to ${lifted.map((channel) => byChannel[channel]).join(' and to ')}.`,
  ...left.map((channel) => `Still refused: ${byChannel[channel]}.`),
];
