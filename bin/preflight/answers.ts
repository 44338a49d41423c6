/** The inputs of the checks: answers from AWS, DNS, the origin of links and the table. */
import type { Stack } from '@aws-sdk/client-cloudformation';
import type { GetAccountSettingsResponse } from '@aws-sdk/client-lambda';
import type {
  GetAccountResponse,
  GetEmailIdentityResponse,
  SuppressedDestinationSummary,
} from '@aws-sdk/client-sesv2';
import type { Subscription } from '@aws-sdk/client-sns';
import type { HeardFeed } from '../../functions/group/feeds.ts';
import type { StaffMember } from '../../functions/people/staff.ts';

/** An answer, or why there is none. */
export type Answer<Value> = { readonly value: Value } | { readonly unanswered: string };

/** How the origin of links responds to a request. */
export type OriginAnswer = { readonly status: number } | { readonly failure: string };

export interface Answers {
  /** The current instant at the target. */
  readonly now: string;
  /** Undefined if it is not deployed yet. */
  readonly stack: Answer<Stack | undefined>;
  readonly sesAccount: Answer<GetAccountResponse>;
  /** SES's identity of the sender's domain; undefined if SES does not know it. */
  readonly identity: Answer<GetEmailIdentityResponse | undefined>;
  readonly suppressed: Answer<readonly SuppressedDestinationSummary[]>;
  /** The TXT records of `_dmarc` at the sender's domain, or else at the nearest parent domain that has any. */
  readonly dmarc: Answer<readonly string[]>;
  readonly subscriptions: Answer<readonly Subscription[]>;
  /** The people of each store. */
  readonly roster: Answer<ReadonlyMap<string, readonly StaffMember[]>>;
  readonly origin: Answer<OriginAnswer>;
  /** Whether each IAM principal exists, by its ARN in the group's file. */
  readonly senders: ReadonlyMap<string, Answer<'there' | 'missing'>>;
  readonly lambda: Answer<GetAccountSettingsResponse>;
  readonly lastEvents: Answer<readonly HeardFeed[]>;
}
