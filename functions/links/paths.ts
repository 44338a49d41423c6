/** The secrets of the links in one email, as they are in it; the item holds their hashes. */
export interface Secrets {
  readonly staff?: string;
  readonly preferences?: string;
  readonly oneClick?: string;
}

/**
 * The paths behind links: `/t/` a task as one member of staff, `/u/` a customer's preferences, `/me/` a person's own
 * page, with a task beneath it. A secret has 43 characters; anything longer than 64 is not looked up.
 */
const addresses = [
  /^\/(?<area>[tu])\/(?<taskId>[0-9a-f]{32})\/(?<secret>[\w-]{1,64})\/?$/,
  /^\/(?<area>me)\/(?<dayId>[0-9a-f]{32})\/(?<secret>[\w-]{1,64})(?:\/(?<taskId>[0-9a-f]{32}))?\/?$/,
];
const areas = ['t', 'u', 'me'] as const;
type Area = (typeof areas)[number];

export interface LinkPath {
  /** Where it leads; undefined for a path that no link has. */
  readonly area: Area | undefined;
  readonly taskId: string;
  readonly dayId: string;
  readonly secret: string;
}

export function readPath(path: string): LinkPath {
  const groups = addresses.map((address) => address.exec(path)?.groups).find((one) => one !== undefined);
  const { area, taskId = '', dayId = '', secret = '' } = groups ?? {};
  return { area: areas.find((one) => one === area), taskId, dayId, secret };
}

export const taskPath = (taskId: string, secret: string): string => `/t/${taskId}/${secret}`;
export const dayPath = (dayId: string, secret: string): string => `/me/${dayId}/${secret}`;
const customerPath = (taskId: string, secret: string): string => `/u/${taskId}/${secret}`;

export const dayLink = (dayId: string, secret: string, origin: string): string =>
  `${origin}${dayPath(dayId, secret)}`;

/** The links that one email about a task carries. */
export function linksOf(taskId: string, { staff, preferences, oneClick }: Secrets, origin: string) {
  return {
    task: staff && `${origin}${taskPath(taskId, staff)}`,
    preferences: preferences && `${origin}${customerPath(taskId, preferences)}`,
    oneClick: oneClick && `${origin}${customerPath(taskId, oneClick)}`,
  };
}
