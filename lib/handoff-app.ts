import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, type AppProps, Validations } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { BUNDLING_STACKS } from 'aws-cdk-lib/cx-api';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import settings from '../cdk.json' with { type: 'json' };
import type { FileFeed } from '../functions/feeds/file-feed.ts';
import type { Group } from '../functions/group/group.ts';
import { type FunctionName, functionNames, lambdas } from '../functions/lambdas.ts';
import { bundleFunctions } from './bundle.ts';
import { DealerGroupStack } from './dealer-group-stack.ts';

/** The CDK app. It applies the context of cdk.json itself, so that the template is the same without the CDK CLI. */
export function newApp(props: AppProps = {}): App {
  // A nag rule reads a deprecated property of the bus policy; without this, every synth would print the warning.
  process.env['JSII_DEPRECATED'] ??= 'quiet';
  const app = new App({
    analyticsReporting: false,
    ...props,
    context: { ...settings.context, ...props.context },
  });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
  return app;
}

/** Adds a dealer group's stack. Functions are bundled unless the context says that bundles are not needed. */
export async function addDealerGroup(
  app: App,
  group: Group,
  feeds: readonly FileFeed[],
): Promise<DealerGroupStack> {
  if (!wantsBundles(app)) return new DealerGroupStack(app, { group, feeds, code: withoutCode });
  const bundles = mkdtempSync(join(tmpdir(), 'handoff-bundles-'));
  try {
    const entries = functionNames.map((name) => ({ name, file: lambdas[name].entry }));
    await bundleFunctions({ entries, group, feeds, into: bundles });
    // The CDK copies each bundle to its output when the asset is created, under the hash of its content.
    return new DealerGroupStack(app, { group, feeds, code: (name) => Code.fromAsset(join(bundles, name)) });
  } finally {
    rmSync(bundles, { recursive: true });
  }
}

function wantsBundles(app: App): boolean {
  const stacks: unknown = app.node.tryGetContext(BUNDLING_STACKS);
  return !Array.isArray(stacks) || stacks.length > 0;
}

function withoutCode(name: FunctionName): Code {
  return Code.fromInline(`// ${name} is not bundled`);
}
