import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { afterAll } from 'vitest';
import * as z from 'zod';
import type { FileFeed } from '../../functions/feeds/file-feed.ts';
import { DealerGroupStack } from '../../lib/dealer-group-stack.ts';
import type { GroupSettings } from '../../lib/group-settings.ts';
import { newApp } from '../../lib/handoff-app.ts';

const scratch = mkdtempSync(join(tmpdir(), 'handoff-test-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const json = z.record(z.string(), z.unknown());
const resource = z.looseObject({ Type: z.string(), Properties: json.default({}) });
const template = z.looseObject({ Resources: z.record(z.string(), resource), Outputs: json });

export type Resource = z.infer<typeof resource>;
export type SynthesizedTemplate = z.infer<typeof template>;

/** A dealer group's template as it would be deployed, but for the code: nothing here needs a bundle. */
export function synthesize(
  group: GroupSettings,
  {
    validate = false,
    change,
    feeds = [],
  }: {
    validate?: boolean;
    change?: (stack: DealerGroupStack) => void;
    feeds?: readonly FileFeed[];
  } = {},
) {
  process.env['CDK_VALIDATION'] = String(validate);
  const outdir = mkdtempSync(join(scratch, 'synth-'));
  const app = newApp({ outdir, context: { 'aws:cdk:bundling-stacks': [] } });
  const stack = new DealerGroupStack(app, { group, feeds, code: (name) => Code.fromInline(`// ${name}`) });
  change?.(stack);
  app.synth();
  const file = join(outdir, stack.templateFile);
  return { outdir, file, template: readTemplate(file) };
}

export function readTemplate(file: string): SynthesizedTemplate {
  return template.parse(JSON.parse(readFileSync(file, 'utf8')));
}

/** The resources of a type, with their logical ids. */
export function ofType({ Resources }: SynthesizedTemplate, type: string): [id: string, resource: Resource][] {
  return Object.entries(Resources).filter(([, one]) => one.Type === type);
}

/** The properties of the only resource of a type. */
export function theOnly(from: SynthesizedTemplate, type: string): Record<string, unknown> {
  const found = ofType(from, type);
  const [first] = found;
  if (!first || found.length > 1) throw new Error(`Expected one ${type}, found ${found.length}`);
  return first[1].Properties;
}

export const arnOf = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });

const oneOrMore = z.union([z.array(z.unknown()), z.unknown().transform((one) => [one])]);
const statement = z.looseObject({
  Effect: z.enum(['Allow', 'Deny']),
  Action: oneOrMore.pipe(z.array(z.string())),
  Resource: oneOrMore,
  Condition: json.optional(),
});
export type Statement = z.infer<typeof statement>;
const document = z.looseObject({ Statement: z.array(statement) });

export function statementsOf(policyDocument: unknown): Statement[] {
  return document.parse(policyDocument).Statement;
}
