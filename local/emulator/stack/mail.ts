import * as z from 'zod';
import { Problem } from '../problem.ts';
import type { StackReader } from './reader.ts';

export interface MailSpec {
  /** Domains and addresses from which emails may be sent. */
  identities: IdentitySpec[];
  configurationSets: ConfigurationSetSpec[];
}

export interface IdentitySpec {
  /** A domain or an address. */
  name: string;
  forwardsFeedback: boolean;
  configurationSet?: string;
  mailFrom?: { domain: string; behaviorOnMxFailure: string };
}

export interface ConfigurationSetSpec {
  name: string;
  sendingEnabled: boolean;
  /** The set's own suppression reasons. Left out: the account's apply. */
  suppressedReasons?: string[];
  /** Event types that reach the default bus, in SES's spelling: `Send`, `DeliveryDelay`. */
  events: string[];
}

const eventNames = ['Send', 'Delivery', 'Bounce', 'Complaint', 'Reject', 'DeliveryDelay'];
const neverHappens = ['Open', 'Click', 'RenderingFailure', 'Subscription'];

const setSchema = z.object({
  SendingOptions: z.object({ SendingEnabled: z.boolean().default(true) }).default({ SendingEnabled: true }),
  SuppressionOptions: z.object({ SuppressedReasons: z.array(z.string()).optional() }).optional(),
});

const destinationSchema = z.object({
  ConfigurationSetName: z.string(),
  EventDestination: z.object({
    Enabled: z.boolean().default(false),
    MatchingEventTypes: z.array(z.string()),
    EventBridgeDestination: z.object({ EventBusArn: z.string() }).optional(),
    CloudWatchDestination: z.unknown().optional(),
  }),
});

const identitySchema = z.object({
  EmailIdentity: z.string(),
  FeedbackAttributes: z.object({ EmailForwardingEnabled: z.boolean().default(true) }).optional(),
  ConfigurationSetAttributes: z.object({ ConfigurationSetName: z.string() }).optional(),
  MailFromAttributes: z
    .object({ MailFromDomain: z.string(), BehaviorOnMxFailure: z.string().default('USE_DEFAULT_VALUE') })
    .optional(),
});

function identityOf(props: z.infer<typeof identitySchema>): IdentitySpec {
  const { ConfigurationSetAttributes: set, MailFromAttributes: mailFrom } = props;
  return {
    name: props.EmailIdentity,
    forwardsFeedback: props.FeedbackAttributes?.EmailForwardingEnabled ?? true,
    ...(set ? { configurationSet: set.ConfigurationSetName } : {}),
    ...(mailFrom
      ? { mailFrom: { domain: mailFrom.MailFromDomain, behaviorOnMxFailure: mailFrom.BehaviorOnMxFailure } }
      : {}),
  };
}

/** CloudFormation accepts both `DELIVERY_DELAY` and `deliveryDelay`. */
function eventName(given: string, where: string): string[] {
  const plain = (name: string) => name.replaceAll('_', '').toLowerCase();
  const known = eventNames.find((name) => plain(name) === plain(given));
  if (known) return [known];
  if (neverHappens.some((name) => plain(name) === plain(given))) return [];
  throw new Problem(`${where}: unknown SES event type ${given}`);
}

function readDestinations(stack: StackReader): Map<string, string[]> {
  const events = new Map<string, string[]>();
  for (const { id, props } of stack.read('AWS::SES::ConfigurationSetEventDestination', destinationSchema)) {
    const { EventDestination: destination, ConfigurationSetName: set } = props;
    if (!destination.Enabled) continue;
    const bus = destination.EventBridgeDestination?.EventBusArn;
    if (!bus && destination.CloudWatchDestination === undefined) {
      throw new Problem(`${id}: SES events go to EventBridge here, nowhere else`);
    }
    if (bus && !bus.endsWith('/default')) throw new Problem(`${id}: SES reaches the default bus only`);
    const types = bus ? destination.MatchingEventTypes.flatMap((type) => eventName(type, id)) : [];
    events.set(set, [...(events.get(set) ?? []), ...types]);
  }
  return events;
}

export function readMail(stack: StackReader): MailSpec {
  const events = readDestinations(stack);
  const sets = stack.read('AWS::SES::ConfigurationSet', setSchema);
  return {
    identities: stack.read('AWS::SES::EmailIdentity', identitySchema).map(({ props }) => identityOf(props)),
    configurationSets: sets.map(({ name, props }) => ({
      name,
      sendingEnabled: props.SendingOptions.SendingEnabled,
      events: events.get(name) ?? [],
      ...(props.SuppressionOptions?.SuppressedReasons
        ? { suppressedReasons: props.SuppressionOptions.SuppressedReasons }
        : {}),
    })),
  };
}
