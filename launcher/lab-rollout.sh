# shellcheck shell=bash
# What stands on the hosts of a lab: the sample trading system, as its user had it, and then Holdfast,
# by its own packages and playbooks.

lab_roll_out() {
  local began=$SECONDS
  if [[ $(<"$lab/state") == ready ]]; then
    return
  fi
  lab_step trading 'the sample trading system' lab_install_trading
  lab_step package 'the packages of Holdfast' "$root/holdfast" package
  lab_open_door
  lab_write_inventory
  lab_step ansible 'the playbook, over SSH' lab_playbook site.yml
  lab_write_cli
  lab_step plan 'the plan' "$root/holdfast" plan apply "$lab/plan.yaml" --yes
  lab_step healthy 'all is well' lab_wait_healthy
  say "rolled out in $((SECONDS - began)) s; ./holdfast status, or https://$(<"$lab/door").1:8443/"
}

# lab_step NAME TITLE COMMAND...: with its time; all that it says goes to a file.
lab_step() {
  local log="$lab/log/$1.log" title=$2 began=$EPOCHREALTIME result=0
  shift 2
  # Not with || behind it, which would have it go on after a command that fails.
  set +e
  (
    set -e
    "$@"
  ) >"$log" 2>&1 </dev/null
  result=$?
  set -e
  if ((result != 0)); then
    tail -n 40 "$log" >&2
    say "failed with $result: $title; all of it: $log; ./holdfast lab up goes on from here"
    exit 1
  fi
  printf 'holdfast: %-30s %4d s\n' "$title" "$(((${EPOCHREALTIME/[.,]/} - ${began/[.,]/}) / 1000000))" >&2
}

lab_trading_hosts() {
  lab_hosts | grep '^trade-'
}

# ---- the sample trading system ----

lab_install_trading() {
  local host installing=()
  build_apps demo cli
  lab_trading_bundle
  for host in $(lab_trading_hosts); do
    lab_install_trading_on "$host" &
    installing+=($!)
  done
  for host in "${installing[@]}"; do
    wait "$host" || return 1
  done
}

# What goes to /opt/trader, with a Java run-time image of its own: hosts need no Java.
lab_trading_bundle() {
  local bundle="$lab/trader" name
  rm -rf -- "$bundle"
  mkdir -p -- "$bundle/lib"
  cp -- "$root"/lab/trading/{*.service,java.options,install} \
    "$root/demo/src/main/resources/io/holdfast/demo/stage/schema.sql" "$bundle"
  cp -- "$root"/demo/target/holdfast-demo-*.jar "$root"/demo/target/lib/postgresql-*.jar \
    "$bundle/lib"
  ln -s -- "$(lab_runtime)" "$bundle/runtime"
  if [[ ! -f $lab/passwords ]]; then
    for name in trading holdfast observer; do
      printf '%s=%s\n' "$name" "$(od -An -N 16 -tx1 /dev/urandom | tr -d ' \n')"
    done >"$lab/passwords.new"
    chmod 600 "$lab/passwords.new"
    mv -- "$lab/passwords.new" "$lab/passwords"
  fi
}

# Kept beside the images; its name has the JDK and the modules in it.
lab_runtime() {
  local modules=java.base,java.sql,java.naming,java.management,java.security.jgss,java.security.sasl,jdk.httpserver
  local images jdk key
  images=$(lab_images)
  jdk=$(find_jdk)
  key=$({ cat "$jdk/release" && printf '%s\n' "$modules"; } | sha256sum)
  key=runtime-${key:0:12}
  if [[ ! -d $images/$key ]]; then
    rm -rf -- "${images:?}"/runtime-*
    "$jdk/bin/jlink" --add-modules "$modules" --strip-debug --no-header-files --no-man-pages \
      --output "$images/$key.part" >&2
    "$images/$key.part/bin/java" -XX:+UseSerialGC -Xshare:dump >&2
    mv -- "$images/$key.part" "$images/$key"
  fi
  printf '%s\n' "$images/$key"
}

# The first trading host is the primary site: what is exclusive runs there.
lab_install_trading_on() {
  local engine=()
  if [[ $1 == trade-a ]]; then
    engine=(--engine)
  fi
  lab_inside "$1" mkdir -p /opt/trader
  tar -C "$lab/trader" --dereference --owner=0 --group=0 --mode=u+rwX,go+rX -cf - . |
    lab_inside "$1" tar -C /opt/trader -xf -
  lab_inside "$1" /opt/trader/install ${engine[@]+"${engine[@]}"} <"$lab/passwords"
}

# ---- Holdfast ----

# Networks of the machine's loopback are free for everybody: another lab may have the first one.
lab_open_door() {
  local network collectors=() number count
  if [[ -f $lab/door ]]; then
    return
  fi
  read -r count _ <"$lab/shape"
  for ((number = 1; number <= count; number++)); do
    collectors+=("$number=10.78.0.$((20 + number))")
  done
  for network in 127.80.0 "127.80.$((16#$(lab_id | cut -c 1-2) % 254 + 1))"; do
    : >"$lab/log/door.log"
    lab_spawn door "$root/lab/host/door" "$lab" "$network" "${collectors[@]}" >>"$lab/log/door.log" 2>&1
    until [[ -f $lab/door ]]; do
      grep -q . "$lab/log/door.log" && break
      sleep 0.05
    done
    [[ ! -f $lab/door ]] || return 0
  done
  cat "$lab/log/door.log" >&2
  lab_refuse 'the addresses for the collectors are taken on this machine; its words are above'
}

lab_write_inventory() {
  local name value host number password=''
  while IFS='=' read -r name value; do
    [[ $name != holdfast ]] || password=$value
  done <"$lab/passwords"
  {
    cat <<TEXT
# Of the lab: written by ./holdfast lab up.
all:
  vars:
    holdfast_packages_directory: "$root/packages/target"
    holdfast_pki_directory: "$lab/pki"
    holdfast_cli: "'$root/holdfast'"
    # The page without a certificate in the browser: the lab's door is open to this machine alone.
    collector_anonymous_viewer: true
  children:
    holdfast_collectors:
      hosts:
TEXT
    for host in $(lab_hosts | grep '^collector-'); do
      number=${host#collector-}
      printf '        %s: {ansible_host: %s, collector_addresses: [%s, %s]}\n' "$host" \
        "$(<"$lab/hosts/$host/address")" "$(<"$lab/hosts/$host/address")" "$(<"$lab/door").$number"
    done
    printf '    holdfast_operators:\n      hosts: {collector-1: {}}\n'
    printf '    holdfast_agents:\n      children: {primary: {}, standby: {}}\n      vars:\n'
    cat <<'TEXT'
        agent_services:
          database: {unit: postgresql@15-main.service}
          api_server: {unit: api-server.service}
          trading_engine: {unit: trading-engine.service}
          data_collector: {unit: data-collector.service}
          web_ui: {unit: web-ui.service}
        agent_connections:
          trading: {host: 127.0.0.1, port: 5432, database: trading, user: holdfast}
        agent_paths: {/var/lib/collector/last: /var/lib/collector/last}
        agent_jobs:
          database_disk: {kind: write_probe, user: postgres, directory: /var/lib/postgresql}
TEXT
    printf '        agent_passwords: {trading: "%s"}\n' "$password"
    printf '    primary:\n      hosts:\n        trade-a: {ansible_host: 10.78.0.11}\n    standby:\n      hosts:\n'
    for host in $(lab_trading_hosts); do
      [[ $host == trade-a ]] ||
        printf '        %s: {ansible_host: %s}\n' "$host" "$(<"$lab/hosts/$host/address")"
    done
  } >"$lab/inventory.yml"
  chmod 600 "$lab/inventory.yml"
  lab_write_plan
}

lab_write_plan() {
  local host hosts
  hosts=$(lab_trading_hosts | paste -sd ,)
  {
    sed "s/@HOSTS@/[${hosts//,/, }]/" "$root/lab/trading/plan.yaml"
    printf '\nhosts:\n'
    for host in $(lab_trading_hosts); do
      printf '  %s: {address: %s}\n' "$host" "$(<"$lab/hosts/$host/address")"
    done
    printf '\nsites:\n  primary: {hosts: [trade-a]}\n'
    if [[ $hosts == *,* ]]; then
      hosts=${hosts#trade-a,}
      printf '  standby: {hosts: [%s]}\n' "${hosts//,/, }"
    fi
  } >"$lab/plan.yaml"
}

lab_play() {
  lab_requires_up
  [[ -n ${1-} && -f $root/ansible/$1 ]] ||
    give_up "there is no playbook '${1-}'; there are: $(cd -- "$root/ansible" && echo ./*.yml | sed 's:\./::g')"
  [[ -f $lab/inventory.yml ]] || lab_refuse 'nothing is rolled out in this lab yet; ./holdfast lab up does it'
  lab_lock
  lab_playbook "$@"
}

# lab_playbook PLAYBOOK ARGUMENT...: on the hosts of the lab, from its bridge. Connections that are kept are
# processes of the lab, and their sockets have a path that is never too long for one.
lab_playbook() {
  local playbook=$1 sockets
  shift
  sockets="/run/holdfast-lab-$(lab_id)"
  mkdir -p -- "$sockets"
  chmod 700 "$sockets"
  lab_in_group ansible nsenter --net="/proc/$(<"$lab/network")/ns/net" -- \
    env ANSIBLE_CONFIG="$root/ansible/ansible.cfg" ANSIBLE_LOCAL_TEMP="$lab/ansible" \
    ANSIBLE_SSH_CONTROL_PATH_DIR="$sockets" \
    ANSIBLE_SSH_ARGS="-F '$lab/ssh/config' -o ControlMaster=auto -o ControlPersist=60s" \
    ansible-playbook -i "$lab/inventory.yml" "$root/ansible/$playbook" "$@"
}

# For the operator's command on this machine, as long as the lab is up.
lab_write_cli() {
  local number count addresses=''
  read -r count _ <"$lab/shape"
  for ((number = 1; number <= count; number++)); do
    addresses+="${addresses:+, }\"$(<"$lab/door").$number:8443\""
  done
  cat >"$lab/cli.yaml" <<TEXT
collectors: [$addresses]
tls: {certificate: pki/operators/admin-chain.crt, key: pki/operators/admin.key, ca: pki/root.crt}
TEXT
}

lab_wait_healthy() {
  local deadline=$((SECONDS + 60))
  until HOLDFAST_CONFIG="$lab/cli.yaml" "$root/holdfast" status; do
    ((SECONDS < deadline)) || return 1
    sleep 1
  done
}
