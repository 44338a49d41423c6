/** `#group` where the sources run: the sample group. In a bundle it is the deployed group, checked before (lib/bundle.ts). */
import groupFile from '../../groups/demo.json' with { type: 'json' };
import { parseGroup } from '../group/group-file.ts';

export const group = parseGroup(groupFile);
