# shellcheck shell=bash
# What can go wrong in a lab, on demand. What is set stands in files of the lab, from which the rules of
# the bridge are made anew each time: hosts/HOST/{slow,loss,paused}, and partitions with "FROM TO" lines.

lab_start() {
  lab_arguments 1 'start HOST' "$@"
  lab_require_host "$1"
  lab_lock
  if lab_leader "$1" >/dev/null; then
    lab_refuse "$1 runs already"
  fi
  lab_end_group "$(lab_group)/$1"
  lab_start_host "$1"
  lab_wait_booted "$1"
  lab_write_known_hosts
}

# The cable first: a process that is killed says good-bye to those that it talked to, with FIN or RST.
lab_kill() {
  local host=${1-} lose=no
  if [[ ${2-} == --lose-disk ]]; then
    lose=yes
    set -- "$1"
  fi
  lab_arguments 1 'kill HOST [--lose-disk]' "$@"
  lab_require_host "$host"
  lab_lock
  lab_in_network ip link set "vb-$host" down 2>/dev/null || true
  lab_in_network ip link set "sl-$host" down 2>/dev/null || true
  lab_end_group "$(lab_group)/$host"
  rm -f -- "$lab/hosts/$host/leader" "$lab/hosts/$host/paused"
  if [[ $lose == yes ]]; then
    rm -rf -- "$lab/hosts/${host:?}/disk"
  fi
}

lab_pause() {
  lab_arguments 1 'pause HOST' "$@"
  lab_require_host "$1"
  lab_lock
  lab_require_running "$1"
  : >"$lab/hosts/$1/paused"
  lab_freeze "$1" 1
}

lab_resume() {
  lab_arguments 1 'resume HOST' "$@"
  lab_require_host "$1"
  lab_lock
  [[ -f $lab/hosts/$1/paused ]] || lab_refuse "$1 is not paused"
  lab_freeze "$1" 0
  rm -f -- "$lab/hosts/$1/paused"
}

# lab_freeze HOST 1|0: done when the kernel says so.
lab_freeze() {
  local payload deadline=$((SECONDS + 10))
  payload=$(lab_group)/$1/payload
  echo "$2" >"$payload/cgroup.freeze"
  until grep -qs "^frozen $2" "$payload/cgroup.events"; do
    ((SECONDS < deadline)) || lab_refuse "$1 did not become what was asked in ten seconds: frozen $2"
    sleep 0.01
  done
}

lab_partition() {
  local from=${1-} to=${2-} way=${3-} other
  if (($# < 2 || $# > 3)) || [[ -n $way && $way != --one-way ]] ||
    [[ $to == --collectors && -n $way ]]; then
    give_up 'usage: ./holdfast lab partition A B [--one-way]   or   partition HOST --collectors'
  fi
  lab_require_host "$from"
  [[ $to == --collectors ]] || lab_require_host "$to"
  [[ $from != "$to" ]] || give_up "a host cannot be cut from itself: $from"
  lab_lock
  for other in $(lab_hosts); do
    if [[ $other == "$to" || ($to == --collectors && $other == collector-* && $other != "$from") ]]; then
      printf '%s %s\n' "$from" "$other" >>"$lab/partitions"
      [[ -n $way ]] || printf '%s %s\n' "$other" "$from" >>"$lab/partitions"
    fi
  done
  lab_set_rules
}

lab_loss() {
  lab_arguments 2 'loss HOST PERCENT' "$@"
  [[ $2 =~ ^(100|[0-9]{1,2}(\.[0-9]{1,2})?)$ ]] || give_up "loss takes a percentage from 0 to 100, not '$2'"
  lab_require_host "$1"
  lab_lock
  printf '%s\n' "$2" >"$lab/hosts/$1/loss"
  lab_set_rules
}

lab_slow() {
  local host=${1-} delay jitter
  if (($# == 2)); then
    set -- "$@" 0ms
  fi
  lab_arguments 3 'slow HOST DELAY [JITTER]' "$@"
  if ! delay=$(lab_milliseconds "$2") || ! jitter=$(lab_milliseconds "$3"); then
    give_up "slow takes durations such as 20ms, 1s: $2 $3"
  fi
  ((delay <= 60000 && jitter <= delay)) || give_up 'a delay is at most 60s, and a jitter at most the delay'
  lab_require_host "$host"
  lab_lock
  lab_unslow "$host"
  if ((delay > 0)); then
    printf '%s %s\n' "$delay" "$jitter" >"$lab/hosts/$host/slow"
  fi
  # A host that is off gets it when it boots.
  if lab_leader "$host" >/dev/null; then
    lab_reconnect "$host"
  fi
}

# lab_reconnect HOST: in its own group, so that what it starts ends with the host.
lab_reconnect() {
  lab_in_group "$1/cable" nsenter --net="/proc/$(<"$lab/network")/ns/net" -- \
    "$root/lab/host/connect" "$lab" "$1" >>"$lab/log/$1.log" 2>&1 ||
    lab_refuse "the cable of $1 could not be joined: $lab/log/$1.log"
}

# The tap is taken away, and what forwards through it ends.
lab_unslow() {
  rm -f -- "$lab/hosts/$1/slow"
  lab_in_network ip link delete "sl-$1" 2>/dev/null || true
}

lab_heal() {
  local host
  lab_arguments 0 heal "$@"
  lab_requires_up
  lab_lock
  rm -f -- "$lab/partitions" "$lab"/hosts/*/loss
  lab_set_rules
  for host in $(lab_hosts); do
    if [[ -f $lab/hosts/$host/slow ]]; then
      lab_unslow "$host"
      if lab_leader "$host" >/dev/null; then
        lab_reconnect "$host"
      fi
    fi
  done
}

# lab_milliseconds DURATION
lab_milliseconds() {
  local -A unit=([ms]=1 [s]=1000 [m]=60000 [h]=3600000)
  [[ $1 =~ ^([0-9]{1,7})(ms|s|m|h)$ ]] || return 1
  printf '%s\n' "$((10#${BASH_REMATCH[1]} * unit[${BASH_REMATCH[2]}]))"
}

# The rules of the bridge as the files have it, put in place at once. A host is known by its port: its
# cable, or the tap of its delay.
lab_set_rules() {
  local from to host percent
  {
    printf 'table bridge lab {}\ndelete table bridge lab\ntable bridge lab {\n'
    printf 'chain partitions { type filter hook forward priority filter; policy accept;\n'
    if [[ -f $lab/partitions ]]; then
      while read -r from to; do
        # Not who has which address: cut one way, a host soon could not send in the other either.
      printf '%s drop\n' "iifname {vb-$from, sl-$from} oifname {vb-$to, sl-$to} ether type != arp"
      done <"$lab/partitions"
    fi
    printf '}\nchain lost_from { type filter hook prerouting priority filter; policy accept;\n'
    lab_loss_rules iifname
    printf '}\nchain lost_to { type filter hook postrouting priority filter; policy accept;\n'
    lab_loss_rules oifname
    printf '}\n}\n'
  } | lab_in_network nft -f - || lab_refuse 'nft did not take the rules of the lab'
}

lab_loss_rules() {
  local host percent
  for host in $(lab_hosts); do
    percent=$(cat "$lab/hosts/$host/loss" 2>/dev/null) || continue
    # In hundredths of a percent: nft counts in whole numbers.
    [[ $percent == *.* ]] || percent+=.
    percent+=00
    percent=$((10#${percent%%.*}$(cut -c 1-2 <<<"${percent#*.}")))
    if ((percent >= 10000)); then
      printf '%s drop\n' "$1 {vb-$host, sl-$host}"
    elif ((percent > 0)); then
      printf '%s drop\n' "$1 {vb-$host, sl-$host} numgen random mod 10000 < $percent"
    fi
  done
}

lab_list_faults() {
  local host from to
  for host in $(lab_hosts); do
    [[ ! -f $lab/hosts/$host/slow ]] ||
      printf 'slow         %s %s (delay and jitter, ms)\n' "$host" "$(<"$lab/hosts/$host/slow")"
    [[ ! -f $lab/hosts/$host/loss ]] || printf 'loss         %s %s %%\n' "$host" "$(<"$lab/hosts/$host/loss")"
    grep -qsv '^[+-]0$' "$lab/hosts/$host/disk/upper/etc/lab/clock" &&
      printf 'clock        %s %s s\n' "$host" "$(<"$lab/hosts/$host/disk/upper/etc/lab/clock")"
  done
  if [[ -f $lab/partitions ]]; then
    while read -r from to; do
      printf 'cut          %s -> %s\n' "$from" "$to"
    done <"$lab/partitions"
  fi
}

# The clock of single programs, through a library that they load; never the machine's, which is that of
# all hosts. Once the library is in the services, a shift needs no restart: it reads the file anew.
lab_clock() {
  local host=${1-} seconds
  lab_arguments 2 'clock HOST +DURATION|-DURATION' "$@"
  if [[ ! $2 =~ ^[+-] ]] || ! seconds=$(lab_milliseconds "${2:1}"); then
    give_up "clock takes a shift such as +90s or -2h, not '$2'"
  fi
  ((seconds % 1000 == 0)) || give_up 'clock shifts by whole seconds'
  lab_require_host "$host"
  lab_lock
  lab_require_running "$host"
  lab_inside "$host" bash -s -- "${2:0:1}$((seconds / 1000))" <"$root/lab/host/clock" ||
    lab_refuse "the services of $host could not be given another clock"
}
