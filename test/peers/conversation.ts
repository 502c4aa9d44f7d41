/** A program around a library of others. It answers as long as it is asked: one line of JSON for another. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';

export interface Conversation extends AsyncDisposable {
  ask<Answer>(question: unknown): Promise<Answer>;
}

/** Starts the program and tells it what it has to know first. */
export function converse(program: string, told: unknown): Conversation {
  const env = { ...process.env, NO_PROXY: '*' };
  const child = spawn(program, { env, stdio: 'pipe', timeout: 50_000 });
  const complaints = text(child.stderr);
  const ended = once(child, 'close');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  child.stdin.on('error', () => {}); // it has given up, and what is asked next says why
  const say = (line: unknown) => child.stdin.write(`${JSON.stringify(line)}\n`);
  say(told);
  return {
    async ask(question) {
      say(question);
      const { value, done } = await lines.next();
      if (done) throw new Error(`${program} gave up: ${await complaints}`);
      return JSON.parse(value);
    },
    async [Symbol.asyncDispose]() {
      child.stdin.end();
      await ended;
    },
  };
}
