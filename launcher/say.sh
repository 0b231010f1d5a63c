# shellcheck shell=bash
# How the launcher speaks: answers to stdout, messages to stderr.

say() {
  printf 'holdfast: %s\n' "$*" >&2
}

# Ends with 2: wrong usage, or something is missing that cannot be had.
give_up() {
  say "$@"
  exit 2
}

is_ci() {
  [[ ${CI:-} == true || ${CI:-} == 1 ]]
}

# confirm QUESTION: false where nobody is there to answer.
confirm() {
  local answer
  [[ -t 0 && -t 2 ]] || return 1
  read -r -p "$1 [y/N] " answer || return 1
  [[ $answer == [yY] || $answer == [yY][eE][sS] ]]
}
