# shellcheck shell=bash
# Installs what is missing with apt. What is installed is not started, not enabled and, for
# PostgreSQL, not given a cluster; packages that are there already are never upgraded.
# Tests set HOLDFAST_SYSROOT, before the paths of the system that are written here.

readonly sysroot=${HOLDFAST_SYSROOT:-}
readonly policy="$sysroot/usr/sbin/policy-rc.d"
readonly no_cluster="$sysroot/etc/postgresql-common/createcluster.d/holdfast-install.conf"
readonly lists="$sysroot/var/lib/apt/lists"

os_field() {
  sed -n "s/^$1=\"\{0,1\}\([^\"]*\)\"\{0,1\}\$/\1/p" "$sysroot/etc/os-release" 2>/dev/null
}

has_candidate() {
  local candidate
  candidate=$(apt-cache policy "$1" 2>/dev/null | sed -n 's/^ *Candidate: *//p')
  [[ -n $candidate && $candidate != '(none)' ]]
}

first_candidate() {
  local package
  for package in "$@"; do
    if has_candidate "$package"; then
      printf '%s\n' "$package"
      return
    fi
  done
  return 1
}

# package_of NEED: the package that brings it here; fails where apt has none.
package_of() {
  case $1 in
    jdk)
      first_candidate openjdk-21-jdk-headless openjdk-25-jdk-headless temurin-21-jdk temurin-25-jdk
      ;;
    postgresql) first_candidate postgresql-{18,17,16,15} ;;
    setpriv) first_candidate util-linux ;;
    chromium)
      # Ubuntu's package of this name only fetches a snap.
      [[ $(os_field ID) != ubuntu ]] && first_candidate chromium
      ;;
    fonts) first_candidate fonts-noto-cjk ;;
    promtool) first_candidate prometheus ;;
    node_exporter) first_candidate prometheus-node-exporter ;;
    faketime) first_candidate libfaketime ;;
    systemd_analyze) first_candidate systemd ;;
    nspawn) first_candidate systemd-container ;;
    debian_keyring) first_candidate debian-archive-keyring ;;
    ip) first_candidate iproute2 ;;
    nft) first_candidate nftables ;;
    ssh) first_candidate openssh-client ;;
    ansible_lint) first_candidate ansible-lint ;;
    root) return 1 ;;
    *) first_candidate "$1" ;;
  esac
}

# What to do about a need: one line, or the commands to type.
remedy_of() {
  local package
  if package=$(package_of "$1" 2>/dev/null); then
    printf "apt's package %s\n" "$package"
    return
  fi
  case $1 in
    jdk) jdk_by_hand ;;
    root) why_no_root || true ;;
    chromium)
      if command -v snap >/dev/null; then
        printf 'apt has it only as a snap; next step: sudo snap install chromium\n'
      else
        printf '%s\n' "apt has it only as a snap, and snap is not here; next step: install Google Chrome" \
          '    (https://www.google.com/chrome, the .deb package), which serves as well'
      fi
      ;;
    *) printf 'apt knows no package for it; next step: sudo apt-get update, then again\n' ;;
  esac
}

jdk_by_hand() {
  local machine
  machine=$(uname -m)
  printf '%s\n' "this system's apt has none; next step (it is found there, nothing else changes):" \
    '    sudo mkdir -p /usr/lib/jvm' \
    "    curl -fsSL https://api.adoptium.net/v3/binary/latest/21/ga/linux/${machine/x86_64/x64}/jdk/hotspot/normal/eclipse | sudo tar -xz -C /usr/lib/jvm"
}

as_root() {
  if ((EUID == 0)); then
    "$@"
  else
    sudo -n "$@"
  fi
}

may_install() {
  command -v apt-get >/dev/null && { ((EUID == 0)) || sudo -n true 2>/dev/null; }
}

lists_are_stale() {
  [[ -z $(find "$lists" -name '*Packages*' -mtime -7 -print -quit 2>/dev/null) ]]
}

# install_missing COMMAND YES NEED...: what COMMAND lacks is installed afterwards; false, having said
# the exact next step, when it may not be or cannot be.
install_missing() {
  local command=$1 yes=$2 need packages=() hopeless=()
  shift 2
  if ! may_install; then
    say "missing for $command: $(titles "$@")"
    next_steps "sudo '$root/holdfast' install $command --yes" "$@"
    return 1
  fi
  if [[ $yes != yes ]] && ! is_ci && ! confirm "Missing: $(titles "$@"). Install with apt?"; then
    say "missing for $command: $(titles "$@")"
    next_steps "'$root/holdfast' install $command --yes" "$@"
    return 1
  fi
  refresh_lists
  choose_packages "$@"
  for need in ${hopeless[@]+"${hopeless[@]}"}; do
    say "missing: $(title_of "$need"): $(remedy_of "$need")"
  done
  if ((${#packages[@]} > 0)); then
    say "installing: ${packages[*]}"
    (apt_install "${packages[@]}") || {
      say 'apt-get could not install them; its last words are above'
      return 1
    }
  fi
  ((${#hopeless[@]} == 0))
}

refresh_lists() {
  if lists_are_stale; then
    say 'reading the package lists (apt-get update)'
    as_root apt-get update -qq >&2 || say 'apt-get update failed; going on with the lists as they are'
  fi
}

# Sorts needs into packages and hopeless, of the caller.
choose_packages() {
  local need package
  for need in "$@"; do
    if package=$(package_of "$need"); then
      packages+=("$package")
    else
      hopeless+=("$need")
    fi
  done
}

# next_steps STEP NEED...: STEP for what apt has, the remedy for each of the others.
next_steps() {
  local step=$1 need packages=() hopeless=()
  shift
  choose_packages "$@"
  if ((${#packages[@]} > 0)) || lists_are_stale; then
    say "next step: $step${packages[*]:+   (installs ${packages[*]})}"
  fi
  lists_are_stale && return
  for need in ${hopeless[@]+"${hopeless[@]}"}; do
    say "$(title_of "$need"): $(remedy_of "$need")"
  done
}

titles() {
  local need text=''
  for need in "$@"; do
    text+="${text:+, }$(title_of "$need")"
  done
  printf '%s\n' "$text"
}

# To be called in a subshell: its trap puts back what it changed, whatever happens.
apt_install() {
  local result=0
  # Not local: the trap runs when this function is over.
  fresh_postgresql=no saved=''
  if [[ " $* " == *' postgresql-'* ]] && ! postgresql_was_here; then
    fresh_postgresql=yes
  fi
  trap put_back EXIT
  trap 'exit 130' INT TERM HUP
  deny_starts || exit 1
  if [[ $fresh_postgresql == yes ]]; then
    deny_clusters || exit 1
  fi
  as_root env DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1 \
    apt-get install -y -q --no-install-recommends --no-upgrade "$@" >&2 || result=$?
  disable_services "$@"
  exit "$result"
}

# Any trace of a server of the distribution's: then its configuration is not ours to touch.
postgresql_was_here() {
  dpkg-query -W -f '${db:Status-Abbrev}\n' 'postgresql-common' 'postgresql-[0-9]*' 2>/dev/null |
    grep -q '^.[^n]'
}

deny_starts() {
  if [[ -e $policy || -L $policy ]]; then
    as_root mv -- "$policy" "$policy.holdfast-saved" || return 1
    saved="$policy.holdfast-saved"
  fi
  printf '#!/bin/sh\n# Of holdfast, for the time of an installation: nothing is started.\nexit 101\n' |
    as_root tee "$policy" >/dev/null && as_root chmod 755 "$policy"
}

deny_clusters() {
  as_root mkdir -p "$(dirname -- "$no_cluster")" || return 1
  printf '# Of holdfast, for the time of an installation.\ncreate_main_cluster = false\n' |
    as_root tee "$no_cluster" >/dev/null
}

# disable_services PACKAGE...: what they brought is not started when the machine boots either.
disable_services() {
  local package service services=()
  if [[ $fresh_postgresql == yes ]]; then
    services+=(postgresql.service)
  fi
  for package in "$@"; do
    case $package in
      monit | prometheus | prometheus-node-exporter | nftables) services+=("$package.service") ;;
      systemd-container) services+=(machines.target) ;;
    esac
  done
  for service in ${services[@]+"${services[@]}"}; do
    if command -v systemctl >/dev/null; then
      as_root systemctl disable --quiet "$service" 2>/dev/null || true
    elif command -v deb-systemd-helper >/dev/null; then
      as_root deb-systemd-helper disable "$service" >/dev/null 2>&1 || true
    fi
    if [[ $service != postgresql.service && -e $sysroot/etc/init.d/${service%.service} ]]; then
      as_root update-rc.d "${service%.service}" disable >/dev/null 2>&1 || true
    fi
  done
}

put_back() {
  if [[ -n $saved ]]; then
    as_root mv -f -- "$saved" "$policy"
  else
    as_root rm -f -- "$policy"
  fi
  if [[ $fresh_postgresql == yes ]]; then
    as_root rm -f -- "$no_cluster"
  fi
}
