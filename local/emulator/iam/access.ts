import { arnOf } from '../aws.ts';
import type { Caller } from '../http/caller.ts';

/** The keys that conditions may ask about, such as `dynamodb:LeadingKeys`; one that is absent is not in the request. */
export type Context = Readonly<Record<string, readonly string[]>>;

/** What a caller is about to do. */
export interface Ask {
  /** `dynamodb:PutItem` */
  action: string;
  resource: string;
  context?: Context;
}

/** What everybody is who is not a function of the stack. */
export const unlimited: Access = { refusal: () => undefined, arnOf: () => arnOf.user('local') };

/** Judges each call by the policies of who makes it. */
export interface Access {
  /** Why the call is denied, in AWS's words; undefined when it is allowed. */
  refusal(caller: Caller, ask: Ask): string | undefined;
  /** As AWS names the caller in messages and events. */
  arnOf(caller: Caller): string;
}
