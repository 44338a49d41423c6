/**
 * Writes docs/alarms.md from the table of alarms.
 *
 *   node lib/alarms-docs.ts
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AlarmSpec, alarmSpecs } from './alarms.ts';

export const alarmsPage = join(import.meta.dirname, '..', 'docs', 'alarms.md');

export function alarmsMarkdown(): string {
  return [
    '# Alarms',
    '',
    'Written by `node lib/alarms-docs.ts` from `lib/alarms.ts`, which the stack makes the alarms from. Each alarm is',
    'named `handoff-<group>-<name>` and goes to the topic of the output `AlarmTopicArn`, and from there to the',
    "`alarmEmail` of the group's file.",
    ...alarmSpecs.flatMap(section),
    '',
  ].join('\n');
}

function section(spec: AlarmSpec): string[] {
  return [
    '',
    `## ${spec.name}`,
    `Rings when: ${spec.measures}: ${limitInWords(spec)}.`,
    '',
    `What it means: ${spec.means}`,
    '',
    `What to do: ${spec.todo}`,
  ];
}

function limitInWords({ rings, unit, minutes, periods, silenceRings }: AlarmSpec): string {
  const limit = 'from' in rings ? `${rings.from} or more` : `fewer than ${rings.below}`;
  const within = periods === 1 ? `in ${minutes} minutes` : `in each of ${periods} times ${minutes} minutes`;
  return [limit, unit, within, silenceRings && '(or no number at all)'].filter(Boolean).join(' ');
}

if (import.meta.main) writeFileSync(alarmsPage, alarmsMarkdown());
