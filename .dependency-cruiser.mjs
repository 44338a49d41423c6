/**
 * Which room may import which. One rule a sentence; `npm run check` holds them, and test/infra/rooms.test.ts plants a
 * breach of each.
 */
const deciding = [
  '^functions/(group|people|customers|history|feeds|enrich|crm|readiness|handoff|ledger|numbers)/',
  '^functions/leavers/[^/]+\\.ts$',
];
const sdk = '^@?(aws-sdk|smithy)/|/@(aws-sdk|smithy)/';

export default {
  forbidden: [
    {
      name: 'no-circle',
      comment: 'Two files that need each other are one file, or need a third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'contracts-import-zod',
      comment: 'A contract is read by everybody and depends on nobody.',
      severity: 'error',
      from: { path: '^functions/contracts/' },
      to: { pathNot: ['^functions/contracts/', '^node_modules/zod/'] },
    },
    {
      name: 'deciding-rooms-are-pure',
      comment: 'Facts in, decisions out: no clock, no I/O, no SDK.',
      severity: 'error',
      from: { path: deciding },
      to: {
        path: [
          sdk,
          '^functions/(handoffs|mail|pages|outbox|adapters|runtime|lambdas)/',
          '^(node:)?(fs|http|https|net|process|child_process|timers)$',
          '^(lib|bin|local)/',
          '/aws-cdk-lib/',
        ],
      },
    },
    {
      name: 'kinds-do-not-know-each-other',
      comment: 'What two kinds of handoff share moves down to customers, readiness, handoff or mail.',
      severity: 'error',
      from: { path: '^functions/handoffs/([^/]+)/' },
      to: {
        path: '^functions/handoffs/([^/]+)/',
        pathNot: ['^functions/handoffs/$1/', '^functions/handoffs/any-kind/'],
      },
    },
    {
      name: 'only-the-registries-import-kinds',
      comment: 'Everybody else asks kinds.ts, letters.ts and lambdas.ts.',
      severity: 'error',
      from: { path: '^functions/', pathNot: ['^functions/handoffs/', '^functions/lambdas\\.ts$'] },
      to: { path: '^functions/handoffs/(?!any-kind/)[^/]+/' },
    },
    {
      name: 'kinds-decide-without-mail',
      comment: 'A decision says what to send; the words are made when it is sent.',
      severity: 'error',
      from: {
        path: '^functions/handoffs/(?!any-kind/)[^/]+/[^/]+\\.ts$',
        pathNot: '(words|letters)\\.ts$',
      },
      to: { path: '^functions/mail/' },
    },
    {
      name: 'words-know-no-adapter',
      comment: 'An email or a page is written from what was decided.',
      severity: 'error',
      from: {
        path: ['^functions/(mail|pages)/', '^functions/handoffs/[^/]+/emails/', '^functions/.*words\\.ts$'],
      },
      to: { path: [sdk, '^functions/(adapters|outbox|runtime|lambdas)/'] },
    },
    {
      name: 'the-outbox-knows-ports',
      comment: 'The outbox asks ports; adapters implement them.',
      severity: 'error',
      from: { path: '^functions/outbox/' },
      to: { path: [sdk, '^functions/(adapters|runtime|pages|lambdas)/'] },
    },
    {
      name: 'adapters-implement-ports',
      severity: 'error',
      comment: 'An adapter implements a port of a deciding room, nothing more.',
      from: { path: '^functions/adapters/' },
      to: { path: '^functions/(outbox|mail|pages|runtime|lambdas)/' },
    },
    {
      name: 'only-adapters-import-an-sdk',
      comment: 'Adapters and operators’ commands call AWS; runtime makes the clients.',
      severity: 'error',
      from: { path: '^functions/', pathNot: ['^functions/(adapters|runtime)/'] },
      to: { path: sdk },
    },
    {
      name: 'only-handlers-import-runtime',
      comment: 'A use case is given its services.',
      severity: 'error',
      from: {
        path: '^functions/',
        pathNot: ['^functions/runtime/', '/handler\\.ts$', '^functions/lambdas?\\.ts$'],
      },
      to: { path: '^functions/runtime/' },
    },
    {
      name: 'the-stack-knows-contracts-and-settings',
      comment: 'The stack knows a function by the path of its file.',
      severity: 'error',
      from: { path: '^lib/' },
      to: { path: '^functions/(handoff|handoffs|my-day|mail|pages|outbox|lambdas|readiness)/' },
    },
    {
      name: 'the-emulator-knows-the-assembly',
      comment: 'It runs any synthesized template.',
      severity: 'error',
      from: { path: '^local/emulator/' },
      to: { path: '^(functions|lib|bin|groups|samples|test|local)/', pathNot: '^local/emulator/' },
    },
    {
      name: 'commands-do-not-import-tests',
      comment: 'What a command needs is no test.',
      severity: 'error',
      from: { path: '^bin/' },
      to: { path: '^test/' },
    },
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.mjs', '.js', '.json'] },
  },
};
