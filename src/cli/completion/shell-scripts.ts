/** What a shell runs once; from then on it asks `khotan complete` at every Tab. */
export const SCRIPTS: Readonly<Record<string, string>> = {
  bash: `_khotan() {
  local IFS=$'\\n'
  COMPREPLY=($(compgen -W "$(khotan complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}")" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -F _khotan khotan
`,
  zsh: `#compdef khotan
_khotan() {
  local -a found
  found=("\${(@f)$(khotan complete -- "\${(@)words[2,CURRENT]}")}")
  compadd -a found
}
compdef _khotan khotan
`,
  fish: `complete -c khotan -f -a "(khotan complete -- (commandline -opc)[2..] (commandline -ct))"
`,
};

export const SHELLS: readonly string[] = Object.keys(SCRIPTS);
