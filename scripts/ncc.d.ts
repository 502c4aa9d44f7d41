/** The part of ncc that the build uses; the package has no types of its own. */
declare module '@vercel/ncc' {
  export interface StatsModule {
    /** The file's path; absent for a group of concatenated modules. */
    readonly nameForCondition?: string | null;
    readonly modules?: readonly StatsModule[];
  }

  export interface Result {
    readonly code: string;
    readonly assets: Readonly<Record<string, { readonly source: string | Buffer }>>;
    readonly stats: {
      toJson(options: Readonly<Record<string, boolean | number>>): {
        readonly modules: readonly StatsModule[];
      };
    };
  }

  export default function ncc(
    entry: string,
    options: { readonly cache: false; readonly quiet: true; readonly license: '' },
  ): Promise<Result>;
}
