# shellcheck shell=bash
# Starts the programs that were built.

class_path() {
  local jars=("$root/$1/target/holdfast-$1-"*.jar)
  printf '%s:%s\n' "${jars[0]}" "$root/$1/target/lib/*"
}

# Java reads file names and arguments by the locale: one that is not UTF-8, or that is not there,
# would make Chinese ones unreadable. The user's own goes on as HOLDFAST_LOCALE.
use_utf8_locale() {
  export HOLDFAST_LOCALE=${HOLDFAST_LOCALE-${LC_ALL:-${LC_MESSAGES:-${LANG:-}}}}
  export LC_ALL=C.UTF-8
}

# --lang and the tag of that locale's language; nothing where English will do.
language_of_locale() {
  case ${HOLDFAST_LOCALE,,} in
    zh_tw* | zh_hk* | zh_mo* | zh_hant*) printf '%s\n' --lang zh-TW ;;
  esac
}

# Protobuf's use of sun.misc.Unsafe is known; JDK 24 and newer would warn of it in the terminal.
quiet_flags() { # JDK
  if (($(java_major "$1") >= 24)); then
    printf '%s\n' --sun-misc-unsafe-memory-access=allow
  fi
}

command_cli() {
  local quiet jdk demo_config="$work/demo/cli.yaml"
  build_apps cli
  jdk=$(find_jdk) || require cli no
  jdk=$(find_jdk)
  if [[ -z ${HOLDFAST_CONFIG:-} && -f $demo_config ]]; then
    export HOLDFAST_CONFIG=$demo_config
  fi
  use_utf8_locale
  mapfile -t quiet < <(quiet_flags "$jdk")
  # The archive of loaded classes is made at the end of the first run and halves the start.
  exec "$jdk/bin/java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto \
    -XX:+AutoCreateSharedArchive "-XX:SharedArchiveFile=$root/cli/target/holdfast.jsa" \
    -Xlog:disable -Xlog:all=off:stderr ${quiet[@]+"${quiet[@]}"} -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8 \
    -cp "$(class_path cli)" io.holdfast.cli.Holdfast "$@"
}

command_demo() {
  local quiet jdk postgres argument yes=no arguments=() language
  for argument in "$@"; do
    if [[ $argument == --yes ]]; then
      yes=yes
    else
      arguments+=("$argument")
    fi
  done
  require demo "$yes"
  build_apps "${all_apps[@]}"
  jdk=$(find_jdk)
  postgres=$(find_postgresql)
  use_utf8_locale
  mapfile -t quiet < <(quiet_flags "$jdk")
  # Before the user's own arguments: a --lang among these comes later and wins.
  mapfile -t language < <(language_of_locale)
  exec "$jdk/bin/java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:-UsePerfData \
    ${quiet[@]+"${quiet[@]}"} -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8 \
    "-Dholdfast.root=$root" "-Dholdfast.java=$jdk/bin/java" \
    "-Dholdfast.postgres.bin=$postgres" \
    "-Dholdfast.keeper=$root/agent/src/main/keeper/keeper" \
    -cp "$(class_path demo)" io.holdfast.demo.DemoMain "${language[@]}" ${arguments[@]+"${arguments[@]}"}
}
