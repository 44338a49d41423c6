import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { Problem, parse } from '../problem.ts';

const manifestSchema = z.object({
  artifacts: z.record(
    z.string(),
    z.object({
      type: z.string(),
      displayName: z.string().optional(),
      properties: z
        .object({ templateFile: z.string().optional(), stackName: z.string().optional() })
        .optional(),
    }),
  ),
});

const assetsSchema = z.object({
  files: z.record(
    z.string(),
    z.object({
      source: z.object({ path: z.string().optional(), packaging: z.string().optional() }),
      destinations: z.record(z.string(), z.object({ objectKey: z.string() })),
    }),
  ),
});

const resourceSchema = z.object({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  Condition: z.string().optional(),
});

const templateSchema = z.object({
  Resources: z.record(z.string(), resourceSchema),
  Parameters: z.record(z.string(), z.object({ Default: z.unknown().optional() })).default({}),
  Conditions: z.record(z.string(), z.unknown()).default({}),
  Outputs: z
    .record(z.string(), z.object({ Value: z.unknown(), Condition: z.string().optional() }))
    .default({}),
});

export type Template = z.infer<typeof templateSchema>;

/** The synthesized app: its one stack, and the directory of each bundle's code. */
export interface Assembly {
  stackName: string;
  template: Template;
  codeDirectory(objectKey: string): string;
}

const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

function onlyStack(manifest: z.infer<typeof manifestSchema>): [string, string, string] {
  const stacks = Object.entries(manifest.artifacts).filter(
    ([, artifact]) => artifact.type === 'aws:cloudformation:stack',
  );
  const [first, ...others] = stacks;
  if (!first || others.length > 0) {
    const names = stacks.map(([name]) => name).join(', ') || 'none';
    throw new Problem(`the local run plays one stack; the app has ${stacks.length}: ${names}`);
  }
  const [id, { properties }] = first;
  return [id, properties?.stackName ?? id, properties?.templateFile ?? `${id}.template.json`];
}

export function readAssembly(directory: string): Assembly {
  const manifest = parse(manifestSchema, readJson(join(directory, 'manifest.json')), 'cdk.out/manifest.json');
  const [id, stackName, templateFile] = onlyStack(manifest);
  const template = parse(templateSchema, readJson(join(directory, templateFile)), `cdk.out/${templateFile}`);
  const assetsFile = join(directory, `${id}.assets.json`);
  const assets = existsSync(assetsFile)
    ? parse(assetsSchema, readJson(assetsFile), 'cdk.out assets').files
    : {};
  const codeDirectory = (objectKey: string): string => {
    const asset = Object.values(assets).find((file) =>
      Object.values(file.destinations).some((destination) => destination.objectKey === objectKey),
    );
    if (!asset?.source.path) throw new Problem(`no asset in cdk.out has the key ${objectKey}`);
    if (asset.source.packaging !== 'zip') throw new Problem(`asset ${objectKey} is not a directory of code`);
    return join(directory, asset.source.path);
  };
  return { stackName, template, codeDirectory };
}
