import * as z from 'zod';

const mailFaults = [
  'none',
  'throttle',
  'quota',
  'paused',
  'accept-then-timeout',
  'timeout',
  'outage',
  /** The domain's DNS records are missing, so SES refuses every email. */
  'not-verified',
  /** A new account: SES sends only to verified recipients. */
  'sandbox',
] as const;

export const faultsSchema = z.strictObject({
  ses: z.enum(mailFaults).optional(),
  /** Rule targets are unavailable: EventBridge retries, then uses the target's dead-letter queue. */
  targets: z.enum(['none', 'unavailable']).optional(),
  /** The number of calls that fail before the fault switches itself off. */
  count: z.int().positive().optional(),
  /** The share of calls that fail, from 0 to 1. */
  probability: z.number().min(0).max(1).optional(),
});

type FaultRequest = z.infer<typeof faultsSchema>;
export type MailFault = (typeof mailFaults)[number];

interface Switch<T extends string> {
  kind: T | 'none';
  count: number;
  probability: number;
}

export interface Faults {
  set(request: FaultRequest): void;
  show(): { ses: MailFault; targets: 'none' | 'unavailable' };
  /** The fault for this call to SES. */
  mail(): MailFault;
  targetUnavailable(): boolean;
}

const off = <T extends string>(): Switch<T> => ({
  kind: 'none',
  count: Number.POSITIVE_INFINITY,
  probability: 1,
});

function hit<T extends string>(fault: Switch<T>): T | 'none' {
  if (fault.kind === 'none' || Math.random() >= fault.probability) return 'none';
  const { kind } = fault;
  fault.count -= 1;
  if (fault.count <= 0) Object.assign(fault, off<T>());
  return kind;
}

/** Faults that a person can switch on to see how the system handles them. A restart switches them off. */
export function createFaults(changed: () => void): Faults {
  const mail = off<MailFault>();
  const targets = off<'unavailable'>();
  return {
    set: ({ ses, targets: reach, count, probability }) => {
      const extent = { count: count ?? Number.POSITIVE_INFINITY, probability: probability ?? 1 };
      if (ses) Object.assign(mail, { kind: ses, ...extent });
      if (reach) Object.assign(targets, { kind: reach, ...extent });
      changed();
    },
    show: () => ({ ses: mail.kind, targets: targets.kind }),
    mail: () => hit(mail),
    targetUnavailable: () => hit(targets) !== 'none',
  };
}
