import { readFileSync } from "node:fs";
import ts from "typescript";

/** The names of an interface's fields and methods, read from its source. @throws Error when there is no such interface */
export function declaredFields(path: string, name: string): string[] {
  const file = ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.ES2023);
  const found = file.statements.find((each) => ts.isInterfaceDeclaration(each) && each.name.text === name);
  if (!found || !ts.isInterfaceDeclaration(found)) throw new Error(`${path} declares no interface ${name}`);
  return found.members.flatMap((member) => (member.name && ts.isIdentifier(member.name) ? [member.name.text] : []));
}
