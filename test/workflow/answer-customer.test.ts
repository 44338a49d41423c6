import { TooManyRequestsException } from '@aws-sdk/client-sesv2';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import sample from '../../samples/vehicle-sold.json' with { type: 'json' };
import { World } from '../support/world.ts';
import { linkTo, open, plain, post, visit } from './answer-visitor.ts';

const SOLD_AT = '2026-11-20T22:40:00.000Z';
const NEW = 'nowa.maria@example.com';
const CUSTOMER = 'maria.kowalski@example.com';

let world: World;
beforeAll(async () => {
  world = await World.open(SOLD_AT);
});
beforeEach(async () => {
  await world.reset(SOLD_AT);
  await world.sellAndAccept();
});
afterAll(() => world.close());

const known = (address = CUSTOMER) => world.services().addresses.read(address);
const oneClick = () => world.inbox(CUSTOMER)[0]?.headers['List-Unsubscribe']?.slice(1, -1) ?? '';
const dueSoon = () => world.putSample('first-service-due', { dueOn: '2026-12-10', occurredAt: SOLD_AT });
const all = (wish: string) => ({ introduction: wish, service: wish, upgrade: wish });

describe('one click', () => {
  it('says no to the kind of that email, from that store', async () => {
    const answer = await visit(world, 'POST', oneClick(), { body: 'List-Unsubscribe=One-Click' });
    expect(answer.status).toBe(200);
    expect((await known()).optOuts).toEqual([
      { kind: 'introduction', storeId: 'lakeshore-subaru', at: world.now },
    ]);
  });

  it('works in parts, as RFC 8058 prefers, and twice without harm', async () => {
    const body =
      '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n';
    const sent = { body, contentType: 'multipart/form-data; boundary=x' };
    await visit(world, 'POST', oneClick(), sent);
    await world.advance(5);
    await visit(world, 'POST', oneClick(), sent);
    expect((await known()).optOuts).toHaveLength(1);
  });

  it('is a button for a mail program that opens the address, and changes nothing until it is pressed', async () => {
    const page = await open(world, oneClick());
    expect(plain(page.body)).toContain('Stop these emails?');
    expect(plain(page.body)).toContain('Your service advisor, from Lakeshore Subaru');
    expect(page.body).toContain('<button class="press" name="List-Unsubscribe" value="One-Click">');
    expect((await known()).optOuts).toEqual([]);
  });

  it('acts on nothing else', async () => {
    const page = await open(world, `${oneClick().slice(0, -3)}xyz`);
    expect(page.status).toBe(404);
    for (const body of [
      '',
      'List-Unsubscribe=One-Click&x=1',
      'List-Unsubscribe=one-click',
      'choice=stop-store',
    ]) {
      const answer = await visit(world, 'POST', oneClick(), { body });
      expect([answer.status, answer.body]).toEqual([404, page.body]);
    }
    expect((await known()).optOuts).toEqual([]);
  });

  it('is another address than the visible one', () => {
    const link = linkTo(world, CUSTOMER);
    expect(oneClick()).not.toBe(link);
    expect(world.inbox(CUSTOMER)[0]?.html).not.toContain(oneClick());
  });
});

describe('the page of choices', () => {
  it('shows what stands, saves what is chosen, and takes it back', async () => {
    const link = linkTo(world, CUSTOMER);
    expect(plain((await open(world, link)).body)).toContain('For emails to m•••@example.com');
    const saved = await post(world, link, { choice: 'save', ...all('yes'), service: 'no-store' });
    expect(saved.status).toBe(303);
    const page = await open(world, saved.headers['location'] ?? '');
    expect(plain(page.body)).toContain('Saved.');
    expect(page.body).toContain('<option value="no-store" selected>No, not from Lakeshore Subaru</option>');
    await post(world, link, { choice: 'save', ...all('yes') });
    expect((await known()).optOuts).toEqual([]);
  });

  it('is obeyed by the emails that come after, and by those already owed', async () => {
    world.calls.sesAnswers = [new TooManyRequestsException({ message: 'slow down', $metadata: {} })];
    await dueSoon();
    world.calls.sesAnswers = [];
    await post(world, linkTo(world, CUSTOMER), { choice: 'save', ...all('yes'), service: 'no-group' });
    await world.advance(30);
    expect(world.inbox(CUSTOMER)).toHaveLength(1);
    const [visitTask] = await world.tasks('first-service-visit');
    expect(
      visitTask?.outbox.find((entry) => entry.type === 'email' && entry.to === 'customer'),
    ).toMatchObject({
      state: 'withheld',
    });
  });

  it('stops everything, and still lets one kind come back', async () => {
    const link = linkTo(world, CUSTOMER);
    await post(world, link, { choice: 'stop-group' });
    await dueSoon();
    expect(world.inbox(CUSTOMER)).toHaveLength(1);
    const page = await open(world, link);
    expect(page.body.match(/value="no-group" selected/g)).toHaveLength(3);
    expect(plain(page.body)).toContain('Yes, from every store of Lakeshore Auto Group');
    await post(world, link, { choice: 'save', ...all('no-group'), service: 'yes' });
    expect((await known()).optOuts.map(({ kind, storeId }) => `${kind} ${storeId}`)).toEqual([
      'introduction group',
      'upgrade group',
    ]);
  });

  it('says no for the address that the email went to, though staff correct it later', async () => {
    const [link, oneClickOfOld] = [linkTo(world, CUSTOMER), oneClick()];
    const corrected = { occurredAt: world.now, customer: { ...sample.detail.customer, email: NEW } };
    const [first] = world.inbox(CUSTOMER);
    if (first) await world.report(first, 'Bounce', 'Permanent');
    await world.sellAndAccept(corrected);
    expect(world.inbox(NEW)).toHaveLength(1);
    expect(plain((await open(world, link)).body)).toContain('For emails to m•••@example.com');
    await post(world, link, { choice: 'stop-group' });
    await post(world, oneClickOfOld, { 'List-Unsubscribe': 'One-Click' });
    expect((await known(NEW)).optOuts).toEqual([]);
    expect((await known(CUSTOMER)).optOuts).not.toEqual([]);
    expect(plain((await open(world, linkTo(world, NEW))).body)).toContain('For emails to n•••@example.com');
  });

  it('is not reset by a new sale', async () => {
    await post(world, linkTo(world, CUSTOMER), { choice: 'stop-store' });
    const before = await known();
    await world.sellAndAccept({ dealNumber: '99001' });
    expect(await known()).toEqual(before);
    expect(world.inbox(CUSTOMER)).toHaveLength(1);
  });

  it('changes nothing where nothing, or nonsense, was chosen', async () => {
    const link = linkTo(world, CUSTOMER);
    for (const fields of [
      {},
      { choice: 'save' },
      { choice: 'save', ...all('maybe') },
      { choice: 'accept' },
    ]) {
      expect((await post(world, link, fields)).status).toBe(422);
    }
    expect((await known()).optOuts).toEqual([]);
  });

  it('speaks Spanish to who prefers it', async () => {
    await world.sellAndAccept({}, 'vehicle-sold-spanish');
    const to = world.inbox().find(({ text }) => text.includes('Hola'))?.to ?? '';
    const page = await open(world, linkTo(world, to));
    expect(page.body).toContain('<html lang="es"');
    expect(plain(page.body)).toContain('¿Cómo podemos contactarle?');
    expect(plain(page.body)).not.toMatch(/\b(Which|Save|emails)\b/);
  });
});
