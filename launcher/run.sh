# shellcheck shell=bash
# Starts the programs that were built.

class_path() {
  local jars=("$root/$1/target/holdfast-$1-"*.jar)
  printf '%s:%s\n' "${jars[0]}" "$root/$1/target/lib/*"
}

# Bouncy Castle issues certificates. Where it is on the class path Netty loads it for every
# connection too, and checks the signatures in its jar: half a second. Only pki gets it.
cli_class_path() {
  local jar path=''
  for jar in "$root"/cli/target/holdfast-cli-*.jar "$root"/cli/target/lib/*.jar; do
    if [[ ${jar##*/} != bc*-jdk18on-* || " $* " == *' pki '* ]]; then
      path+="${path:+:}$jar"
    fi
  done
  printf '%s\n' "$path"
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

# jvm_options JDK: for a JVM that soon answers, keeps to itself what newer JDKs say of protobuf and
# Netty, and leaves no file in /tmp.
jvm_options() {
  printf '%s\n' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:-UsePerfData --enable-native-access=ALL-UNNAMED \
    -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8
  if (($(java_major "$1") >= 23)); then
    printf '%s\n' --sun-misc-unsafe-memory-access=allow
  fi
}

command_cli() {
  local jdk options archive="$root/cli/target/holdfast.jsa" config
  build_apps cli
  jdk=$(find_jdk) || { require cli no && jdk=$(find_jdk); }
  for config in "$work/demo/cli.yaml" "$work/lab/cli.yaml"; do
    if [[ -z ${HOLDFAST_CONFIG:-} && -f $config ]]; then
      export HOLDFAST_CONFIG=$config
    fi
  done
  use_utf8_locale
  mapfile -t options < <(jvm_options "$jdk")
  options+=(-cp "$(cli_class_path "$@")")
  if [[ ! -e $archive && ${1-} =~ ^(status|services|hosts|incidents)$ && $* != *--watch* ]]; then
    run_and_archive "$archive" "$jdk/bin/java" "${options[@]}" io.holdfast.cli.Holdfast "$@"
  fi
  exec "$jdk/bin/java" -Xshare:auto "-XX:SharedArchiveFile=$archive" -Xlog:disable \
    -Xlog:all=off:stderr "${options[@]}" io.holdfast.cli.Holdfast "$@"
}

# The first run that gets an answer keeps the classes that it loaded, which halves the next starts.
run_and_archive() {
  local archive=$1 java=$2 result=0
  shift 2
  "$java" "-XX:ArchiveClassesAtExit=$archive.$$" -Xlog:disable -Xlog:all=off:stderr "$@" ||
    result=$?
  if ((result <= 1)) && [[ -f $archive.$$ ]]; then
    mv -- "$archive.$$" "$archive"
  else
    rm -f -- "$archive.$$"
  fi
  exit "$result"
}

# machine_properties JDK: what was found here, for a program that sets the stage of processes.
machine_properties() {
  printf '%s\n' "-Dholdfast.root=$root" "-Dholdfast.java=$1/bin/java" \
    "-Dholdfast.postgres.bin=$(find_postgresql)" "-Dholdfast.keeper=$root/agent/src/main/keeper/keeper"
}

command_demo() {
  local jdk options argument yes=no arguments=() language
  for argument in "$@"; do
    if [[ $argument == --yes ]]; then
      yes=yes
    else
      arguments+=("$argument")
    fi
  done
  require demo "$yes"
  build_apps cli agent collector demo
  jdk=$(find_jdk)
  use_utf8_locale
  # Before the user's own arguments: a --lang among these comes later and wins.
  mapfile -t language < <(language_of_locale)
  mapfile -t options < <(jvm_options "$jdk" && machine_properties "$jdk")
  exec "$jdk/bin/java" "${options[@]}" -cp "$(class_path demo)" io.holdfast.demo.DemoMain \
    "${language[@]}" ${arguments[@]+"${arguments[@]}"}
}
