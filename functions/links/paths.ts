/** The secrets of the links in one email; the item stores only their hashes. */
export interface Secrets {
  readonly staff?: string;
  readonly preferences?: string;
  readonly oneClick?: string;
}

/**
 * The paths of links. `/t/` opens a task for one staff member, and below it the sheet of the same repair order. `/u/`
 * opens a customer's preferences, and below them their visit, as a page and as a calendar file, and their answer
 * whether they met somebody. `/me/` opens a personal page, with its tasks below and, for a manager, the letters to a
 * leaver's customers. Below a task or a personal page is the form that starts a handoff. A secret has 43 characters;
 * anything longer than 64 is not looked up.
 */
const addresses = [
  /^\/(?<area>u)\/(?<taskId>[0-9a-f]{32})\/(?<secret>[\w-]{1,64})\/?$/,
  /^\/(?<area>u)\/(?<taskId>[0-9a-f]{32})\/(?<secret>[\w-]{1,64})\/(?<page>visit(?:\.ics)?|met|not-met)\/?$/,
  /^\/(?<area>t)\/(?<taskId>[0-9a-f]{32})\/(?<secret>[\w-]{1,64})(?:\/(?<via>sheet))?(?:\/(?<page>start))?\/?$/,
  /^\/(?<area>me)\/(?<dayId>[0-9a-f]{32})\/(?<secret>[\w-]{1,64})\/(?<page>letters)\/(?<campaignId>[0-9a-f]{16})\/?$/,
  /^\/(?<area>me)\/(?<dayId>[0-9a-f]{32})\/(?<secret>[\w-]{1,64})(?:\/(?<taskId>[0-9a-f]{32}))?(?:\/(?<page>start))?\/?$/,
];
/** The page of the numbers, and below it the same as a file. */
const numbersAddress =
  /^\/s\/(?<reportId>[0-9a-f]{32})\/(?<secret>[\w-]{1,64})(?<isFile>\/numbers\.csv)?\/?$/;

export interface NumbersPath {
  readonly reportId: string;
  readonly secret: string;
  readonly isFile: boolean;
}

export function readNumbersPath(path: string): NumbersPath | undefined {
  const { reportId, secret, isFile } = numbersAddress.exec(path)?.groups ?? {};
  return reportId === undefined || secret === undefined
    ? undefined
    : { reportId, secret, isFile: isFile !== undefined };
}

const areas = ['t', 'u', 'me'] as const;
type Area = (typeof areas)[number];
const pages = ['visit', 'visit.ics', 'met', 'not-met', 'start', 'letters'] as const;

export interface LinkPath {
  /** What the link opens; undefined for any other path. */
  readonly area: Area | undefined;
  readonly taskId: string;
  readonly dayId: string;
  readonly secret: string;
  /** The campaign that a manager's page is about. */
  readonly campaignId: string;
  readonly page: (typeof pages)[number] | undefined;
  /** Set if another handoff is opened instead of the link's own: the sheet of the same repair order. */
  readonly via: 'sheet' | undefined;
}

export function readPath(path: string): LinkPath {
  const groups = addresses.map((address) => address.exec(path)?.groups).find((one) => one !== undefined);
  const { area, taskId = '', dayId = '', secret = '', campaignId = '', page, via } = groups ?? {};
  return {
    ...{ area: areas.find((one) => one === area), taskId, dayId, secret, campaignId },
    page: pages.find((one) => one === page),
    via: via === 'sheet' ? via : undefined,
  };
}

export const taskPath = (taskId: string, secret: string): string => `/t/${taskId}/${secret}`;
export const reportPath = (reportId: string, secret: string): string => `/s/${reportId}/${secret}`;
/** The path of the sheet of the same repair order, below a link to another handoff about the order. */
export const sheetPath = (below: string): string => `${below}/sheet`;
export const dayPath = (dayId: string, secret: string): string => `/me/${dayId}/${secret}`;
const customerPath = (taskId: string, secret: string): string => `/u/${taskId}/${secret}`;

export const dayLink = (dayId: string, secret: string, origin: string): string =>
  `${origin}${dayPath(dayId, secret)}`;

/** The form that starts a handoff, below a personal page or a task. */
export const startPath = (below: string, kind?: string): string =>
  kind === undefined ? `${below}/start` : `${below}/start?${new URLSearchParams({ kind })}`;

/** The letter to the customers of an advisor who left, below a manager's personal page. */
export const lettersPath = (below: string, campaignId: string): string => `${below}/letters/${campaignId}`;

/** The links in one email about a task. */
export function linksOf(taskId: string, { staff, preferences, oneClick }: Secrets, origin: string) {
  return {
    task: staff && `${origin}${taskPath(taskId, staff)}`,
    preferences: preferences && `${origin}${customerPath(taskId, preferences)}`,
    visit: preferences && `${origin}${customerPath(taskId, preferences)}/visit`,
    calendar: preferences && `${origin}${customerPath(taskId, preferences)}/visit.ics`,
    met: preferences && `${origin}${customerPath(taskId, preferences)}/met`,
    notMet: preferences && `${origin}${customerPath(taskId, preferences)}/not-met`,
    oneClick: oneClick && `${origin}${customerPath(taskId, oneClick)}`,
  };
}
