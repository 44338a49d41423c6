/** The condition keys of a request, such as `dynamodb:LeadingKeys`. A missing key is not in the request. */
export type Context = Readonly<Record<string, readonly string[]>>;

/** One permission that a call needs. */
export interface Ask {
  /** Such as `dynamodb:PutItem`. */
  action: string;
  resource: string;
  context?: Context;
}

/** Returns why a call is denied, in AWS's words; undefined if it is allowed. */
export type DenialOf = (ask: Ask) => string | undefined;
