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
  switch (schema.type) {
    case 'string':
      return ofString(value, schema, at);
    case 'integer':
      return ofInteger(value, schema, at);
    case 'boolean':
      return typeof value === 'boolean' ? [] : [`${at}: not a boolean`];
    case 'array':
      return ofArray(value, schema, root, at);
    case 'object':
      return ofObject(value, schema, root, at);
    default:
      return [`${at}: a schema of type ${schema.type}`];
  }
}

/** Follows `#/components/…`. */
export function resolve(ref: string, root: unknown): Schema {
  const steps = ref.replace('#/', '').split('/');
  return steps.reduce<unknown>((place, step) => (place as Record<string, unknown>)[step], root) as Schema;
}

function ofString(value: unknown, schema: Schema, at: string): string[] {
  if (typeof value !== 'string') return [`${at}: not a string`];
  const wrong: string[] = [];
  // Some patterns escape what the u flag forbids to escape; those with \p need it.
  const flags = schema.pattern?.includes('\\p{') ? 'u' : '';
  if (schema.pattern !== undefined && !new RegExp(schema.pattern, flags).test(value)) {
    wrong.push(`${at}: ${value} does not fit ${schema.pattern}`);
  }
  if (value.length < (schema.minLength ?? 0)) wrong.push(`${at}: too short`);
  if (value.length > (schema.maxLength ?? Number.POSITIVE_INFINITY)) wrong.push(`${at}: too long`);
  if (schema.format === 'date-time' && !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value)) {
    wrong.push(`${at}: ${value} is no time`);
  }
  return wrong;
}

function ofInteger(value: unknown, schema: Schema, at: string): string[] {
  if (!Number.isInteger(value)) return [`${at}: not an integer`];
  const number = value as number;
  const low = number < (schema.minimum ?? Number.NEGATIVE_INFINITY);
  const high = number > (schema.maximum ?? Number.POSITIVE_INFINITY);
  return low || high ? [`${at}: ${number} is out of range`] : [];
}

function ofArray(value: unknown, schema: Schema, root: unknown, at: string): string[] {
  if (!Array.isArray(value)) return [`${at}: not an array`];
  const wrong: string[] = [];
  if (value.length < (schema.minItems ?? 0)) wrong.push(`${at}: too few`);
  if (value.length > (schema.maxItems ?? Number.POSITIVE_INFINITY)) wrong.push(`${at}: too many`);
  const { items } = schema;
  if (items !== undefined) {
    wrong.push(...value.flatMap((one, index) => violations(one, items, root, `${at}[${index}]`)));
  }
  return wrong;
}

function ofObject(value: unknown, schema: Schema, root: unknown, at: string): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${at}: not an object`];
  const fields = value as Record<string, unknown>;
  const missing = (schema.required ?? []).filter((name) => !(name in fields));
  const wrong = missing.map((name) => `${at}.${name}: missing`);
  for (const [name, field] of Object.entries(fields)) {
    const inner = schema.properties?.[name];
    if (inner === undefined) wrong.push(`${at}.${name}: unknown`);
    else wrong.push(...violations(field, inner, root, `${at}.${name}`));
  }
  return wrong;
}
