import { OWN_SOURCE } from '../contracts/contract.ts';
import type { Contradiction } from './contradiction.ts';
import { feedsInConflict } from './feed-contradictions.ts';
import { hasService } from './group.ts';
import { resolveNudgePolicy } from './nudge-policy.ts';
import type { GroupInFile as Group } from './settings.ts';
import type { StoreInFile as Store } from './store-settings.ts';

/** Checks that involve more than one setting. */
export const contradictionsIn = (file: Group): Contradiction[] => [
  ...senderOfAnotherDomain(file),
  ...mailFromThatCannotBe(file),
  ...sendersInConflict(file),
  ...hostsInConflict(file),
  ...certificatesOfAnotherRegion(file),
  ...brandsOfNoStore(file),
  ...destinationsInConflict(file),
  ...limitsInWrongOrder(file),
  ...feedsInConflict(file),
  ...file.stores.flatMap((one, at) => contradictionsOfStore(file, one, at)),
  ...file.stores.flatMap((one, at) => serviceNowhere(file, one, at)),
];

function senderOfAnotherDomain({ sender: { fromAddress, domain } }: Group): Contradiction[] {
  if (fromAddress.endsWith(`@${domain}`)) return [];
  const message = `expected an address of sender.domain, '…@${domain}'`;
  return [{ path: ['sender', 'fromAddress'], message }];
}

function mailFromThatCannotBe({ sender: { domain, identity, mailFrom } }: Group): Contradiction[] {
  if (mailFrom === undefined) return [];
  const path = ['sender', 'mailFrom'];
  if (identity === 'existing')
    return [
      { path, message: "expected nothing where sender.identity is 'existing': the stack does not change it" },
    ];
  if (mailFrom.endsWith(`.${domain}`)) return [];
  return [{ path, message: `expected a subdomain of sender.domain, '….${domain}'` }];
}

/** `handoff` is our own source, and AWS reserves sources that begin with `aws.`. */
function sendersInConflict({ eventSenders, stores }: Group): Contradiction[] {
  return eventSenders.flatMap((sender, at) => [
    ...(eventSenders.findIndex(({ arn: other }) => other === sender.arn) === at
      ? []
      : [
          {
            path: ['eventSenders', at, 'arn'],
            message: `expected each principal once, ${sender.arn} stands twice`,
          },
        ]),
    ...(eventSenders.some(({ arn: other }) => isAccountOf(other, sender.arn))
      ? [
          {
            path: ['eventSenders', at, 'arn'],
            message: 'expected no principal of an account that stands as a whole, …:root',
          },
        ]
      : []),
    ...sender.sources.flatMap((source, nth) =>
      source === OWN_SOURCE || source.startsWith('aws.')
        ? [
            {
              path: ['eventSenders', at, 'sources', nth],
              message: `expected a source of a sender's own, '${source}' is not`,
            },
          ]
        : [],
    ),
    ...(sender.stores ?? []).flatMap((id, nth) =>
      stores.some((one) => one.id === id)
        ? []
        : [{ path: ['eventSenders', at, 'stores', nth], message: 'expected the id of a store of this file' }],
    ),
  ]);
}

const isAccountOf = (whole: string, one: string) =>
  whole !== one && whole.endsWith(':root') && one.startsWith(whole.slice(0, -'root'.length));

function hostsInConflict({ links }: Group): Contradiction[] {
  if (!links) return [];
  const current = links.origin === undefined ? undefined : new URL(links.origin).hostname;
  const hosts = links.alsoAnswers.map(({ host }) => host);
  return [
    ...(links.certificateArn !== undefined && current === undefined
      ? [{ path: ['links', 'certificateArn'], message: 'expected links.origin beside it' }]
      : []),
    ...hosts.flatMap((host, at) =>
      host === current || hosts.indexOf(host) !== at
        ? [
            {
              path: ['links', 'alsoAnswers', at, 'host'],
              message: `expected each host once, ${host} stands twice`,
            },
          ]
        : [],
    ),
  ];
}

/** An API accepts only certificates of the stack's region: with any other, the deploy would fail halfway. */
function certificatesOfAnotherRegion({ links, region }: Group): Contradiction[] {
  if (!links || region === undefined) return [];
  const stated: [path: Contradiction['path'], arn: string | undefined][] = [
    [['links', 'certificateArn'], links.certificateArn],
    ...links.alsoAnswers.map(({ certificateArn }, at): [Contradiction['path'], string] => [
      ['links', 'alsoAnswers', at, 'certificateArn'],
      certificateArn,
    ]),
  ];
  return stated
    .filter(([, arn]) => arn !== undefined && arn.split(':')[3] !== region)
    .map(([path, arn]) => ({
      path,
      message: `expected a certificate of the region ${region}, got one of ${arn?.split(':')[3]}`,
    }));
}

/** Each name becomes a rule and a queue, so it must be unique. A store that does not exist would never have an event. */
function destinationsInConflict({ apiDestinations, stores }: Group): Contradiction[] {
  return apiDestinations.flatMap(({ name, stores: only = [] }, at) => [
    ...(apiDestinations.findIndex((other) => other.name === name) === at
      ? []
      : [
          { path: ['apiDestinations', at, 'name'], message: `expected each name once, ${name} stands twice` },
        ]),
    ...only.flatMap((id, nth) =>
      stores.some((one) => one.id === id)
        ? []
        : [
            {
              path: ['apiDestinations', at, 'stores', nth],
              message: 'expected the id of a store of this file',
            },
          ],
    ),
  ]);
}

/** A mistyped brand would silently get the default interval. */
function brandsOfNoStore({ firstService: { byBrand }, stores }: Group): Contradiction[] {
  const brands = [...new Set(stores.map(({ brand }) => brand))];
  return Object.keys(byBrand)
    .filter((brand) => !brands.includes(brand))
    .map((brand) => ({
      path: ['firstService', 'byBrand', brand],
      message: `expected a brand of one of the stores (${brands.join(', ')}), as it stands there`,
    }));
}

function limitsInWrongOrder({ handoffs }: Group): Contradiction[] {
  return Object.entries(handoffs)
    .filter(([, { acceptMinutes, completeMinutes }]) => acceptMinutes > completeMinutes)
    .map(([kind, { acceptMinutes, completeMinutes }]) => ({
      path: ['handoffs', kind, 'acceptMinutes'],
      message: `expected at most completeMinutes (${completeMinutes}), got ${acceptMinutes}: nobody finishes before they accept`,
    }));
}

function contradictionsOfStore(file: Group, one: Store, at: number): Contradiction[] {
  const isTaken = file.stores.findIndex((other) => other.id === one.id) !== at;
  const twice = one.holidays.flatMap((date, nth) =>
    one.holidays.indexOf(date) === nth ? [] : [{ date, nth }],
  );
  return [
    ...(isTaken
      ? [{ path: ['stores', at, 'id'], message: `expected an id of its own, '${one.id}' stands twice` }]
      : []),
    ...twice.map(({ date, nth }) => ({
      path: ['stores', at, 'holidays', nth],
      message: `expected each date once, ${date} stands twice`,
    })),
    ...resolveNudgePolicy(file.nudge, one.nudge).problems.map(({ path, message }) => ({
      path: ['stores', at, 'nudge', ...path],
      message,
    })),
  ];
}

/** The store that services a sold car must have a service department itself: there are no chains. */
function serviceNowhere({ stores }: Group, one: Store, at: number): Contradiction[] {
  const named: [path: string[], id: string][] = Object.entries(one.serviceAtByMake ?? {}).map(
    ([make, id]) => [['serviceAtByMake', make], id],
  );
  if (one.serviceAt !== undefined) named.push([['serviceAt'], one.serviceAt]);
  const wrong = named.flatMap(([path, id]) => {
    const message = faultOfServiceStore(
      stores.find((other) => other.id === id),
      id,
    );
    return message === undefined ? [] : [{ path: ['stores', at, ...path], message }];
  });
  if (hasService(one)) return [...wrong, ...unreachable(one, at)];
  if (one.serviceAt !== undefined) return wrong;
  const message =
    'expected opening hours of Service, or serviceAt: the store that services the cars sold here';
  return [...wrong, { path: ['stores', at, 'hours', 'service'], message }];
}

/** The ways to reach Service that the store's settings lack; customers are sent there, so they are required. */
const unreachable = (one: Store, at: number): Contradiction[] =>
  (['serviceDriveDirections', 'bookingLink'] as const)
    .filter((name) => one[name] === undefined)
    .map((name) => ({
      path: ['stores', at, name],
      message: 'expected it of a store with a service department, but it is missing',
    }));

function faultOfServiceStore(store: Store | undefined, id: string): string | undefined {
  if (!store) return 'expected the id of a store of this file';
  return hasService(store)
    ? undefined
    : `expected a store with a service department, '${id}' has no hours.service`;
}
