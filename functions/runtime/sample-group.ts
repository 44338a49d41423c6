/** `#group` when running from source is the sample group; in a bundle it is the deployed group (lib/bundle.ts). */
import groupFile from '../../groups/demo.json' with { type: 'json' };
import { parseGroup } from '../group/group-file.ts';

export const group = parseGroup(groupFile);
