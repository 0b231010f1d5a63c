# shellcheck shell=bash
# The lab's network, its hosts and their life. All processes of a lab are in one control group, so that
# no crash can hide one; mounts live in mount namespaces of those processes and go with them.

# The lab of this checkout among those of others: in names that the whole machine shares.
lab_id() {
  local id
  id=$(printf '%s' "$root" | sha256sum)
  printf '%s\n' "${id:0:6}"
}

lab_unified() {
  awk '$3 == "cgroup2" { print $2; exit }' /proc/mounts
}

# The control groups of this lab: the one of ours, and what systemd-nspawn makes beside it where the
# machine has older ones too.
lab_groups() {
  local base
  for base in "$(lab_unified)" /sys/fs/cgroup/systemd; do
    [[ -d $base/holdfast-lab-$(lab_id) ]] && printf '%s\n' "$base/holdfast-lab-$(lab_id)"
  done
  return 0
}

lab_group() {
  printf '%s\n' "$(lab_unified)/holdfast-lab-$(lab_id)"
}

# why_no_root: false with the reason, where no lab can be.
why_no_root() {
  local unified
  if [[ $(uname -s) != Linux ]]; then
    printf 'this is %s\n' "$(uname -s)"
    return 1
  elif ((EUID != 0)); then
    printf 'you are not root; next step: sudo %q lab ...\n' "$root/holdfast"
    return 1
  fi
  unified=$(lab_unified)
  if [[ -z $unified || ! -w $unified/cgroup.procs ]]; then
    printf 'control groups of version 2 are not mounted, or not writable (in a container?)\n'
    return 1
  fi
  printf 'root, %s\n' "$unified"
}

# lab_in_group GROUP COMMAND...: runs it in that group of the lab.
lab_in_group() {
  local group
  group=$(lab_group)/$1
  shift
  mkdir -p -- "$group"
  (
    printf '%s\n' "$BASHPID" >"$group/cgroup.procs"
    exec {lab_lock}>&-
    "$@" </dev/null
  )
}

# lab_spawn GROUP COMMAND...: likewise, in the background and in a session of its own. It is in its
# group when this is over.
lab_spawn() {
  local group=$1
  shift
  lab_in_group "$group" lab_background "$@"
}

lab_background() {
  setsid "$@" &
}

# A process that does nothing holds the network namespace; nothing of it is mounted or named.
lab_make_network() {
  local deadline=$((SECONDS + 20))
  lab_spawn network unshare --net -- "$root/lab/host/network" "$lab" >>"$lab/log/network.log" 2>&1
  until [[ -s $lab/network ]]; do
    if ((SECONDS >= deadline)); then
      cat "$lab/log/network.log" >&2
      give_up 'the network of the lab could not be made; its words are above'
    fi
    sleep 0.05
  done
  lab_set_rules
}

lab_in_network() {
  nsenter --net="/proc/$(<"$lab/network")/ns/net" -- "$@"
}

# lab_make_hosts COLLECTORS HOSTS: their names and addresses; the disks are made when they boot.
lab_make_hosts() {
  local number letters=abcdefghi
  mkdir -p -- "$lab/ssh"
  ssh-keygen -q -t ed25519 -N '' -C holdfast-lab -f "$lab/ssh/id_ed25519"
  for ((number = 1; number <= $2; number++)); do
    lab_make_host "trade-${letters:number-1:1}" "10.78.0.$((10 + number))"
  done
  for ((number = 1; number <= $1; number++)); do
    lab_make_host "collector-$number" "10.78.0.$((20 + number))"
  done
  cat >"$lab/ssh/config" <<TEXT
Host *
  User root
  IdentityFile "$lab/ssh/id_ed25519"
  IdentitiesOnly yes
  UserKnownHostsFile "$lab/ssh/known_hosts"
  StrictHostKeyChecking yes
TEXT
}

lab_make_host() {
  local home="$lab/hosts/$1"
  mkdir -p -- "$home"
  printf '%s\n' "$2" >"$home/address"
  printf '%s-%s\n' "$1" "$(lab_id)" >"$home/machine"
  ln -sfn -- "$(readlink -- "$lab/image")" "$home/image"
}

# The keys of the hosts as they are now: one that lost its disk has another.
lab_write_known_hosts() {
  local home key
  for home in "$lab"/hosts/*/; do
    for key in "$home/disk/upper/etc/ssh/"*.pub; do
      [[ -f $key ]] && printf '%s,%s %s\n' "$(basename -- "$home")" "$(<"$home/address")" "$(<"$key")"
    done
  done >"$lab/ssh/known_hosts.new"
  mv -- "$lab/ssh/known_hosts.new" "$lab/ssh/known_hosts"
}

lab_start_host() {
  local home="$lab/hosts/$1" network
  network=$(<"$lab/network")
  rm -f -- "$home/paused"
  lab_spawn "$1" nsenter --net="/proc/$network/ns/net" unshare --mount -- \
    "$root/lab/host/supervise" "$lab" "$1" >>"$lab/log/$1.log" 2>&1
}

# lab_leader HOST: its first process, as this machine numbers it; fails where the host is off.
lab_leader() {
  local leader
  leader=$(cat "$lab/hosts/$1/leader" 2>/dev/null) && [[ -d /proc/$leader ]] && printf '%s\n' "$leader"
}

lab_inside() {
  local leader host=$1
  shift
  leader=$(lab_leader "$host") || return 1
  nsenter -t "$leader" -a -- env -i LANG=C.UTF-8 HOME=/root \
    PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$@"
}

lab_system_state() {
  local said
  said=$(lab_inside "$1" systemctl is-system-running 2>/dev/null) || true
  printf '%s\n' "${said:-booting}"
}

lab_host_state() {
  if ! lab_leader "$1" >/dev/null; then
    echo off
  elif [[ -f $lab/hosts/$1/paused ]]; then
    echo paused
  else
    lab_system_state "$1"
  fi
}

lab_wait_booted() {
  local deadline=$((SECONDS + 90))
  until [[ $(lab_system_state "$1") =~ ^(running|degraded)$ ]]; do
    if ((SECONDS >= deadline)) || ! lab_supervised "$1"; then
      tail -n 15 "$lab/log/$1.log" >&2
      say "$1 did not boot; its console: $lab/log/$1.log"
      exit 1
    fi
    sleep 0.2
  done
}

# Whether the supervisor of a host lives: it has the host's group.
lab_supervised() {
  [[ -n $(cat "$(lab_group)/$1/cgroup.procs" "$(lab_group)/$1/supervisor/cgroup.procs" 2>/dev/null) ]]
}

lab_require_running() {
  lab_leader "$1" >/dev/null || lab_refuse "$1 is off; ./holdfast lab start $1 boots it"
  if [[ -f $lab/hosts/$1/paused ]]; then
    lab_refuse "$1 is paused; ./holdfast lab resume $1 lets it go on"
  fi
}

# lab_end_group DIRECTORY: every process below it is gone afterwards, frozen ones too.
lab_end_group() {
  local deadline=$((SECONDS + 30))
  [[ -d $1 ]] || return 0
  while grep -qs '^populated 1' "$1/cgroup.events"; do
    echo 1 >"$1/cgroup.kill"
    if ((SECONDS >= deadline)); then
      say "processes of $1 do not end"
      exit 1
    fi
    sleep 0.05
  done
}

# Everything of the lab, also of one that is only half there.
lab_remove() {
  local group machine lock
  rm -f -- "$lab/state" "$lab/cli.yaml"
  lab_end_group "$(lab_group)"
  for group in $(lab_groups); do
    find "$group" -depth -type d -exec rmdir {} + || say "cannot remove $group"
  done
  for machine in "/run/systemd/nspawn/propagate"/*"-$(lab_id)"; do
    [[ -d $machine ]] && rmdir -- "$machine"
  done
  for lock in "$lab"/hosts/*/lock; do
    [[ -f $lock ]] && rm -f -- "$(<"$lock")"
  done
  rm -rf -- "/run/holdfast-lab-$(lab_id)"
  # Not across a mount, should there be one that nobody thought of.
  rm -rf --one-file-system -- "${lab:?}"
}
