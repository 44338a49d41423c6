import { GetItemCommand, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AddressTable } from '../../functions/adapters/address-table.ts';
import { ContactTable } from '../../functions/adapters/contact-table.ts';
import { keyedBy } from '../../functions/adapters/customer-key.ts';
import { type DynamoDB, fromItem, toItem } from '../../functions/adapters/dynamodb.ts';
import { type AddressRecord, type OptOut, withOptOut } from '../../functions/customers/opt-outs.ts';
import { hash } from '../../functions/group/hash.ts';
import { World } from '../support/world.ts';
import { linkTo, post } from './answer-visitor.ts';

/** What a release before 2026-12 stored: by the plain hash of the address, phone or customer number. */
const MARIA = 'maria.kowalski@example.com';
const NOW = '2026-11-20T22:40:00.000Z';
const formerKey = (place: string) => ({ pk: `address#${hash([place.toLowerCase()])}`, sk: 'address' });
const said = (kind: string, more: Partial<OptOut> = {}): OptOut => ({
  ...{ kind, storeId: 'lakeshore-subaru', at: '2026-03-01T15:00:00.000Z' },
  ...more,
});
const onPhone = (channel: 'phone' | 'text') =>
  said('channel', { storeId: 'group', channel, saidBy: 'dms.cdk' });

let world: World;
const opened = async (alsoPlainOptOuts: boolean) => {
  world = await World.open(NOW, (group) => ({ ...group, alsoPlainOptOuts }));
};
afterEach(() => world.close());

const stored = async () => {
  const { dynamodb, tableName } = world.target();
  const { Items = [] } = await dynamodb.send(new ScanCommand({ TableName: tableName }));
  return Items.map((item) => fromItem(item)).filter((item) => item['type'] === 'address');
};

/** The former release, as far as opt-outs go. */
class FormerRelease {
  readonly #table: string;
  readonly #client: DynamoDB;

  constructor({ dynamodb, tableName }: { readonly dynamodb: DynamoDB; readonly tableName: string }) {
    this.#client = dynamodb;
    this.#table = tableName;
  }

  async read(place: string): Promise<AddressRecord & { readonly version: number }> {
    const { Item } = await this.#client.send(
      new GetItemCommand({ TableName: this.#table, Key: toItem(formerKey(place)), ConsistentRead: true }),
    );
    const { optOuts = [], bouncedAt, version = 0 } = Item ? fromItem(Item) : {};
    return { optOuts, bouncedAt, version };
  }

  async change(place: string, next: (known: AddressRecord) => AddressRecord): Promise<void> {
    const { version, ...known } = await this.read(place);
    const item = { ...formerKey(place), type: 'address', ...next(known), version: version + 1 };
    await this.#client.send(new PutItemCommand({ TableName: this.#table, Item: toItem(item) }));
  }
}

describe('a no that an earlier release stored', () => {
  beforeEach(() => opened(false));

  it('is obeyed by emails, pages and calls of this one', async () => {
    const former = new FormerRelease(world.target());
    await former.change(MARIA, (known) => withOptOut(known, said('all')));
    await former.change('tel:8475550188', (known) => withOptOut(known, onPhone('phone')));
    await former.change('customer:lakeshore-subaru/C-20417', (known) => withOptOut(known, onPhone('text')));
    await world.sellAndAccept();
    expect(world.inbox(MARIA)).toEqual([]);
    const reached = { storeId: 'lakeshore-subaru', customerNumber: 'C-20417', phone: '(847) 555-0188' };
    expect((await world.services().contacts.read(reached)).refused).toEqual(['phone', 'text']);
  });

  it('moves to the keyed hash when the customer says something else, and says nothing at the plain one', async () => {
    await world.sellAndAccept();
    const former = new FormerRelease(world.target());
    await former.change(MARIA, (known) => withOptOut(known, said('upgrade')));
    await post(world, linkTo(world, MARIA), { choice: 'stop-group' });
    expect((await former.read(MARIA)).optOuts).toEqual([]);
    const kinds = (await world.services().addresses.read(MARIA)).optOuts.map(({ kind }) => kind);
    expect(kinds).toEqual(['upgrade', 'all']);
  });

  it('is gone at both places once the customer takes it back', async () => {
    await world.sellAndAccept();
    const link = linkTo(world, MARIA);
    const former = new FormerRelease(world.target());
    await former.change(MARIA, (known) => withOptOut(known, said('service')));
    await post(world, link, { choice: 'save', introduction: 'yes', service: 'yes', upgrade: 'yes' });
    expect((await world.services().addresses.read(MARIA)).optOuts).toEqual([]);
    expect((await former.read(MARIA)).optOuts).toEqual([]);
  });
});

describe('a new no', () => {
  const plainKeys = async () => (await stored()).filter(({ pk }) => String(pk).startsWith('address#'));

  it('leaves no plain hash behind by which somebody with the table could test an address', async () => {
    await opened(false);
    await world.sellAndAccept();
    await post(world, linkTo(world, MARIA), { choice: 'stop-group' });
    expect(await stored()).toHaveLength(2);
    expect(await plainKeys()).toEqual([]);
  });

  it('is kept as the former release reads it, too, for as long as that one may come back', async () => {
    await opened(true);
    await world.sellAndAccept();
    await post(world, linkTo(world, MARIA), { choice: 'stop-group' });
    expect(await plainKeys()).toHaveLength(2);
    expect((await new FormerRelease(world.target()).read(MARIA)).optOuts).toMatchObject([{ kind: 'all' }]);
  });
});

it('no no is ever missed by a release that runs, in any order of upgrading, rolling back and upgrading again', async () => {
  await opened(true);
  const key = { read: async () => keyedBy('a key for tests') };
  const { dynamodb, tableName } = world.target();
  const running = {
    former: new FormerRelease(world.target()),
    upgraded: new AddressTable(dynamodb, tableName, { key, alsoPlain: true }),
  } as const;
  const finished = new AddressTable(dynamodb, tableName, { key, alsoPlain: false });
  const releases = fc.constantFrom('former', 'upgraded');
  const noes = fc.record({
    by: releases,
    kind: fc.constantFrom('introduction', 'service', 'upgrade', 'all'),
  });
  let place = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(noes, { minLength: 1, maxLength: 6 }), async (all) => {
      place += 1;
      const address = `customer-${place}@example.com`;
      const heard: string[] = [];
      for (const { by, kind } of all) {
        await running[by].change(address, (known) => ({ ...known, optOuts: [...known.optOuts, said(kind)] }));
        heard.push(kind);
        const kinds = async (release: (typeof running)[typeof by]) =>
          new Set((await release.read(address)).optOuts.map((no) => no.kind));
        // The former release knows what the new one stores; the new one knows both.
        expect(await kinds(running.former)).toEqual(new Set(heard));
        expect(await kinds(running.upgraded)).toEqual(new Set(heard));
      }
      await finished.change(address, (known) => known);
      const contacts = new ContactTable(dynamodb, tableName, key);
      const { optOuts } = await contacts.read({ storeId: 'lakeshore-subaru', email: address });
      expect(new Set(optOuts.map(({ kind }) => kind))).toEqual(new Set(heard));
      expect((await running.former.read(address)).optOuts).toEqual([]);
    }),
    { numRuns: 60 },
  );
});
