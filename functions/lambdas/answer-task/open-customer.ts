import { type Reached, reachedBy } from '../../customers/contact-places.ts';
import { languageOf } from '../../customers/customer.ts';
import type { EmailKind } from '../../customers/opt-outs.ts';
import type { Language } from '../../group/business-time.ts';
import { addressOfCustomer, customerOf, kindOf, reachedOf } from '../../handoffs/kinds.ts';
import { OPT_OUT_KIND } from '../../leavers/eligible.ts';
import { findLink } from '../../links/find-link.ts';
import type { Link } from '../../links/link.ts';
import type { Services } from '../../outbox/decide-and-deliver.ts';
import { openLink } from './open-link.ts';
import type { Request } from './request.ts';

/** A customer who opened a link to their email preferences, from a handoff's email or a letter. */
export interface CustomerAt {
  readonly link: Link;
  /** The id of the handoff or the letter. */
  readonly id: string;
  readonly storeId: string;
  readonly language: Language;
  /** The kind of the email that contained the link. */
  readonly emailKind: EmailKind;
  /** The address that the email went to. */
  readonly address: string;
  readonly reached: Reached;
}

/** Undefined for a link that is unknown or no longer opens anything. */
export async function openCustomer(services: Services, request: Request): Promise<CustomerAt | undefined> {
  const found = (await ofTask(services, request)) ?? (await ofLetter(services, request));
  if (!found || found.link.expiresAt <= services.clock.now()) return undefined;
  const address = found.link.address ?? found.known;
  const { storeId } = found;
  return address === undefined
    ? undefined
    : { ...found, address, reached: { storeId, ...found.reached, email: address } };
}

type Found = Omit<CustomerAt, 'address' | 'reached'> & {
  readonly reached: Reached | undefined;
  /** The customer's address as stored in the item. */
  readonly known: string | undefined;
};

async function ofTask(services: Services, request: Request): Promise<Found | undefined> {
  const opened = await openLink(services, request);
  if (!opened) return undefined;
  const { task, link } = opened;
  return {
    link,
    ...{ id: task.taskId, storeId: task.storeId, emailKind: kindOf(task).emailKind },
    ...{ language: languageOf(customerOf(task)), reached: reachedOf(task), known: addressOfCustomer(task) },
  };
}

async function ofLetter(
  { tasks }: Services,
  { taskId, secret }: Pick<Request, 'taskId' | 'secret'>,
): Promise<Found | undefined> {
  const letter = await tasks.readLetter(taskId);
  const link = letter && findLink(letter.links, secret);
  if (!letter || !link) return undefined;
  const { letterId, storeId, customer } = letter;
  return {
    link,
    ...{ id: letterId, storeId, emailKind: OPT_OUT_KIND, language: languageOf(customer) },
    ...{ reached: reachedBy(storeId, customer), known: customer.email },
  };
}
