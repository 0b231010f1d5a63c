# shellcheck shell=bash
# ./holdfast bench: what a bench needs stands in needs.sh as bench-NAME; the benches are in module bench.

command_bench() {
  local jdk options argument name='' place='' need=bench yes=no arguments=()
  for argument in "$@"; do
    if [[ $argument == --yes || $argument == -y ]]; then
      yes=yes
    else
      arguments+=("$argument")
      [[ $argument != --lab ]] || place=-lab
      [[ -n $name || $argument == -* ]] || name=$argument
    fi
  done
  # A name that is not here is for the program to refuse, which knows what there is.
  if [[ -n $name ]] && needs_of "bench-$name$place" >/dev/null; then
    need=bench-$name$place
  fi
  [[ $need != *-lab ]] || lab_requires_root
  require "$need" "$yes"
  build_apps "${all_apps[@]}"
  jdk=$(find_jdk)
  use_utf8_locale
  mapfile -t options < <(jvm_options "$jdk" && bench_properties "$need" "$jdk")
  exec "$jdk/bin/java" "${options[@]}" -cp "$(class_path bench)" io.holdfast.bench.BenchMain \
    ${arguments[@]+"${arguments[@]}"}
}

# bench_properties NEED JDK: where the programs are that the bench sets beside Holdfast.
bench_properties() {
  [[ $1 != bench ]] || return 0
  if [[ $1 == *-lab ]]; then
    printf '%s\n' "-Dholdfast.root=$root"
    return
  fi
  machine_properties "$2"
  local need
  for need in $(needs_of "$1"); do
    case $need in
      node_exporter | monit) printf '%s\n' "-Dholdfast.$need=$("find_$need")" ;;
    esac
  done
}
