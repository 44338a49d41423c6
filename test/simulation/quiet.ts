/** Imported first: the functions' logs and metrics of a simulated run are nobody's to read. */
process.env['POWERTOOLS_LOG_LEVEL'] = 'SILENT';
process.env['POWERTOOLS_METRICS_DISABLED'] = 'true';
process.env['POWERTOOLS_SERVICE_NAME'] = 'simulation';
process.env['POWERTOOLS_METRICS_NAMESPACE'] = 'simulation';
