/** The keys that conditions may ask about, such as `dynamodb:LeadingKeys`; one that is absent is not in the request. */
export type Context = Readonly<Record<string, readonly string[]>>;

/** One permission that a call needs. */
export interface Ask {
  /** `dynamodb:PutItem` */
  action: string;
  resource: string;
  context?: Context;
}

/** Answers why a call is denied, in AWS's words; undefined when it is allowed. */
export type DenialOf = (ask: Ask) => string | undefined;
