/** A test's own process is ended without an exit of its own, so what ran in it is written down after each file. */
import { takeCoverage } from 'node:v8';
import { afterAll } from 'vitest';

afterAll(takeCoverage);
