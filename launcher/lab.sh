# shellcheck shell=bash
# ./holdfast lab: booted systemd hosts on this machine. Here the commands; the parts are in lab-*.sh,
# what runs for as long as a lab does is in lab/host.

readonly lab="$work/lab"

lab_usage() {
  cat <<'TEXT'
Usage: ./holdfast lab COMMAND [ARGUMENT...]

  up [--collectors N] [--hosts N] [--bare] [--yes]
                                boots collector-1 .. and trade-a .., and rolls Holdfast out on them;
                                without options 1 collector and 2 hosts; --bare: boots them only
  down                          ends it and removes everything of it
  status                        the hosts, and the faults that are set
  exec HOST COMMAND...          runs a command on a host; HOST bridge: on this machine, inside the
                                lab's network
  play PLAYBOOK [ARGUMENT...]   plays one of ansible/ on the hosts, with more arguments for
                                ansible-playbook: play upgrade.yml --check
  start HOST                    boots a host that was killed or powered off
  kill HOST [--lose-disk]       a silent death: first its cable, then its processes
  pause HOST | resume HOST      freezes every process of the host | lets them go on
  partition A B [--one-way]     cuts A from B; one way: what A sends does not reach B
  partition HOST --collectors   cuts a host from all collectors
  slow HOST DELAY [JITTER]      delays what it sends and what it gets, each way; 0ms: as before
  loss HOST PERCENT             loses that share of its packets, each way; 0: none
  heal                          takes back all of partition, slow and loss
  clock HOST +DURATION|-DURATION
                                shifts the wall clock of its Holdfast and trading services, and of
                                nothing else; +0s: as before

Durations: 20ms, 5s, 3m, 2h. One lab per checkout, all of it in .holdfast/lab; docs/lab.md tells more.
TEXT
}

command_lab() {
  local command=${1-}
  case $command in
    '' | help | -h | --help)
      lab_usage
      [[ -n $command ]] || exit 2
      return
      ;;
    up | down | status | exec | play | start | kill | pause | resume | partition | heal | slow | loss | clock)
      shift
      "lab_$command" "$@"
      ;;
    *) give_up "lab knows no command $command; ./holdfast lab --help lists them" ;;
  esac
}

# Ends with 3: the lab is not as this command needs it.
lab_refuse() {
  say "$@"
  exit 3
}

lab_requires_root() {
  local reason
  if ! reason=$(why_no_root); then
    give_up "a lab needs root on Linux: $reason"
  fi
}

lab_is_up() {
  [[ -f $lab/state ]]
}

lab_requires_up() {
  lab_requires_root
  lab_is_up || lab_refuse 'no lab is up in this checkout; ./holdfast lab up starts one'
}

lab_hosts() {
  local home
  for home in "$lab"/hosts/*/; do
    [[ -d $home ]] && basename -- "$home"
  done
}

# lab_require_host NAME: ends with 2, and the names there are, where it is none of them.
lab_require_host() {
  lab_requires_up
  if [[ ! $1 =~ ^[a-z0-9-]+$ || ! -d $lab/hosts/$1 ]]; then
    give_up "the lab has no host '$1'; it has: $(lab_hosts | paste -sd ' ')"
  fi
}

# lab_arguments COUNT TEXT ARGUMENT...: ends with 2 where there are not as many arguments.
lab_arguments() {
  local count=$1 text=$2
  shift 2
  (($# == count)) || give_up "usage: ./holdfast lab $text"
}

# One command at a time changes a lab.
lab_lock() {
  mkdir -p -- "$lab" || give_up "cannot write $lab"
  exec {lab_lock}>"$work/lab.lock"
  if ! flock -n "$lab_lock"; then
    say 'waiting for another command of this lab'
    flock -w 600 "$lab_lock" || lab_refuse 'another command of this lab takes more than ten minutes'
  fi
}

lab_up() {
  local collectors=1 hosts=2 bare=no yes=no
  while (($# > 0)); do
    case $1 in
      --collectors | --hosts)
        [[ ${2-} =~ ^[1-9]$ ]] || give_up "$1 takes a number from 1 to 9"
        printf -v "${1#--}" '%s' "$2"
        shift
        ;;
      --bare) bare=yes ;;
      --yes | -y) yes=yes ;;
      *) give_up "lab up does not know $1; usage: ./holdfast lab up [--collectors N] [--hosts N] [--bare]" ;;
    esac
    shift
  done
  lab_requires_root
  require lab "$yes"
  if [[ $bare == no ]]; then
    build_apps cli demo
  fi
  lab_lock
  lab_boot "$collectors" "$hosts"
  if [[ $bare == no ]]; then
    lab_roll_out
    lab_state_is ready
  fi
}

# lab_boot COLLECTORS HOSTS: those are booted afterwards; a lab that a crash left behind is removed.
lab_boot() {
  local began=$SECONDS shape="$1 $2" host
  if lab_is_up; then
    [[ $(<"$lab/shape") == "$shape" ]] ||
      lab_refuse "a lab of another shape is up (collectors and hosts: $(<"$lab/shape")); ./holdfast lab down ends it"
    say 'the lab is up already'
    return
  fi
  lab_remove
  mkdir -p -- "$lab/hosts" "$lab/log"
  printf '%s\n' "$shape" >"$lab/shape"
  lab_image
  lab_make_network
  lab_make_hosts "$1" "$2"
  for host in $(lab_hosts); do
    lab_start_host "$host"
  done
  for host in $(lab_hosts); do
    lab_wait_booted "$host"
  done
  lab_write_known_hosts
  lab_state_is bare
  say "booted $(lab_hosts | paste -sd ' ') in $((SECONDS - began)) s"
}

# bare, or ready, with Holdfast on it. Without a state a lab is half made, or half removed.
lab_state_is() {
  printf '%s\n' "$1" >"$lab/state.new"
  mv -- "$lab/state.new" "$lab/state"
}

lab_down() {
  lab_arguments 0 down "$@"
  lab_requires_root
  if [[ ! -e $lab ]]; then
    say 'no lab is up in this checkout'
    return
  fi
  lab_lock
  lab_remove
  rm -f -- "$work/lab.lock"
  say 'the lab is down, and nothing of it is left'
}

lab_status() {
  local host
  lab_arguments 0 status "$@"
  lab_requires_up
  for host in $(lab_hosts); do
    printf '%-12s %-12s %s\n' "$host" "$(<"$lab/hosts/$host/address")" "$(lab_host_state "$host")"
  done
  lab_list_faults
  if [[ $(<"$lab/state") == ready ]]; then
    printf 'page         https://%s.1:8443/ (the browser warns: its certificate is of the lab)\n' "$(<"$lab/door")"
  fi
}

lab_exec() {
  (($# >= 2)) || give_up 'usage: ./holdfast lab exec HOST COMMAND...'
  local host=$1
  shift
  if [[ $1 == -- ]]; then
    shift
  fi
  if [[ $host == bridge ]]; then
    lab_requires_up
    exec nsenter --net="/proc/$(<"$lab/network")/ns/net" -- "$@"
  fi
  lab_require_host "$host"
  lab_require_running "$host"
  exec nsenter -t "$(lab_leader "$host")" -a -- env -i "TERM=${TERM:-dumb}" LANG=C.UTF-8 HOME=/root \
    USER=root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$@"
}
