/** 'vehicle-sold' → 'VehicleSold': construct ids follow CDK's own style. */
export function pascalCase(name: string): string {
  return name.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** The name of the output with the location of a feed's secret. */
export const feedSecretOutput = (feed: string): string => `WebhookSecret${pascalCase(feed)}`;
