#!/usr/bin/env node
// For a linked "handoff": on an older Node it says what to do, where TypeScript would fail to load.
import './require-node-24.mjs';

await import('./handoff.ts');
