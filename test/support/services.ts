import {
  nudgingServices,
  type Surroundings,
  settlingServices,
  sweepingServices,
} from '../../functions/runtime/services.ts';

export const ORIGIN = 'https://handoff.example.com';

/** Everything that any function is given, wired by the product itself over the clients of a test. */
export function servicesOver({ table, ...given }: Surroundings & { readonly table: string }) {
  const environment = {
    TABLE_NAME: table,
    BUS_NAME: 'handoff',
    CONFIGURATION_SET: 'handoff',
    LINK_ORIGIN: ORIGIN,
  };
  return {
    ...nudgingServices(environment, given),
    ...settlingServices(environment, given),
    ...sweepingServices(environment, given),
  };
}
