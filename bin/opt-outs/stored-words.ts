/** Stored opt-outs, bounces and numbers in words. */
import type { Channel } from '../../functions/contracts/may-contact.ts';
import { ALL, CHANNEL, channelOf, GROUP, type OptOut } from '../../functions/customers/opt-outs.ts';
import { table } from '../lib/table.ts';
import type { StoredAddress } from './stored.ts';

export function describeStored(addresses: readonly StoredAddress[]): string[] {
  const lines = [...noLines(addresses), ...liftLines(addresses), ...bounceLines(addresses)];
  return lines.length > 0 ? lines : ['Nobody said no, and nothing bounced.'];
}

function noLines(addresses: readonly StoredAddress[]): string[] {
  const all = addresses.flatMap(({ hash, optOuts }) => optOuts.map((no) => ({ hash, ...no })));
  return [...Map.groupBy(all, whatOf)].flatMap(([what, some]) => [
    `No to ${what}: ${some.length}`,
    ...rows(some.map(({ hash, storeId, at }) => [hash, storeId === GROUP ? 'whole group' : storeId, at])),
  ]);
}

function whatOf(no: OptOut): string {
  if (no.kind === CHANNEL) return byChannel[channelOf(no)];
  return no.kind === ALL ? 'all emails' : `${no.kind} emails`;
}

export const byChannel: Readonly<Record<Channel, string>> = {
  email: 'contact by email',
  phone: 'contact by phone',
  text: 'contact by text',
  mail: 'contact by mail',
};

function bounceLines(addresses: readonly StoredAddress[]): string[] {
  const bounced = addresses.flatMap(({ hash, bouncedAt }) => (bouncedAt ? [[hash, bouncedAt]] : []));
  return bounced.length === 0 ? [] : [`Bounced: ${bounced.length}`, ...rows(bounced)];
}

function liftLines(addresses: readonly StoredAddress[]): string[] {
  const lifted = addresses.flatMap(({ hash, lifted: all = [] }) =>
    all.map(({ channel, at, by }) => [hash, byChannel[channel], at, by]),
  );
  return lifted.length === 0 ? [] : [`Taken back: ${lifted.length}`, ...rows(lifted)];
}

const rows = (cells: readonly string[][]) => table(cells, { indent: '  ' });
