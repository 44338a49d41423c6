import type * as z from 'zod';
import { Problem, parse } from '../problem.ts';
import type { Assembly, Template } from './assembly.ts';
import { evaluateCondition, type Lookup, resolve } from './intrinsics.ts';
import { isPlayed, type Origins, placeholderArn, requireKnown, resourceType } from './resources.ts';

/** One resource with every function in its properties resolved. */
export interface Resource<T> {
  id: string;
  name: string;
  props: T;
}

export interface StackReader {
  stackName: string;
  read<T>(type: string, schema: z.ZodType<T>, refused?: string[]): Resource<T>[];
  outputs(): Record<string, string>;
}

/** CDK spells an API's address out of its id; locally that address is the desk. */
const localAddress = (value: string, origins: Origins): string =>
  value.replaceAll(/https:\/\/[\w-]+\.execute-api\.[\w-]+\.amazonaws\.com/g, origins.desk);

function withLocalAddresses(value: unknown, origins: Origins): unknown {
  if (typeof value === 'string') return localAddress(value, origins);
  if (Array.isArray(value)) return value.map((inner) => withLocalAddresses(inner, origins));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, withLocalAddresses(inner, origins)]),
  );
}

function lookupIn(
  template: Template,
  stackName: string,
  origins: Origins,
): Lookup & { nameOf(id: string): string } {
  const resourceAt = (id: string) => {
    const resource = template.Resources[id];
    if (!resource) throw new Problem(`the template mentions ${id}, which it does not contain`);
    return resource;
  };
  const nameOf = (id: string): string => {
    const { Type, Properties } = resourceAt(id);
    const property = resourceType(Type).nameProperty;
    const given = property ? resolve(Properties[property], lookup) : undefined;
    if (typeof given === 'string') return given;
    return resourceType(Type).generatedName?.(stackName, id) ?? `${stackName}-${id}`;
  };
  const parameter = (id: string): unknown => {
    const value = template.Parameters[id]?.Default;
    if (value === undefined)
      throw new Problem(`parameter ${id} has no default; the local run can't ask for it`);
    return value;
  };
  const ref = (id: string): unknown => {
    if (id in template.Parameters) return parameter(id);
    const { Type } = resourceAt(id);
    if (Type === 'AWS::SNS::Topic') return placeholderArn(Type, nameOf(id));
    return resourceType(Type).ref?.(nameOf(id), origins) ?? nameOf(id);
  };
  const attribute = (id: string, name: string): unknown => {
    const { Type } = resourceAt(id);
    const known = resourceType(Type).attributes?.[name];
    if (known) return known(nameOf(id), origins);
    if (isPlayed(Type)) {
      throw new Problem(`${id}: the local run does not know the attribute ${name} of ${Type}`);
    }
    return placeholderArn(Type, nameOf(id));
  };
  const condition = (name: string): boolean => evaluateCondition(template.Conditions[name], lookup);
  const lookup = { ref, attribute, condition, stackName, nameOf };
  return lookup;
}

function refuseProperties(id: string, props: Record<string, unknown>, refused: string[]): void {
  for (const name of refused) {
    if (props[name] !== undefined)
      throw new Problem(`${id}: the local run does not play the property ${name}`);
  }
}

/** Reads a template as CloudFormation would, and refuses at once what it can't play. */
export function readStack(assembly: Assembly, origins: Origins): StackReader {
  const { template, stackName } = assembly;
  const lookup = lookupIn(template, stackName, origins);
  const wanted = (condition: string | undefined): boolean =>
    condition === undefined || lookup.condition(condition);
  const present = Object.entries(template.Resources).filter(([, { Condition }]) => wanted(Condition));
  for (const [id, { Type }] of present) requireKnown(id, Type);

  return {
    stackName,
    read: (type, schema, refused = []) =>
      present
        .filter(([, resource]) => resource.Type === type)
        .map(([id, resource]) => {
          refuseProperties(id, resource.Properties, refused);
          const props = withLocalAddresses(resolve(resource.Properties, lookup), origins);
          return { id, name: lookup.nameOf(id), props: parse(schema, props, `${id} (${type})`) };
        }),
    outputs: () =>
      Object.fromEntries(
        Object.entries(template.Outputs)
          .filter(([, output]) => wanted(output.Condition))
          .map(([key, output]) => [key, localAddress(String(resolve(output.Value, lookup)), origins)]),
      ),
  };
}
