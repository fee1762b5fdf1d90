/**
 * One value per process and name. Next bundles instrumentation, routes and pages separately and our server is compiled
 * on its own, so a module runs several times in one process; pools and instances must not.
 *
 * @example
 * const pool = () => processSingleton("khotan.pool", () => createPool());
 */
export const processSingleton = <T>(name: string, create: () => T): T => {
  const key = Symbol.for(name);
  // The name is the type's only witness: each is used in exactly one module.
  const holder = globalThis as { [key]?: T };
  holder[key] ??= create();
  return holder[key];
};

/** Takes the value out, so that the next call creates a new one. */
export const forgetSingleton = (name: string): void => {
  Reflect.deleteProperty(globalThis, Symbol.for(name));
};
