/** Renders docs/alarms.md from the table from which the stack creates its alarms. */
import type { AlarmGroup, AlarmSpec } from '../../lib/alarms/spec.ts';
import { whereToLook } from '../../lib/alarms/where-to-look.ts';
import { alarmGroups } from '../../lib/alarms.ts';
import { generated } from './markdown.ts';

export function renderAlarms(): string {
  return [
    generated,
    '# Alarms',
    '',
    'From `lib/alarms/`, which the stack makes the alarms from. Each alarm is named `handoff-<group>-<name>` and goes',
    "to the topic of the output `AlarmTopicArn`, and from there to the `alarmEmail` of the group's file.",
    ...alarmGroups.flatMap(chapter),
    '',
  ].join('\n');
}

function chapter({ question, specs }: AlarmGroup): string[] {
  return ['', `## ${question}`, ...specs.flatMap(section)];
}

function section(spec: AlarmSpec): string[] {
  return [
    '',
    `### ${spec.name}`,
    `Fires when: ${spec.measures}: ${limitInWords(spec)}.`,
    '',
    `What it means: ${spec.means}`,
    '',
    `Where to look: ${whereToLook(spec.look)}`,
    '',
    `What to do: ${spec.todo}`,
  ];
}

function limitInWords({
  rings,
  unit,
  minutes,
  periods,
  datapoints = periods,
  silenceRings,
}: AlarmSpec): string {
  const limit = 'from' in rings ? `${rings.from} or more` : `fewer than ${rings.below}`;
  const within =
    periods === 1
      ? `in ${minutes} minutes`
      : datapoints === periods
        ? `in each of ${periods} times ${minutes} minutes`
        : `in ${datapoints} of ${periods} times ${minutes} minutes`;
  return [limit, unit, within, silenceRings && '(or no number at all)'].filter(Boolean).join(' ');
}
