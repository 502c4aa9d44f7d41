/** Lets the packages see what they see in the bundles: `paths` of tsconfig.json, which ncc obeys. */
import { registerHooks } from 'node:module';

const STAND_INS: Readonly<Record<string, string>> = {
  '@actions/exec': '../../src/bundle/stand-ins.ts',
  '@actions/http-client': '../../src/bundle/stand-ins.ts',
  '@actions/http-client/lib/auth': '../../src/bundle/stand-ins.ts',
};

registerHooks({
  resolve(specifier, context, next) {
    const standIn = STAND_INS[specifier];
    return standIn === undefined
      ? next(specifier, context)
      : { url: new URL(standIn, import.meta.url).href, shortCircuit: true };
  },
});
