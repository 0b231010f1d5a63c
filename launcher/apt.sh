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
    chromium | chromium_driver)
      # Ubuntu's packages of these names only fetch a snap.
      [[ $(os_field ID) != ubuntu ]] && first_candidate "${1/_/-}"
      ;;
    fonts) first_candidate fonts-noto-cjk ;;
    *) first_candidate "$1" ;;
  esac
}

# What to do about a need, in one line.
remedy_of() {
  local package
  if package=$(package_of "$1" 2>/dev/null); then
    printf 'to be installed: %s\n' "$package"
    return
  fi
  case $1 in
    jdk)
      printf '%s\n' "this system's apt has none; unpack one from https://adoptium.net and set JAVA_HOME to it"
      ;;
    chromium) printf '%s\n' "apt has only a snap of it; run: snap install chromium" ;;
    chromium_driver) printf '%s\n' "it comes with the snap; run: snap install chromium" ;;
    *) printf '%s\n' "this system's apt has none (are the package lists there? apt-get update)" ;;
  esac
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

# install_missing YES NEED...: false, having said the exact next step, when it may not or cannot.
install_missing() {
  local yes=$1 need package packages=() hopeless=()
  shift
  if may_install && lists_are_stale && { [[ $yes == yes ]] || is_ci; }; then
    say 'reading the package lists (apt-get update)'
    as_root apt-get update -qq >&2 || say 'apt-get update failed; going on with the lists as they are'
  fi
  for need in "$@"; do
    if package=$(package_of "$need"); then
      packages+=("$package")
    else
      hopeless+=("$need")
    fi
  done
  for need in ${hopeless[@]+"${hopeless[@]}"}; do
    say "missing: $(title_of "$need"): $(remedy_of "$need")"
  done
  ((${#packages[@]} == 0)) && return 1
  if ! may_install; then
    say "missing: $(titles "$@")"
    say "next step: sudo '$root/holdfast' install --yes"
    return 1
  fi
  if [[ $yes != yes ]] && ! is_ci && ! confirm "Install with apt: ${packages[*]}?"; then
    say "missing: $(titles "$@")"
    say "next step: '$root/holdfast' install --yes   (installs: ${packages[*]})"
    return 1
  fi
  say "installing: ${packages[*]}"
  (apt_install "${packages[@]}") || {
    say "apt-get could not install them; its last words are above"
    return 1
  }
  ((${#hopeless[@]} == 0))
}

titles() {
  local need text=''
  for need in "$@"; do
    text+="${text:+, }$(title_of "$need")"
  done
  printf '%s\n' "$text"
}

# In a subshell of its own, so that its trap puts back what it changed, whatever happens.
apt_install() {
  local fresh_postgresql=no saved=''
  if [[ " $* " == *' postgresql-'* ]] && ! postgresql_was_here; then
    fresh_postgresql=yes
  fi
  if [[ -e $policy || -L $policy ]]; then
    saved="$policy.holdfast-saved"
  fi
  trap put_back EXIT
  trap 'exit 130' INT TERM HUP
  deny_starts
  if [[ $fresh_postgresql == yes ]]; then
    deny_clusters
  fi
  as_root env DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1 \
    apt-get install -y -q --no-install-recommends --no-upgrade "$@" >&2
  if [[ $fresh_postgresql == yes ]]; then
    disable_postgresql
  fi
}

# Any trace of a server of the distribution's: then its configuration is not ours to touch.
postgresql_was_here() {
  dpkg-query -W -f '${db:Status-Abbrev}\n' 'postgresql-common' 'postgresql-[0-9]*' 2>/dev/null |
    grep -q '^.[^n]'
}

deny_starts() {
  if [[ -n $saved ]]; then
    as_root mv -- "$policy" "$saved"
  fi
  printf '#!/bin/sh\n# Of holdfast, for the time of an installation: nothing is started.\nexit 101\n' |
    as_root tee "$policy" >/dev/null
  as_root chmod 755 "$policy"
}

deny_clusters() {
  as_root mkdir -p "$(dirname -- "$no_cluster")"
  printf '# Of holdfast, for the time of an installation.\ncreate_main_cluster = false\n' |
    as_root tee "$no_cluster" >/dev/null
}

disable_postgresql() {
  if command -v systemctl >/dev/null; then
    as_root systemctl disable --quiet postgresql.service 2>/dev/null || true
  elif command -v deb-systemd-helper >/dev/null; then
    as_root deb-systemd-helper disable postgresql.service >/dev/null 2>&1 || true
  fi
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
