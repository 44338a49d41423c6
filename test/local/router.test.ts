import { expect, it } from 'vitest';
import { createRouter } from '../../local/emulator/http-api/endpoint.ts';

const find = createRouter(
  ['ANY /t/{taskId}', 'POST /t/{taskId}', 'GET /t/fixed', 'GET /files/{path+}', 'GET /o/{a}/{b}'].map(
    (key) => ({
      apiId: 'api',
      key,
      functionName: key,
    }),
  ),
);

it.each([
  ['GET', '/t/1', 'ANY /t/{taskId}', { taskId: '1' }],
  ['HEAD', '/t/1', 'ANY /t/{taskId}', { taskId: '1' }],
  ['POST', '/t/a%20b', 'POST /t/{taskId}', { taskId: 'a b' }],
  ['GET', '/t/fixed', 'GET /t/fixed', {}],
  ['GET', '/files/a/b', 'GET /files/{path+}', { path: 'a/b' }],
  ['GET', '/o/%E0%A4%A/y', 'GET /o/{a}/{b}', { a: '%E0%A4%A', b: 'y' }],
])('%s %s goes to %s', (method, path, key, parameters) => {
  expect(find(method, path)).toEqual({ spec: expect.objectContaining({ key }), parameters });
});

it.each([
  ['GET', '/t'],
  ['GET', '/t/1/2'],
  ['POST', '/files/a'],
  ['HEAD', '/o/1/2'],
  ['GET', '/o/1/'],
])('%s %s goes nowhere', (method, path) => {
  expect(find(method, path)).toBeUndefined();
});
