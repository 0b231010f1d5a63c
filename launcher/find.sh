# shellcheck shell=bash
# Finds programs that are installed. Each find_X prints what it found, or fails.
# Tests point the searches elsewhere with HOLDFAST_JVM_DIR and HOLDFAST_POSTGRES_DIR.

readonly least_java=21
readonly least_postgres=15

# java_major HOME: the feature version of the JDK there; fails where there is no JDK.
java_major() {
  local home=$1 version
  [[ -x $home/bin/java && -x $home/bin/javac ]] || return 1
  version=$(sed -n 's/^JAVA_VERSION="\([^"]*\)".*/\1/p' "$home/release" 2>/dev/null) || version=
  if [[ -z $version ]]; then
    version=$("$home/bin/java" -version 2>&1 | sed -n '1s/.*"\(.*\)".*/\1/p')
  fi
  version=${version#1.}
  version=${version%%[!0-9]*}
  [[ -n $version ]] && printf '%s\n' "$version"
}

# The user's own choice where it is new enough, else the newest that is installed.
find_jdk() {
  local home major best='' best_major=0 path_javac
  if [[ -n ${JAVA_HOME:-} ]] && major=$(java_major "$JAVA_HOME") && ((major >= least_java)); then
    printf '%s\n' "$JAVA_HOME"
    return
  fi
  path_javac=$(command -v javac || true)
  for home in "${HOLDFAST_JVM_DIR:-/usr/lib/jvm}"/* "${SDKMAN_DIR:-$HOME/.sdkman}"/candidates/java/* \
    "${path_javac:+$(dirname -- "$(dirname -- "$(readlink -f -- "$path_javac")")")}"; do
    if [[ -n $home ]] && major=$(java_major "$home") && ((major > best_major)); then
      best=$home best_major=$major
    fi
  done
  ((best_major >= least_java)) && printf '%s\n' "$best"
}

maven_version() {
  JAVA_HOME=$(find_jdk || true) mvn --version 2>/dev/null |
    sed -n '1s/^.*Maven \([0-9.]*\).*/\1/p'
}

find_maven() {
  local version major minor
  command -v mvn >/dev/null || return 1
  version=$(maven_version)
  # Without a JDK it cannot tell its version.
  if [[ -z $version ]]; then
    find_jdk >/dev/null && return 1
    version=3.8
  fi
  IFS=. read -r major minor _ <<<"$version"
  minor=${minor%%[!0-9]*}
  ((${major:-0} > 3 || (${major:-0} == 3 && ${minor:-0} >= 8))) && command -v mvn
}

# The directory of the newest server's programs.
find_postgresql() {
  local directory version best='' best_version=0
  for directory in "${HOLDFAST_POSTGRES_DIR:-/usr/lib/postgresql}"/*/bin; do
    version=${directory%/bin}
    version=${version##*/}
    if [[ $version =~ ^[0-9]+$ && -x $directory/postgres && -x $directory/initdb ]] &&
      ((version > best_version)); then
      best=$directory best_version=$version
    fi
  done
  if ((best_version < least_postgres)) && [[ -z ${HOLDFAST_POSTGRES_DIR:-} ]]; then
    find_postgresql_on_path
    return
  fi
  ((best_version >= least_postgres)) && printf '%s\n' "$best"
}

find_postgresql_on_path() {
  local server version
  server=$(command -v postgres) || return 1
  version=$("$server" --version | sed 's/[^0-9]*\([0-9]*\).*/\1/')
  ((${version:-0} >= least_postgres)) && dirname -- "$(readlink -f -- "$server")"
}

find_setpriv() {
  command -v setpriv
}

# Looks at the units; nothing of systemd has to run.
find_systemd_analyze() {
  command -v systemd-analyze
}

find_shellcheck() {
  command -v shellcheck
}

find_promtool() {
  command -v promtool
}

find_node_exporter() {
  command -v prometheus-node-exporter
}

find_monit() {
  command -v monit
}

# Ubuntu's own chromium-browser is a script that only asks for the snap.
find_chromium() {
  local name file
  for name in chromium chromium-browser google-chrome; do
    file=$(command -v "$name") || continue
    if ! grep -aqs 'snap install chromium' "$file"; then
      printf '%s\n' "$file"
      return
    fi
  done
  return 1
}

# Chinese in screenshots needs one font that has it.
find_fonts() {
  local directory=${HOLDFAST_FONTS_DIR:-/usr/share/fonts}
  if command -v fc-list >/dev/null && [[ -z ${HOLDFAST_FONTS_DIR:-} ]]; then
    [[ -n $(fc-list :lang=zh-tw family 2>/dev/null) ]] && printf 'fc-list :lang=zh-tw\n'
  else
    find "$directory" -iname '*cjk*' -print -quit 2>/dev/null | grep .
  fi
}

# Gives single processes of a test another wall clock; never the machine.
find_faketime() {
  local library
  for library in "${HOLDFAST_SYSROOT:-}"/usr/lib/*/faketime/libfaketimeMT.so.1; do
    [[ ! -e $library ]] || { printf '%s\n' "$library"; return; }
  done
  return 1
}

# Programs for administrators, which a user's PATH may lack.
find_administrators() {
  PATH=$PATH:${HOLDFAST_SYSROOT:-}/usr/sbin:${HOLDFAST_SYSROOT:-}/sbin command -v "$1"
}

find_mmdebstrap() {
  command -v mmdebstrap
}

find_debian_keyring() {
  local keys=${HOLDFAST_SYSROOT:-}/usr/share/keyrings/debian-archive-keyring.gpg
  [[ -f $keys ]] && printf '%s\n' "$keys"
}

find_nspawn() {
  command -v systemd-nspawn
}

find_ip() {
  find_administrators ip
}

find_nft() {
  find_administrators nft
}

find_tcpdump() {
  find_administrators tcpdump
}

find_ssh() {
  command -v ssh-keygen >/dev/null && command -v ssh
}

find_ansible() {
  command -v ansible-playbook
}

find_ansible_lint() {
  command -v ansible-lint
}

find_yamllint() {
  command -v yamllint
}

find_python3() {
  command -v python3
}

# Also what else a lab asks of the machine: control groups of version 2.
find_root() {
  why_no_root
}
