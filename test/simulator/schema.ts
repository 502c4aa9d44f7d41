/** As much of OpenAPI 3.0's schemas as the specification of Atlas uses. */

export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly nullable?: boolean;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly format?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: Schema;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
}

/** All the ways a value breaks its schema. A field the schema does not know is one of them. */
export function violations(value: unknown, schema: Schema, root: unknown, at = '$'): string[] {
  if (schema.$ref !== undefined) {
    const target = resolve(schema.$ref, root);
    return violations(value, { ...target, nullable: schema.nullable ?? target.nullable ?? false }, root, at);
  }
  if (value === null) return schema.nullable ? [] : [`${at}: null`];
  if (schema.enum !== undefined && !schema.enum.includes(value)) return [`${at}: ${value} is not allowed`];
  const type = Array.isArray(value) ? 'array' : Number.isInteger(value) ? 'integer' : typeof value;
  if (type !== schema.type) return [`${at}: not of type ${schema.type}`];
  const wrong: string[] = [];
  const size = typeof value === 'number' ? value : ((value as { length?: number }).length ?? 0);
  const least = schema.minLength ?? schema.minItems ?? schema.minimum ?? Number.NEGATIVE_INFINITY;
  const most = schema.maxLength ?? schema.maxItems ?? schema.maximum ?? Number.POSITIVE_INFINITY;
  if (type !== 'object' && (size < least || size > most)) wrong.push(`${at}: ${size} is out of range`);
  if (typeof value === 'string') {
    const { pattern = '', format } = schema;
    // Some patterns escape what the u flag forbids to escape; those with \p need it.
    if (!new RegExp(pattern, pattern.includes('\\p{') ? 'u' : '').test(value))
      wrong.push(`${at}: ${value} does not fit ${pattern}`);
    if (format === 'date-time' && !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value))
      wrong.push(`${at}: ${value} is no time`);
  }
  const { items = {}, required = [], properties = {} } = schema;
  if (Array.isArray(value) && schema.items !== undefined)
    wrong.push(...value.flatMap((one, index) => violations(one, items, root, `${at}[${index}]`)));
  if (type === 'object') {
    const fields = Object.entries(value as object);
    const missing = required.filter((name) => !fields.some(([field]) => field === name));
    wrong.push(...missing.map((name) => `${at}.${name}: missing`));
    for (const [name, field] of fields) {
      const inner = properties[name];
      if (inner === undefined) wrong.push(`${at}.${name}: unknown`);
      else wrong.push(...violations(field, inner, root, `${at}.${name}`));
    }
  }
  return wrong;
}

/** Follows `#/components/…`. */
export function resolve(ref: string, root: unknown): Schema {
  const steps = ref.replace('#/', '').split('/');
  return steps.reduce<unknown>((place, step) => (place as Record<string, unknown>)[step], root) as Schema;
}
