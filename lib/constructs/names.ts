/** 'vehicle-sold' → 'VehicleSold': construct ids are written as CDK writes its own. */
export function pascalCase(name: string): string {
  return name.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** The name of the output that says where a feed's secret is. */
export const feedSecretOutput = (feed: string): string => `WebhookSecret${pascalCase(feed)}`;
