import { describe, expect, test } from 'vitest';
import { calendarEntryOf } from '../../../functions/handoffs/first-service/announced.ts';
import { calendarFile } from '../../../functions/mail/calendar-file.ts';
import { contactCard } from '../../../functions/mail/contact-card.ts';
import { booked, firstServiceIn, hostileNames, ordinary } from '../../support/email-fixtures.ts';

/** Lines as a reader of the format sees them: a line that begins with a space goes on from the one before. */
const linesOf = (content: string) => content.replace(/\r\n /g, '').split('\r\n');

describe('the calendar file', () => {
  const { group, store, now } = ordinary;
  const task = firstServiceIn(ordinary, booked);
  const file = (appointment = booked, summary = 'First service') =>
    calendarFile({
      ...{ task, group, store, now, summary },
      entry: calendarEntryOf(task, appointment),
      description: 'Lane 2',
    });

  test('keeps its id when the visit is moved, and counts as newer', () => {
    const moved = { ...booked, occurredAt: '2026-11-20T20:01:00.000Z', startsAt: '2026-11-24T17:00:00.000Z' };
    const [before, after] = [file(), file(moved)].map((one) => linesOf(one?.content ?? ''));
    const fieldOf = (lines: string[] | undefined, name: string) =>
      lines?.find((line) => line.startsWith(`${name}:`))?.slice(name.length + 1);
    expect(fieldOf(before, 'UID')).toBe(`${task.taskId}-A-77@lakeshore.example`);
    expect(fieldOf(after, 'UID')).toBe(fieldOf(before, 'UID'));
    expect(Number(fieldOf(after, 'SEQUENCE'))).toBeGreaterThan(Number(fieldOf(before, 'SEQUENCE')));
    expect(fieldOf(before, 'DTSTART')).toBe('20261121T170000Z');
    expect(fieldOf(before, 'DTEND')).toBe('20261121T174500Z');
  });

  test('takes a cancelled visit out of the calendar', () => {
    const lines = linesOf(file({ ...booked, status: 'cancelled' })?.content ?? '');
    expect(lines).toContain('METHOD:CANCEL');
    expect(lines).toContain('STATUS:CANCELLED');
  });

  test('says in its content type what it does, and ends its last line as RFC 5545 asks', () => {
    const cancelled = file({ ...booked, status: 'cancelled' });
    expect(cancelled?.contentType).toBe('text/calendar; charset=utf-8; method=CANCEL');
    expect(cancelled?.content.endsWith('END:VCALENDAR\r\n')).toBe(true);
  });

  test('is the same file whenever the same email is written', () => {
    expect(file()).toEqual(file());
    expect(file()?.contentType).toBe('text/calendar; charset=utf-8; method=PUBLISH');
    expect(linesOf(file()?.content ?? '')).toContain('DTSTAMP:20261120T223000Z');
  });

  test('holds one event, whatever the name is', () => {
    for (const name of Object.values(hostileNames)) {
      const names = linesOf(file(booked, name)?.content ?? '').map((line) => line.split(/[:;]/)[0]);
      expect(names.filter((one) => one === 'BEGIN')).toHaveLength(2);
      expect(names).not.toContain('Bcc');
    }
  });
});

describe('the contact card of the advisor', () => {
  const { advisor, store, now } = ordinary;

  test('has name, store, number, email and photo', () => {
    const { fileName, contentType, content } = contactCard(advisor, store, 'Service advisor', now);
    expect([fileName, contentType]).toEqual(['Dana-Whitfield.vcf', 'text/vcard; charset=utf-8']);
    expect(linesOf(content)).toEqual(
      expect.arrayContaining([
        'FN:Dana Whitfield',
        'N:Whitfield;Dana;;;',
        'ORG:Lakeshore Honda',
        'TITLE:Service advisor',
        'TEL;TYPE=WORK,VOICE:(303) 555-0131',
        `EMAIL;TYPE=WORK:${advisor.email}`,
        `PHOTO;VALUE=uri:${advisor.photo}`,
      ]),
    );
  });

  test('without a direct line it has the number of the store', () => {
    const { phone: _none, ...without } = advisor;
    expect(contactCard(without, store, 'Service advisor', now).content).toContain(store.phone);
  });

  test('is one card, whatever the name and the number are, in a file that every program can save', () => {
    for (const name of Object.values(hostileNames)) {
      const card = contactCard({ ...advisor, name, phone: `1\r\nX:${name}` }, store, 'Service advisor', now);
      const names = linesOf(card.content).map((line) => line.split(/[:;]/)[0]);
      expect(names).not.toContain('X');
      expect(names).not.toContain('Bcc');
      expect(names.filter((one) => one === 'BEGIN')).toHaveLength(1);
      expect(card.fileName).toMatch(/^[A-Za-z0-9-]+\.vcf$/);
    }
  });
});
