/** The recorder for tests that run src/ in their own process. */
import { afterAll } from 'vitest';
import { writeRecord } from './recorder.ts';

// A worker is ended without an exit of its own.
afterAll(writeRecord);
