/** 'vehicle-sold' → 'VehicleSold': construct ids are written as CDK writes its own. */
export function pascalCase(name: string): string {
  return name.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
}
