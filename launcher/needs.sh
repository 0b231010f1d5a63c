# shellcheck shell=bash
# What each command needs, and the commands that tell and install it.

# Commands that have a row here; everything else is the operator's command.
readonly known_commands=(build package demo test cli lab bench-agent bench-agent-lab)

# What a lab needs of the machine; what its hosts need is in their image.
readonly lab_needs='mmdebstrap debian_keyring nspawn ip nft tcpdump ssh ansible python3'

needs_of() {
  case $1 in
    build | cli | package) echo 'jdk maven' ;;
    bench) echo 'jdk maven' ;;
    bench-agent) echo 'jdk maven postgresql setpriv node_exporter monit' ;;
    bench-agent-lab) echo "root jdk maven $lab_needs" ;;
    demo) echo 'jdk maven postgresql setpriv' ;;
    test)
      echo 'jdk maven shellcheck systemd_analyze ansible_lint yamllint postgresql setpriv chromium fonts promtool faketime node_exporter monit' \
        "$lab_needs"
      ;;
    lab) echo "jdk maven $lab_needs" ;;
    stage-rebuild) echo 'jdk maven' ;;
    stage-build) echo 'jdk maven shellcheck setpriv systemd_analyze ansible ansible_lint yamllint' ;;
    stage-lab) echo "root jdk maven $lab_needs" ;;
    stage-integration) echo 'jdk maven postgresql setpriv chromium fonts promtool faketime node_exporter monit' ;;
    stage-demo) echo 'jdk maven postgresql setpriv' ;;
    *) return 1 ;;
  esac
}

title_of() {
  case $1 in
    jdk) echo "a JDK >= $least_java" ;;
    maven) echo 'Maven >= 3.8' ;;
    postgresql) echo "PostgreSQL >= $least_postgres (server programs)" ;;
    setpriv) echo 'setpriv (util-linux)' ;;
    shellcheck) echo 'shellcheck' ;;
    chromium) echo 'Chromium' ;;
    fonts) echo 'a font with Chinese' ;;
    promtool) echo 'promtool (Prometheus)' ;;
    node_exporter) echo 'prometheus-node-exporter' ;;
    monit) echo 'monit' ;;
    faketime) echo 'libfaketime' ;;
    systemd_analyze) echo 'systemd-analyze (systemd)' ;;
    nspawn) echo 'systemd-nspawn (systemd-container)' ;;
    debian_keyring) echo "the keys of Debian's archive" ;;
    ip) echo 'ip (iproute2)' ;;
    nft) echo 'nft (nftables)' ;;
    ssh) echo 'ssh (openssh-client)' ;;
    ansible) echo 'Ansible' ;;
    ansible_lint) echo 'ansible-lint' ;;
    root) echo 'root on Linux' ;;
    python3) echo 'Python >= 3.9' ;;
    mmdebstrap | tcpdump | yamllint) echo "$1" ;;
  esac
}

# missing_of COMMAND: those of its needs that are not there.
missing_of() {
  local need
  for need in $(needs_of "$1"); do
    "find_$need" >/dev/null 2>&1 || printf '%s\n' "$need"
  done
}

# require COMMAND YES: everything that it needs is there afterwards, or this ends with 2.
require() {
  local missing
  mapfile -t missing < <(missing_of "$1")
  if ((${#missing[@]} == 0)); then
    return
  fi
  install_missing "$1" "$2" "${missing[@]}" || exit 2
  mapfile -t missing < <(missing_of "$1")
  if ((${#missing[@]} > 0)); then
    give_up "still missing after the installation: ${missing[*]}"
  fi
}

command_doctor() {
  local command need found bad=0 commands=("${known_commands[@]}")
  if (($# > 1)); then
    give_up "doctor takes at most one command: ${known_commands[*]}"
  elif (($# == 1)); then
    needs_of "$1" >/dev/null || give_up "doctor knows these commands: ${known_commands[*]}"
    commands=("$1")
  fi
  for command in "${commands[@]}"; do
    printf '%s\n' "$command"
    for need in $(needs_of "$command"); do
      if found=$("find_$need" 2>/dev/null); then
        printf '  ok       %-36s %s\n' "$(title_of "$need")" "$found"
      else
        printf '  missing  %-36s %s\n' "$(title_of "$need")" "$(remedy_of "$need")"
        bad=1
      fi
    done
  done
  return "$bad"
}

command_install() {
  local argument yes=no command=test missing
  for argument in "$@"; do
    case $argument in
      --yes | -y) yes=yes ;;
      *)
        needs_of "$argument" >/dev/null ||
          give_up "install knows these commands: ${known_commands[*]}"
        command=$argument
        ;;
    esac
  done
  mapfile -t missing < <(missing_of "$command")
  if ((${#missing[@]} == 0)); then
    say "nothing is missing for $command"
    return
  fi
  require "$command" "$yes"
}
