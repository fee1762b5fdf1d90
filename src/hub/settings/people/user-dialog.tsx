"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { CreatedUser, UserRecord } from "../../../contract/index.ts";
import { useAction } from "../../data/use-action.ts";
import { FormDialog } from "../../parts/action/form-dialog.tsx";
import { useToast } from "../../parts/toast/use-toast.ts";
import { Choice, Field } from "../form-fields.tsx";
import { readTenants } from "./read-tenants.ts";
import { RoleChoice } from "./role-choice.tsx";
import { TenantsField } from "./tenants-field.tsx";

interface UserDialogProps {
  /** `null` invites a new one. */
  readonly user: UserRecord | null;
  readonly onMade: (made: CreatedUser) => void;
  readonly onClose: () => void;
}

/** Invite a person, or change what they may. */
export function UserDialog({ user, onMade, onClose }: UserDialogProps) {
  const t = useTranslations("people");
  const toast = useToast();
  const queryClient = useQueryClient();
  const [name, setName] = useState(user?.name ?? "");
  const [email, setEmail] = useState(user?.email ?? "");
  const [role, setRole] = useState(user?.role ?? "viewer");
  const [tenantsText, setTenants] = useState<string | null>(
    user === null || user.tenants === "*" ? null : user.tenants.join(", "),
  );
  const [signIn, setSignIn] = useState<"link" | "password">("link");
  const tenants = tenantsText === null ? "*" : readTenants(tenantsText);
  const reread = () => void queryClient.invalidateQueries({ queryKey: ["listUsers"] });
  const create = useAction("createUser", {
    onDone: (made) => {
      reread();
      onMade(made);
    },
  });
  const update = useAction("updateUser", {
    onDone: (now) => {
      reread();
      toast.done(t("users.saved", { name: now.name }), { id: now.id });
      onClose();
    },
  });
  const submit = () => {
    if (tenants === undefined) return;
    if (user) update.run({ params: { id: user.id }, body: { name, role, tenants } });
    else create.run({ body: { name, email, role, tenants, signIn } });
  };
  return (
    <FormDialog
      needs="admin"
      title={user ? t("users.editTitle", { name: user.name }) : t("users.inviteTitle")}
      {...(user ? {} : { text: t("users.inviteText") })}
      submit={t(user ? "users.save" : "users.inviteButton")}
      pending={create.pending || update.pending}
      blocked={tenants === undefined ? t("tenantsWrong") : undefined}
      onClose={onClose}
      onSubmit={submit}
    >
      <Field label={t("name")} value={name} onText={setName} required maxLength={100} autoComplete="off" />
      {user === null && (
        <Field label={t("email")} type="email" value={email} onText={setEmail} required autoComplete="off" />
      )}
      <RoleChoice role={role} onRole={setRole} />
      <TenantsField text={tenantsText} onText={setTenants} wrong={tenants === undefined} />
      {user === null && (
        <Choice
          label={t("users.way")}
          value={signIn}
          onText={(text) => setSignIn(text === "password" ? "password" : "link")}
        >
          <option value="link">{t("users.wayLink")}</option>
          <option value="password">{t("users.wayPassword")}</option>
        </Choice>
      )}
    </FormDialog>
  );
}
