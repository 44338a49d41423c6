import * as z from 'zod';
import { pathOf } from '../contracts/contract.ts';
import { emailAddress, localDate, sentence, storeId } from '../contracts/fields.ts';
import { nudgePolicy, nudgePolicyOverride, resolveNudgePolicy, type NudgePolicy } from './nudge-policy.ts';
import { isTimeZone } from './business-time.ts';

/**
 * The dealer group's file, `groups/<name>.json`: the policy of one deployment, bundled with the functions.
 * Unknown keys are refused: nothing stands in the file that does nothing.
 */
const minutes = z.number().int().min(1).max(60 * 24 * 30);
const timeOfDay = /^([01]\d|2[0-3]):[0-5]\d$/;

const opening = z
  .string()
  .regex(/^\d\d:\d\d-\d\d:\d\d$/, "expected opening hours such as '07:30-18:00'")
  .transform((text) => ({ opens: text.slice(0, 5), closes: text.slice(6) }))
  .refine(
    ({ opens, closes }) => timeOfDay.test(opens) && timeOfDay.test(closes) && opens < closes,
    "expected opening hours within one day such as '07:30-18:00', opening before closing",
  );

/** A day that is left out is closed. Local time of the store. */
const week = z
  .strictObject({
    monday: opening.optional(),
    tuesday: opening.optional(),
    wednesday: opening.optional(),
    thursday: opening.optional(),
    friday: opening.optional(),
    saturday: opening.optional(),
    sunday: opening.optional(),
  })
  .refine((days) => Object.keys(days).length > 0, 'expected opening hours of at least one day');
export type WeekHours = z.infer<typeof week>;

/** Due after so many months or miles, whichever comes first. */
const firstServiceInterval = z.strictObject({
  months: z.number().int().min(1).max(36),
  miles: z.number().int().min(500).max(30_000),
});
export type FirstServiceInterval = z.infer<typeof firstServiceInterval>;

const webAddress = z.url({ protocol: /^https$/, error: "expected an address that begins with 'https://'" }).max(500);

/** Business minutes of the task's department within which the named person takes and finishes a handoff. */
const limits = z.strictObject({ acceptMinutes: minutes, completeMinutes: minutes });

const store = z.strictObject({
  id: storeId,
  name: z.string().min(1).max(100),
  brand: z.string().min(1).max(60),
  postalAddress: z.strictObject({
    street: z.string().min(1).max(120),
    city: z.string().min(1).max(80),
    state: z.string().min(2).max(40),
    postalCode: z.string().min(3).max(12),
  }),
  phone: z.string().min(7).max(40),
  timeZone: z.string().refine(isTimeZone, "expected an IANA time zone such as 'America/Chicago'"),
  hours: z.strictObject({ sales: week, service: week }),
  /** Dates on which both departments are closed. */
  holidays: z.array(localDate).max(100).default([]),
  /** How to arrive: which door, which lane, said to the customer. */
  serviceDriveDirections: sentence,
  bookingLink: webAddress,
  /**
   * `off`: facts are kept, nothing is made of them. `staff-only`: customer emails are written to the log of the
   * task instead of being sent. `live`: customers are written to.
   */
  mode: z.enum(['off', 'staff-only', 'live']),
  /** In a live store, the only customers written to: whole addresses, or domains as '@example.com'. */
  allowList: z.array(z.union([emailAddress, z.string().regex(/^@[a-z0-9.-]+$/)])).min(1).optional(),
  /** Overrides the group's table for this store. */
  firstService: firstServiceInterval.optional(),
  /** Overrides single values of the group's nudge policy for this store. */
  nudge: nudgePolicyOverride.optional(),
});
export type Store = z.infer<typeof store>;
export type Department = keyof Store['hours'];

const arn = z.string().regex(
  /^arn:aws[a-z-]*:(iam|sts)::\d{12}:(root|role\/.+|user\/.+|assumed-role\/.+)$/,
  "expected the ARN of an IAM principal, such as 'arn:aws:iam::111122223333:role/dms-adapter'",
);

const groupFile = z
  .strictObject({
    $schema: z.string().optional(),
    name: z.string().regex(/^[a-z][a-z0-9-]{1,29}$/, "expected a short lower-case name such as 'lakeshore'"),
    displayName: z.string().min(1).max(100),
    sender: z.strictObject({
      /** The domain that SES signs for. */
      domain: z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, "expected a domain such as 'mail.example.com'"),
      fromAddress: emailAddress,
    }),
    /** Who may put events on the bus. Everybody else is denied. */
    eventSenders: z.array(arn).min(1).max(20),
    /** The address that links in emails are built on. Left out, it is the HTTP API's own. */
    links: z
      .strictObject({
        origin: z.url({ protocol: /^https$/ }).refine((text) => new URL(text).origin === text, {
          error: "expected an https origin without a path, such as 'https://handoff.example.com'",
        }),
        /** A certificate of the stack's region: with it the stack makes the custom domain. */
        certificateArn: z.string().regex(/^arn:aws[a-z-]*:acm:/).optional(),
      })
      .optional(),
    /** Gets the alarms by email. */
    alarmEmail: emailAddress.optional(),
    /** A fact older than this many days is kept for the history and sends nothing. */
    actOnFactsOfDays: z.number().int().min(1).max(365).default(30),
    firstService: z.strictObject({
      byDefault: firstServiceInterval.default({ months: 6, miles: 5_000 }),
      byBrand: z.record(z.string(), firstServiceInterval).default({}),
      /** The invitation to book goes out so many days before the due date. */
      inviteDaysBefore: z.number().int().min(0).max(90).default(30),
    }),
    handoffs: z
      .strictObject({
        'service-introduction': limits.default({ acceptMinutes: 120, completeMinutes: 960 }),
        'first-service-visit': limits.default({ acceptMinutes: 480, completeMinutes: 9_600 }),
        'repair-options': limits.default({ acceptMinutes: 60, completeMinutes: 240 }),
        'upgrade-conversation': limits.default({ acceptMinutes: 60, completeMinutes: 960 }),
      })
      .prefault({}),
    /** An advisor counts as established after so many days; introductions go to them first. */
    establishedAfterDays: z.number().int().min(0).max(3_650).default(180),
    nudge: nudgePolicy.prefault({}),
    stores: z.array(store).min(1).max(200),
  })
  .superRefine((file, context) => {
    if (!file.sender.fromAddress.endsWith(`@${file.sender.domain}`)) {
      context.addIssue({
        code: 'custom',
        path: ['sender', 'fromAddress'],
        message: `expected an address of sender.domain, '…@${file.sender.domain}'`,
      });
    }
    file.stores.forEach((one, at) => {
      if (file.stores.findIndex((other) => other.id === one.id) !== at) {
        context.addIssue({
          code: 'custom',
          path: ['stores', at, 'id'],
          message: `expected an id of its own, '${one.id}' stands twice`,
        });
      }
      for (const problem of resolveNudgePolicy(file.nudge, one.nudge).problems) {
        context.addIssue({ code: 'custom', path: ['stores', at, 'nudge', ...problem.path], message: problem.message });
      }
    });
  });
export type Group = z.infer<typeof groupFile>;

export class GroupFileError extends Error {
  override readonly name = 'GroupFileError';
}

/** Reads a group's file. Throws {@link GroupFileError} naming every path that is wrong and what was expected. */
export function parseGroup(json: unknown): Group {
  const result = groupFile.safeParse(json);
  if (result.success) return result.data;
  const lines = result.error.issues.map((issue) => `  ${pathOf(issue.path) || '(file)'}: ${issue.message}`);
  throw new GroupFileError(`The dealer group's file is wrong in ${lines.length} place(s):\n${lines.join('\n')}`);
}

/** A store of the group, or nothing where the id is unknown. */
export function findStore(group: Group, id: string): Store | undefined {
  return group.stores.find((one) => one.id === id);
}

export function nudgePolicyOf(group: Group, one: Store): NudgePolicy {
  return resolveNudgePolicy(group.nudge, one.nudge).policy;
}

/** When the first service is due: the store's own interval, else its brand's, else the group's default. */
export function firstServiceIntervalOf(group: Group, one: Store): FirstServiceInterval {
  return one.firstService ?? group.firstService.byBrand[one.brand] ?? group.firstService.byDefault;
}

/** Whether a store writes to this customer: live, and on the allow-list where there is one. */
export function mayWriteToCustomer(one: Store, address: string): boolean {
  if (one.mode !== 'live') return false;
  return (
    one.allowList === undefined ||
    one.allowList.some((entry) => (entry.startsWith('@') ? address.endsWith(entry) : entry === address))
  );
}
