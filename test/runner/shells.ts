/** How a shell step's script is started. */
export interface ScriptCommand {
  readonly command: string;
  /** `{0}` stands for the script's file. */
  readonly args: readonly string[];
  readonly extension: string;
}

const SHELLS: Readonly<Record<string, ScriptCommand>> = {
  bash: { command: 'bash', args: ['--noprofile', '--norc', '-eo', 'pipefail', '{0}'], extension: '.sh' },
  node: { command: process.execPath, args: ['{0}'], extension: '.js' },
  python: { command: 'python3', args: ['{0}'], extension: '.py' },
  sh: { command: 'sh', args: ['-e', '{0}'], extension: '.sh' },
};

/** Without a shell named it is bash, too, but without `pipefail`: GitHub makes that difference. */
const UNNAMED: ScriptCommand = { command: 'bash', args: ['-e', '{0}'], extension: '.sh' };

/** The command for `shell:`. */
export function scriptCommand(shell: string | undefined): ScriptCommand {
  if (shell === undefined || shell === '') return UNNAMED;
  const known = SHELLS[shell];
  if (known !== undefined) return known;
  const [command = '', ...args] = shell.trim().split(/\s+/);
  if (!args.some((arg) => arg.includes('{0}'))) throw new Error(`shell: '${shell}' is not known here`);
  return { command, args, extension: '' };
}
