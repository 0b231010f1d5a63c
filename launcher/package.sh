# shellcheck shell=bash
# The packages for hosts: .deb and .tar.gz of agent, collector and CLI.

readonly packaged_apps=(agent collector cli)

# Every file that the packages are made of beside the programs themselves, and the commit that they tell.
package_manifest() {
  local app
  for app in "${packaged_apps[@]}"; do
    manifest_of "$app"
  done
  (cd -- "$root" && find packages/pom.xml packages/build packages/src/main systemd NOTICE -type f \
    -printf '%p\t%s\t%T@\n' | LC_ALL=C sort)
  git -C "$root" rev-parse HEAD 2>/dev/null || true
  find_jdk
}

# packages_of FOLDER: prints the paths; fails unless there are six.
packages_of() {
  local files=()
  shopt -s nullglob
  files=("$1"/holdfast-*.deb "$1"/holdfast-*.tar.gz)
  shopt -u nullglob
  ((${#files[@]} == 6)) && printf '%s\n' "${files[@]}"
}

# Options for Maven where all that is compiled is fresh: another build id needs no compiler. Each build
# touches the jars, after which Maven would compile what depends on them anew.
package_options() {
  local manual="$root/packages/target/classes/io/holdfast/packages/Manual.class"
  if [[ -f $manual && -z $(find "$root/packages/src/main/java" "$root/packages/pom.xml" -newer "$manual" -print -quit) &&
    -z $(stale_of "${packaged_apps[@]}") ]]; then
    printf '%s\n' -Dmaven.main.skip=true -Dforbiddenapis.skip=true -Dspotless.check.skip=true
  fi
}

# build_packages [SUFFIX]: they are there and fresh afterwards, or this ends with 1.
build_packages() {
  local suffix=${1-} folder="$root/packages/target${1:+/build-$1}" stamp log="$work/package.log" options app
  stamp="$stamps/packages${1:+-$1}.manifest"
  if packages_of "$folder" >/dev/null && [[ -f $stamp && $(<"$stamp") == "$(package_manifest)" ]]; then
    return
  fi
  require package no
  take_build_lock
  package_manifest >"$stamp.next"
  for app in "${packaged_apps[@]}"; do
    manifest_of "$app" >"$stamps/$app.next"
  done
  say "building packages${suffix:+ with the suffix $suffix}"
  mapfile -t options < <(package_options)
  if ! maven -q package -Dmaven.test.skip=true -pl packages -am "-Dholdfast.build.suffix=$suffix" \
    ${options[@]+"${options[@]}"} >"$log" 2>&1; then
    grep -E '^\[ERROR\]|^error' "$log" | head -n 30 >&2 || tail -n 30 "$log" >&2
    say "the build failed; all of it: $log"
    exit 1
  fi
  mv -- "$stamp.next" "$stamp"
  for app in "${packaged_apps[@]}"; do
    mv -- "$stamps/$app.next" "$stamps/$app.manifest"
  done
  exec {build_lock}>&-
}

command_package() {
  local suffix=''
  while (($# > 0)); do
    case $1 in
      --build-id)
        (($# > 1)) || give_up '--build-id needs a suffix of a-z and 0-9'
        suffix=$2
        shift
        ;;
      --build-id=*) suffix=${1#--build-id=} ;;
      *) give_up "package does not know $1; it takes --build-id SUFFIX" ;;
    esac
    shift
  done
  [[ $suffix =~ ^[a-z0-9]*$ ]] || give_up "a build id is made of a-z and 0-9, and is here: $suffix"
  refuse_under_demo agent
  build_packages "$suffix"
  packages_of "$root/packages/target${suffix:+/build-$suffix}"
}
