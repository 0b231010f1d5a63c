# shellcheck shell=bash
# ./holdfast test: the stages, their time, and what came of them.

readonly all_stages=(build rebuild integration lab demo)

command_test() {
  local yes=no only='' stages=("${all_stages[@]}")
  while (($# > 0)); do
    case $1 in
      --yes | -y) yes=yes ;;
      --only)
        (($# > 1)) || give_up "--only needs a stage: ${all_stages[*]}"
        only=$2
        shift
        ;;
      --only=*) only=${1#--only=} ;;
      *) give_up "test does not know $1; it takes --only STAGE and --yes" ;;
    esac
    shift
  done
  if [[ -n $only ]]; then
    [[ " ${all_stages[*]} " == *" $only "* ]] ||
      give_up "there is no stage $only; there are: ${all_stages[*]}"
    stages=("$only")
  fi
  refuse_under_demo agent
  provide_for "$yes" "${stages[@]}"
  require build "$yes"
  run_stages "${stages[@]}"
}

# Asks once for what all stages need; a stage that still lacks something is skipped later.
provide_for() {
  local yes=$1 stage missing name=test
  shift
  (($# == 1)) && name=stage-$1
  mapfile -t missing < <(for stage in "$@"; do missing_of "stage-$stage"; done | sort -u)
  if ((${#missing[@]} > 0)); then
    install_missing "$name" "$yes" "${missing[@]}" || true
  fi
}

run_stages() {
  local stage result began missing passed=0 failed=0 skipped=0 summary=()
  for stage in "$@"; do
    began=$SECONDS
    printf '== %s\n' "$stage"
    result=passed
    mapfile -t missing < <(missing_of "stage-$stage")
    if ((${#missing[@]} > 0)); then
      printf 'missing: %s\n' "$(titles "${missing[@]}")"
      result=skipped
    elif ! "stage_$stage"; then
      result=failed
    fi
    printf '== %s: %s in %d s\n' "$stage" "$result" "$((SECONDS - began))"
    summary+=("$(printf '%-12s %-8s %5d s' "$stage" "$result" "$((SECONDS - began))")")
    printf -v "$result" '%d' "$((${!result} + 1))"
  done
  printf '\n'
  printf '%s\n' "${summary[@]}"
  printf 'stages: %d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
  verdict_of "$failed" "$skipped"
}

# A stage that could not run is no success: with CI it is a failure, else something to provide.
verdict_of() {
  if (($1 > 0)) || { (($2 > 0)) && is_ci; }; then
    return 1
  fi
  (($2 == 0)) || return 2
}

stage_build() {
  verify build -DskipITs -Psbom && mv -- "$stamps/packages.next" "$stamps/packages.manifest"
}

stage_integration() {
  (build_packages) || return 1
  # The build stage has looked at the formatting.
  verify integration -DskipUTs -Dspotless.check.skip=true -Dpackages.skip=true
}

# One lab for all of its tests, rolled out by Holdfast's own playbooks; its logs are kept.
stage_lab() {
  local result=0 kept="$work/test/lab"
  "$root/holdfast" lab down
  # The second build, to which a test upgrades, is made now: the tests run under the build's lock.
  if "$root/holdfast" lab up && "$root/holdfast" package --build-id second >/dev/null; then
    verify lab-tests -pl lab,bench -am -DskipUTs -DskipITs -DskipLab=false \
      -Dspotless.check.skip=true || result=1
  else
    result=1
  fi
  rm -rf -- "$kept"
  mkdir -p -- "$work/test"
  cp -r -- "$lab/log" "$kept" || true
  "$root/holdfast" lab down || result=1
  return "$result"
}

stage_demo() {
  "$root/holdfast" demo --once
}

# verify STAGE ARGUMENT...: the whole of Maven's output goes to a file, what matters to the screen.
verify() {
  local stage=$1 log="$work/test/$1.log" app result=0
  shift
  mkdir -p -- "$work/test"
  take_build_lock
  for app in "${all_apps[@]}"; do
    manifest_of "$app" >"$stamps/$app.next"
  done
  package_manifest >"$stamps/packages.next"
  test_properties
  maven verify -fae "${properties[@]}" "$@" >"$log" 2>&1 || result=$?
  sum_up "$log"
  if ((result == 0)); then
    for app in "${all_apps[@]}"; do
      mv -- "$stamps/$app.next" "$stamps/$app.manifest"
    done
  else
    grep -E '^\[ERROR\]' "$log" | head -n 60 || tail -n 60 "$log"
    printf 'all of it: %s\n' "$log"
  fi
  exec {build_lock}>&-
  return "$result"
}

# Tests get what was found here, so that they do not look for it in their own way.
test_properties() {
  local found need
  properties=("-Dholdfast.root=$root")
  if found=$(find_postgresql); then
    properties+=("-Dholdfast.postgres.bin=$found")
  fi
  for need in node_exporter monit; do
    if found=$("find_$need"); then
      properties+=("-Dholdfast.$need=$found")
    fi
  done
}

# The closing lines of each module's test runs, and their sum.
sum_up() {
  awk '
    /Building io\.holdfast|Building holdfast|^\[INFO\] -+< .* >-+$/ {
      if (match($0, /io\.holdfast:[a-z-]+/)) module = substr($0, RSTART + 12, RLENGTH - 12)
    }
    /Tests run: [0-9]+, Failures: [0-9]+, Errors: [0-9]+, Skipped: [0-9]+ *$/ {
      line = $0
      sub(/^.*Tests run:/, "Tests run:", line)
      printf "%-28s %s\n", module, line
      split(line, field, /[:,]/)
      for (i = 2; i <= 8; i += 2) sum[i] += field[i]
      seen = 1
    }
    END {
      if (seen) printf "%-28s Tests run: %d, Failures: %d, Errors: %d, Skipped: %d\n", \
        "all", sum[2], sum[4], sum[6], sum[8]
    }' "$1"
}
