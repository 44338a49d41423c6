import * as z from 'zod';
import { emailAddress } from '../contracts/fields.ts';
import { handoffLimits } from '../contracts/handoff-kinds.ts';
import { apiDestination } from './api-destination.ts';
import { eventSender } from './event-sender.ts';
import { feedSettings, silentAfterHours } from './feed-settings.ts';
import { firstServiceInterval } from './first-service-interval.ts';
import { letterhead } from './letterhead.ts';
import { lookUpSettings } from './look-up-settings.ts';
import { hostName, mailSender } from './mail-sender.ts';
import { nudgePolicy } from './nudge-policy.ts';
import { opening } from './opening-hours.ts';
import { placeholderSettings } from './placeholder-settings.ts';
import { retention } from './retention.ts';
import { phrases } from './said-by-language.ts';
import { type Store, storeSettings } from './store-settings.ts';

/**
 * The dealer group's file, `groups/<name>.json`: the policy of one deployment, bundled with the functions.
 * Unknown keys are refused, so that no key in the file is without effect.
 */
const certificate = z
  .string()
  .regex(/^arn:aws[a-z-]*:acm:/, "expected the ARN of a certificate, 'arn:aws:acm:…'");

const originMessage = "expected an https origin without a path, such as 'https://handoff.example.com'";

export const wholeFile = z.strictObject({
  $schema: z.string().optional().describe("For your editor; it isn't read"),
  name: z
    .string()
    .regex(/^[a-z][a-z0-9-]{1,27}$/, "expected a short lower-case name such as 'lakeshore'")
    .describe('Names the stack. Never changed: another name is another stack'),
  displayName: z.string().min(1).max(100).describe("The group's name as people read it"),
  sender: mailSender.describe('Who emails come from'),
  letterhead: letterhead.optional().describe('The color and the logo of emails'),
  account: z
    .string()
    .regex(/^\d{12}$/, "expected the twelve digits of an AWS account, such as '111122223333'")
    .optional()
    .describe('The AWS account of the group: a deploy with credentials of another is refused'),
  region: z
    .string()
    .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, "expected an AWS region such as 'us-east-2'")
    .optional()
    .describe('The AWS region of the group: a deploy to another is refused'),
  table: z
    .strictObject({
      name: z
        .string()
        .regex(/^[\w.-]{3,255}$/, 'expected the name of a DynamoDB table')
        .describe('Its keys and indexes are checked before a deploy'),
      customerKey: z
        .string()
        .regex(/^arn:aws[a-z-]*:secretsmanager:/, "expected the ARN of a secret, 'arn:aws:secretsmanager:…'")
        .optional()
        .describe(
          'The secret with the key of its hashes, where another stack made the table. With another key no opt-out in it would be found. Left out: the key of this stack',
        ),
    })
    .optional()
    .describe(
      'A table that exists: of a restore, or of a stack that was deleted. The stack uses it and makes none of its own',
    ),
  alsoPlainOptOuts: z
    .boolean()
    .default(false)
    .describe(
      'For an upgrade from a release before 2026-12, until you would not go back to it: each opt-out is also kept as that release reads it. See docs/operations.md, *Upgrade*',
    ),
  eventSenders: z
    .array(eventSender)
    .min(1)
    .max(20)
    .describe('The IAM principals that may put events on the bus. Everybody else is denied'),
  feeds: z
    .array(feedSettings)
    .max(100)
    .default([])
    .describe(
      "The files of dealers' systems that are dropped into the bucket of the stack. See docs/feeds.md",
    ),
  links: z
    .strictObject({
      origin: z
        .url({ protocol: /^https$/, error: originMessage })
        .refine((text) => URL.parse(text)?.origin === text, originMessage)
        .optional()
        .describe("An https origin without a path, for new links. Left out: the HTTP API's own"),
      certificateArn: certificate
        .optional()
        .describe("A certificate of the stack's region: with it the stack makes the custom domain"),
      alsoAnswers: z
        .array(
          z.strictObject({
            host: z
              .string()
              .regex(hostName, "expected a host such as 'handoff.example.com'")
              .describe('Its DNS record stays as it was'),
            certificateArn: certificate.describe("A certificate of the stack's region for the host"),
          }),
        )
        .max(20)
        .default([])
        .describe('Former hosts: links that were sent with them keep working'),
    })
    .optional()
    .describe(
      "The address that links in emails are built on. Left out, it is the HTTP API's own, which answers in any case",
    ),
  alarmEmail: emailAddress.optional().describe('Gets the alarms by email'),
  reportsTo: z
    .array(emailAddress)
    .max(20)
    .default([])
    .describe(
      "Who gets the report of the whole group on Mondays, by email. Its page no longer opens for an address that is taken off. A store's own report goes to its general manager, or to its sales and service managers",
    ),
  apiDestinations: z
    .array(apiDestination)
    .max(10)
    .default([])
    .describe('Other systems that follow our events over their JSON API, such as a CRM. See docs/crm.md'),
  actOnFactsOfDays: z
    .number()
    .int()
    .min(1)
    .max(365)
    .default(30)
    .describe('A fact older than this many days is kept for the history and sends nothing'),
  actOnQuotesOfDays: z
    .number()
    .int()
    .min(1)
    .max(365)
    .default(2)
    .describe(
      'A repair quote, or a shopper for Service, older than this many days begins nothing: the customer has left. It is kept, and `why` says so of a quote',
    ),
  recheckAfterDays: z
    .number()
    .int()
    .min(0)
    .max(365)
    .default(90)
    .describe(
      'How many days after a shopper’s car was fixed, or they left it as it is, the salesperson who sent them to Service is asked to ask how it runs. 0: never',
    ),
  appraisalGoodForDays: z
    .number()
    .int()
    .min(0)
    .max(30)
    .default(7)
    .describe(
      "How many days after it the used-car desk's number for a car holds. Then its sheet no longer has it",
    ),
  silentAfterHours: silentAfterHours
    .default(24)
    .describe(
      'A sender without any event about a store for so many of its opening hours is silent: an alarm, a line in the morning email of the managers. 24 are about two working days',
    ),
  firstService: z
    .strictObject({
      byDefault: firstServiceInterval
        .prefault({ months: 6, miles: 5_000 })
        .describe('For brands that `byBrand` does not name'),
      byBrand: z
        .record(z.string(), firstServiceInterval)
        .default({})
        .describe("By a store's `brand`, written the same"),
      inviteDaysBefore: z
        .number()
        .int()
        .min(0)
        .max(90)
        .default(30)
        .describe('How many days before the due date the invitation to book is sent'),
      countsFromDaysBefore: z
        .number()
        .int()
        .min(0)
        .max(365)
        .default(90)
        .describe(
          'How many days before the due date a visit starts to count as the first service. Our own default, half of six months',
        ),
      countsFromMilesPercent: z
        .number()
        .int()
        .min(10)
        .max(100)
        .default(50)
        .describe('Or once the car has run this share of the miles to its first service. Our own default'),
    })
    .describe('When a sold car comes for the first time'),
  handoffs: handoffLimits
    .prefault({})
    .describe('How long a handoff may take before it is reminded of and escalated, by kind'),
  walkOverMinutesBefore: z
    .number()
    .int()
    .min(0)
    .max(24 * 60)
    .default(30)
    .describe(
      'How many minutes before the delivery the salesperson gets the checklist of the walk-over. Where only the day of the delivery is known it comes as Sales opens',
    ),
  customerEmailHours: opening
    .prefault('08:00-21:00')
    .describe(
      "The hours of every day, on the store's clock, in which emails to customers leave. An email that is due at another time waits for the next morning. By default those in which the law lets a business call a customer",
    ),
  closeUnfinishedAfterDays: z
    .number()
    .int()
    .min(14)
    .max(365)
    .default(30)
    .describe(
      'Days until an unfinished handoff is closed, counted from its assignment, a first visit from its due date or appointment. Everyone who was notified of it is notified',
    ),
  establishedAfterDays: z
    .number()
    .int()
    .min(0)
    .max(3_650)
    .default(180)
    .describe('Days until an advisor counts as established; established advisors get introductions first'),
  creditWithinDays: z
    .number()
    .int()
    .min(1)
    .max(730)
    .default(180)
    .describe(
      'How many days after a handoff a sale to the same customer still counts as following from it. Our own default, half a year',
    ),
  holdoutPercent: z
    .number()
    .int()
    .min(0)
    .max(50)
    .default(0)
    .describe(
      'Percent of households for which the rule starts nothing of itself, to see what it causes: no question to the advisor and no nudge. The sheet always comes, and whoever asks for Sales is heard. Drawn once for each household; the report compares the sales of 90 days',
    ),
  nudge: nudgePolicy
    .prefault({})
    .describe('When a service customer counts as ready for an upgrade: see below'),
  lookUps: lookUpSettings
    .prefault({})
    .describe(
      'Services of others that are asked about a car before its quote is decided on. See docs/value-and-recalls.md',
    ),
  placeholders: placeholderSettings
    .prefault({})
    .describe(
      'Addresses, customer numbers and VINs that your DMS uses as placeholders: they join no records, and no email is sent to them',
    ),
  phrases: phrases
    .default({})
    .describe(
      'What your DMS says of promises, prepaid services and repair lines, by its code or its own words in any case, and how emails say it: `"MATS": { "en": "All-weather floor mats", "es": "Tapetes para todo clima" }`. What does not stand here is shown as it came',
    ),
  retention: retention
    .prefault({})
    .describe(
      'How long what names a customer is kept: two years, unless there is a reason. Opt-outs are kept for good',
    ),
  stores: z.array(storeSettings).min(1).max(200).describe('The stores of the group'),
});

export type GroupInFile = z.infer<typeof wholeFile>;
export type Group = Omit<GroupInFile, 'stores'> & { readonly stores: readonly Store[] };
