/**
 * Files in the forms that dealers' systems write, with invented customers. What each becomes is kept beside them, one
 * record a line, and was read by hand against the file.
 */
export const samples: readonly (readonly [
  file: string,
  source: string,
  stores: Readonly<Record<string, string>>,
])[] = [
  ['DVD46315_20261119_0312_SV.txt', 'dealervault-sv', { DVD46315: 'lakeshore-honda' }],
  ['DVD46315_20261120_0309_SV.txt', 'dealervault-sv', { DVD46315: 'lakeshore-honda' }],
  ['DVD46316_20261119_0312_SL.txt', 'dealervault-sl', { DVD46316: 'lakeshore-subaru' }],
  ['DVD46316_20261120_0309_SL.txt', 'dealervault-sl', { DVD46316: 'lakeshore-subaru' }],
  ['DVD46316_20261119_0312_SV_APPT.txt', 'dealervault-appt', { DVD46316: 'lakeshore-subaru' }],
  ['DVD46316_20261120_0309_SV_APPT.txt', 'dealervault-appt', { DVD46316: 'lakeshore-subaru' }],
  ['CLOSED_RO_LINES_03_20261120.csv', 'ro-lines-csv', { '03': 'lakeshore-ford' }],
  ['FISC_DateRange.xml', 'cdk-deals', { '*': 'lakeshore-honda' }],
  ['SROD_Open_WIP.xml', 'cdk-open-orders', { '*': 'lakeshore-honda' }],
  ['rey_RepairOrder.xml', 'reynolds-orders', { '000317': 'lakeshore-honda' }],
  ['rey_FIDeal.xml', 'reynolds-deals', { '000317': 'lakeshore-honda' }],
  ['OpenRepairOrderLookupResponse.xml', 'dealertrack-open-orders', { ZE7: 'lakeshore-honda' }],
  ['DealLookupResponse.xml', 'dealertrack-deals', { ZE7: 'lakeshore-honda' }],
  ['DealLookupWithCustomers.xml', 'dealertrack-deals', { ZE7: 'lakeshore-honda' }],
  ['star-repair-orders.json', 'star-orders-json', { 'ATL-001': 'lakeshore-honda' }],
  ['sold-log-2026-11-19.csv', 'sold-log-csv', { '12': 'lakeshore-subaru' }],
  ['deals.jsonl', 'sales-json', { '12': 'lakeshore-subaru' }],
  ['closed-orders-20261119.csv', 'orders-csv', { '12': 'lakeshore-subaru' }],
  ['closed-orders.jsonl', 'visits-json', { '12': 'lakeshore-subaru' }],
  ['open-orders-20261120.csv', 'quotes-csv', { '12': 'lakeshore-subaru' }],
  ['open-orders.jsonl', 'quotes-json', { '12': 'lakeshore-subaru' }],
  ['appointments-20261120.csv', 'appointments-csv', { '12': 'lakeshore-subaru' }],
  ['appointments.json', 'appointments-json', { '12': 'lakeshore-subaru' }],
  ['first-services-2026-11-20.csv', 'first-services-csv', { '12': 'lakeshore-subaru' }],
  ['first-services.jsonl', 'first-services-json', { '12': 'lakeshore-subaru' }],
  ['crm-leads-20261120.csv', 'crm-leads-csv', { '03': 'lakeshore-honda' }],
  ['crm-sold-2026-11-20.csv', 'crm-sold-log-csv', { '03': 'lakeshore-honda' }],
  ['servicerepairorder-v3-closed-result.json', 'fortellis-closed-orders', { '*': 'lakeshore-honda' }],
];
