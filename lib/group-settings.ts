/** What the stack needs of a dealer group's file. Everything else in the file is bundled with the functions. */
export interface GroupSettings {
  readonly name: string;
  readonly sender: { readonly domain: string; readonly fromAddress: string };
  /** IAM principals that may put events on the bus. */
  readonly eventSenders: readonly string[];
  readonly links?: { readonly origin: string; readonly certificateArn?: string | undefined } | undefined;
  readonly alarmEmail?: string | undefined;
}
