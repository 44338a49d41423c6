import type * as z from 'zod';
import { Problem, parse } from '../problem.ts';
import { Addresses, apiAddresses, type Origins } from './addresses.ts';
import type { Assembly, Template } from './assembly.ts';
import { evaluateCondition, type Lookup, resolve } from './intrinsics.ts';
import { isPlayed, placeholderArn, refersByArn, requireKnown, resourceType } from './resources.ts';

type TemplateResource = Template['Resources'][string];

/** One resource, with every function in its properties evaluated. */
interface Resource<T> {
  id: string;
  name: string;
  props: T;
}

export interface StackReader {
  stackName: string;
  read<T>(type: string, schema: z.ZodType<T>, refused?: string[]): Resource<T>[];
  outputs(): Record<string, string>;
}

interface StackLookup extends Lookup {
  nameOf(id: string): string;
}

function lookupIn(template: Template, stackName: string, addresses: () => Addresses): StackLookup {
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
    if (refersByArn.has(Type)) return placeholderArn(Type, nameOf(id));
    return resourceType(Type).ref?.(nameOf(id), addresses()) ?? nameOf(id);
  };
  const attribute = (id: string, name: string): unknown => {
    const { Type } = resourceAt(id);
    const known = resourceType(Type).attributes?.[name];
    if (known) return known(nameOf(id), addresses());
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

/** The name of the API that each of the group's own host names is mapped to. */
function domainsIn(resources: [string, TemplateResource][], lookup: StackLookup): Map<string, string> {
  const mappings = resources.filter(([, { Type }]) => Type === 'AWS::ApiGatewayV2::ApiMapping');
  return new Map(
    mappings.map(([id, { Properties }]) => {
      const { ApiId, DomainName, ApiMappingKey } = Properties;
      if (ApiMappingKey) throw new Problem(`${id}: the local run does not play ApiMappingKey`);
      return [String(resolve(DomainName, lookup)), String(resolve(ApiId, lookup))];
    }),
  );
}

/** CloudFormation would fetch these from another service during the deploy. A connection's key is not needed here. */
function refuseDynamicReferences(id: string, props: unknown): void {
  if (JSON.stringify(props).includes('{{resolve:')) {
    throw new Problem(`${id}: the local run does not play dynamic references such as {{resolve:...}}`);
  }
}

/** Reads a template as CloudFormation would, and refuses at once whatever cannot be emulated. */
export function readStack(assembly: Assembly, origins: Origins): StackReader {
  const { template, stackName } = assembly;
  const lookup = lookupIn(template, stackName, () => addresses);
  const wanted = (condition: string | undefined): boolean =>
    condition === undefined || lookup.condition(condition);
  const present = Object.entries(template.Resources).filter(([, { Condition }]) => wanted(Condition));
  for (const [id, { Type }] of present) requireKnown(id, Type);
  const apis = present.filter(([, { Type }]) => Type === 'AWS::ApiGatewayV2::Api');
  const apiNames = apis.map(([id]) => ({ id, name: lookup.nameOf(id) }));
  const addresses = new Addresses(origins, apiAddresses(apiNames), domainsIn(present, lookup));

  return {
    stackName,
    read: (type, schema, refused = []) =>
      present
        .filter(([, resource]) => resource.Type === type)
        .map(([id, resource]) => {
          refuseProperties(id, resource.Properties, refused);
          const props = addresses.localized(resolve(resource.Properties, lookup));
          if (type !== 'AWS::Events::Connection') refuseDynamicReferences(id, props);
          return { id, name: lookup.nameOf(id), props: parse(schema, props, `${id} (${type})`) };
        }),
    outputs: () =>
      Object.fromEntries(
        Object.entries(template.Outputs)
          .filter(([, output]) => wanted(output.Condition))
          .map(([key, output]) => [key, addresses.localText(String(resolve(output.Value, lookup)))]),
      ),
  };
}
