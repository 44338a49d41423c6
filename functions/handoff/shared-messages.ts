/** The emails that every kind of handoff has. */
export const sharedMessages = [
  'reminder',
  'escalation',
  'handoff-closed',
  'handoff-moved',
  'customer-email-problem',
  'later-sale',
  'credit-disputed',
  'credit-decided',
] as const;
export type SharedMessage = (typeof sharedMessages)[number];

/** What a handoff sends to the store's CRM. Programs read it, not people. */
export const crmLeads = ['crm-lead'] as const;
export type CrmLead = (typeof crmLeads)[number];
