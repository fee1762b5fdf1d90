import { isCancel, password } from "@clack/prompts";
import { createClient } from "../../client/index.ts";
import { CliError, usageError } from "../cli-error.ts";
import { type CommandGroup, openContext } from "../command-context.ts";
import { EXIT } from "../exit-codes.ts";
import { loginFile, removeLogin, writeLogin } from "../saved-login.ts";

/** `khotan login`, `khotan logout`, `khotan whoami` */
export const loginCommands: CommandGroup = (program, terminal) => {
  program
    .command("login")
    .summary("keep a hub's address and key for later commands")
    .description(
      "Tries the key, then keeps it in ~/.config/khotan/login.json, readable by you alone. The key comes from --key, KHOTAN_API_KEY, a question, or standard input.\n\nExample: khotan login --url https://hub.example.com < key.txt",
    )
    .action(async (_, command) => {
      const context = await openContext(command, terminal);
      const options = command.optsWithGlobals();
      let key: string = options.key ?? terminal.env.KHOTAN_API_KEY ?? "";
      if (key === "" && terminal.interactive) {
        const asked = await password({ message: `API key for ${context.url}` });
        if (isCancel(asked)) throw new CliError("Nothing was kept.", { exitCode: EXIT.interrupted });
        key = asked;
      } else if (key === "") key = await terminal.readStdin();
      key = key.trim();
      if (key === "")
        throw usageError("There is no key.", "Make one in the Hub, or start the hub with KHOTAN_API_KEY.");
      const client = createClient({ baseUrl: context.url, headers: { authorization: `Bearer ${key}` } });
      const { principal } = await client.getOverview();
      const file = loginFile(terminal);
      await writeLogin(file, { url: context.url, key });
      context.show({ url: context.url, principal, file }, () =>
        context.line(`${principal.name} (${principal.role}) at ${context.url}`),
      );
    });

  program
    .command("logout")
    .summary("forget the kept address and key")
    .description("Removes what `khotan login` kept.\n\nExample: khotan logout")
    .action(async () => removeLogin(loginFile(terminal)));

  program
    .command("whoami")
    .summary("who the key is")
    .description("Shows whom the hub takes you for.\n\nExample: khotan whoami --json")
    .action(async (_, command) => {
      const context = await openContext(command, terminal);
      const { principal, tenants } = await context.client.getOverview();
      context.show({ url: context.url, principal, tenants }, () =>
        context.line(`${principal.name} (${principal.role}) at ${context.url}`),
      );
    });
};
