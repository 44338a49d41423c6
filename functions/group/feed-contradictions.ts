import type { Contradiction } from './contradiction.ts';
import type { GroupInFile } from './settings.ts';

/**
 * Checks feeds within the group's file. Whether they match their sources is checked with the sources, when the stack
 * is synthesized.
 */
export function feedsInConflict({ feeds, stores }: GroupInFile): Contradiction[] {
  const ids = stores.map(({ id }) => id);
  return feeds.flatMap(({ name, store, dealers, posted, expectBy }, at) => {
    const named: { readonly path: string[]; readonly id: string }[] = [
      ...(store === undefined ? [] : [{ path: ['store'], id: store }]),
      ...Object.entries(dealers ?? {}).map(([dealer, id]) => ({ path: ['dealers', dealer], id })),
    ];
    return [
      ...(feeds.findIndex((other) => other.name === name) === at
        ? []
        : [{ path: ['feeds', at, 'name'], message: `expected a name of its own, '${name}' stands twice` }]),
      ...((store === undefined) === (dealers === undefined || Object.keys(dealers).length === 0)
        ? [{ path: ['feeds', at], message: 'expected either store or dealers: whose are the files?' }]
        : []),
      ...(posted && expectBy !== undefined
        ? [
            {
              path: ['feeds', at, 'expectBy'],
              message: 'expected nothing where posted is true: posts come at any time',
            },
          ]
        : []),
      ...named
        .filter(({ id }) => !ids.includes(id))
        .map(({ path }) => ({
          path: ['feeds', at, ...path],
          message: 'expected the id of a store of this file',
        })),
    ];
  });
}
