import { crmSettings } from '../../functions/group/crm-settings.ts';
import type { Group } from '../../functions/group/group.ts';

/** The lead mailbox of every store's CRM. */
export const LEADS = 'leads@lakeshore-crm.example';

/** The group with a CRM at every store. */
export const withCrm = (group: Group): Group => ({
  ...group,
  stores: group.stores.map((store) => ({ ...store, crm: crmSettings.parse({ leadAddress: LEADS }) })),
});
