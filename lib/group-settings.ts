/** The settings of a dealer group's file that the stack needs; the others are in the functions' bundles. */
export interface GroupSettings {
  readonly name: string;
  readonly sender: SenderSettings;
  /** The IAM principals that may put events on the bus, with the sources that each may use. */
  readonly eventSenders: readonly EventSenderSettings[];
  readonly table?: { readonly name: string; readonly customerKey?: string | undefined } | undefined;
  readonly links?: LinkSettings | undefined;
  readonly feeds?: readonly FeedInStack[] | undefined;
  readonly alarmEmail?: string | undefined;
  readonly lookUps?: { readonly value?: object | undefined } | undefined;
  readonly apiDestinations?: readonly ApiDestinationSettings[] | undefined;
}

export interface ApiDestinationSettings {
  readonly name: string;
  readonly url: string;
  readonly header: string;
  readonly secretArn: string;
  readonly events: readonly string[];
  readonly stores?: readonly string[] | undefined;
  readonly perSecond: number;
}

export interface SenderSettings {
  readonly domain: string;
  readonly fromAddress: string;
  readonly identity?: 'created' | 'existing' | undefined;
  readonly mailFrom?: string | undefined;
  readonly dmarc?:
    | {
        readonly policy?: 'none' | 'quarantine' | 'reject' | undefined;
        readonly reportsTo?: string | undefined;
      }
    | undefined;
}

export interface EventSenderSettings {
  readonly arn: string;
  readonly sources: readonly string[];
}

export interface LinkSettings {
  readonly origin?: string | undefined;
  readonly certificateArn?: string | undefined;
  readonly alsoAnswers?: readonly HostSettings[] | undefined;
}

export interface HostSettings {
  readonly host: string;
  readonly certificateArn: string;
}

/** The settings of a feed that the stack needs to receive its files. */
export interface FeedInStack {
  readonly name: string;
  readonly writtenBy?: string | undefined;
  readonly sftp?: SftpUserSettings | undefined;
  readonly pull?: FilePullSettings | undefined;
}

export interface SftpUserSettings {
  readonly publicKeys: readonly string[];
}

export interface FilePullSettings {
  readonly url: string;
  readonly hostKeys: readonly string[];
  readonly secretArn: string;
  readonly folder: string;
  readonly files: string;
  readonly everyMinutes: number;
}
