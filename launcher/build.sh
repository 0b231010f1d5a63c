# shellcheck shell=bash
# Builds the applications that are older than their sources; does nothing, fast, when none is.

readonly stamps="$work/build"
readonly all_apps=(cli agent collector demo bench)

# Modules that MODULE is built from, itself included, as its pom says.
closure_of() {
  local module=$1 seen=" ${2-} " dependency
  [[ $seen == *" $module "* ]] && return
  closure="${closure:+$closure }$module"
  while read -r dependency; do
    if [[ " $closure " != *" $dependency "* && -d $root/$dependency ]]; then
      closure_of "$dependency" "$closure"
    fi
  done < <(sed -n 's:.*<artifactId>holdfast-\([a-z-]*\)</artifactId>.*:\1:p' "$root/$module/pom.xml")
}

# Every file that the application is built from, with size and time: a change, an addition and a
# removal each give another text.
manifest_of() {
  local closure='' module paths=(pom.xml .mvn)
  closure_of "$1"
  for module in $closure; do
    paths+=("$module/pom.xml" "$module/src/main")
  done
  (cd -- "$root" && find "${paths[@]}" -type f -printf '%p\t%s\t%T@\n' 2>/dev/null | LC_ALL=C sort)
}

is_built() {
  compgen -G "$root/$1/target/holdfast-$1-*.jar" >/dev/null && [[ -d $root/$1/target/lib ]]
}

is_fresh() {
  local stamp="$stamps/$1.manifest"
  [[ -f $stamp ]] && is_built "$1" && [[ $(<"$stamp") == "$(manifest_of "$1")" ]]
}

stale_of() {
  local app
  for app in "$@"; do
    is_fresh "$app" || printf '%s\n' "$app"
  done
}

# build_apps APP...: they are built and fresh afterwards, or this ends with 1.
build_apps() {
  local stale
  mapfile -t stale < <(stale_of "$@")
  ((${#stale[@]} == 0)) && return
  refuse_under_demo "${stale[@]}"
  require build no
  take_build_lock
  # Another build may have done it while this one waited.
  mapfile -t stale < <(stale_of "$@")
  if ((${#stale[@]} > 0)); then
    build_stale "${stale[@]}"
  fi
  exec {build_lock}>&-
}

# A demo or a bench runs from the very files that a build would replace.
refuse_under_demo() {
  local what pid
  [[ " $* " =~ \ (agent|collector|demo|bench)\  ]] || return 0
  for what in demo bench; do
    pid=$(sed -n 's/^pid=//p' "$work/$what/run" 2>/dev/null) || continue
    if [[ -n $pid && -d /proc/$pid ]]; then
      say "a $what of this checkout runs (process $pid), and $* would be built anew under it; end it first, with Ctrl-C in its terminal"
      exit 3
    fi
  done
}

take_build_lock() {
  mkdir -p -- "$stamps" || give_up "cannot write $stamps: a build needs a checkout that can be written"
  exec {build_lock}>"$stamps/lock"
  if ! flock -n "$build_lock"; then
    say 'waiting for another build of this checkout'
    flock "$build_lock"
  fi
}

build_stale() {
  local log="$stamps/log" modules app before
  modules=$(IFS=, && echo "$*")
  forget_removed "$@"
  rm -f -- "$root/cli/target/holdfast.jsa"
  for app in "$@"; do
    manifest_of "$app" >"$stamps/$app.next"
  done
  say "building $modules$([[ -d $HOME/.m2/repository ]] || echo ' (the first time, Maven fetches libraries: some minutes)')"
  before=$SECONDS
  if ! maven -q package -Dmaven.test.skip=true -pl "$modules" -am >"$log" 2>&1; then
    grep -E '^\[ERROR\]|^error|BUILD FAILURE' "$log" | head -n 30 >&2 || tail -n 30 "$log" >&2
    say "the build failed; all of it: $log"
    exit 1
  fi
  for app in "$@"; do
    mv -- "$stamps/$app.next" "$stamps/$app.manifest"
  done
  say "built in $((SECONDS - before)) s"
}

# Maven leaves the classes and resources of removed files; those modules begin anew.
forget_removed() {
  local app old module
  for app in "$@"; do
    old="$stamps/$app.manifest"
    [[ -f $old ]] || continue
    while read -r module; do
      rm -rf -- "${root:?}/${module:?}/target/classes" "$root/$module/target/maven-status"
    done < <(LC_ALL=C comm -23 <(files_in "$old") <(files_in <(manifest_of "$app")) |
      sed -n 's:^\([a-z-]*\)/src/.*:\1:p' | sort -u)
  done
}

# The paths of a manifest.
files_in() {
  cut -f 1 "$1" | LC_ALL=C sort -u
}

# maven ARGUMENT...: in this checkout.
maven() {
  maven_in "$root" "$@"
}

# maven_in CHECKOUT ARGUMENT...: on the JDK that was found; writes its own repository where the
# user's cannot be written.
maven_in() {
  local checkout=$1 jdk options=(-B -ntp)
  shift
  jdk=$(find_jdk)
  if [[ -e $HOME/.m2 && ! -w $HOME/.m2 || ! -e $HOME/.m2 && ! -w $HOME ]]; then
    options+=("-Dmaven.repo.local=$work/m2")
  fi
  (cd -- "$checkout" && JAVA_HOME=$jdk mvn "${options[@]}" "$@")
}

command_build() {
  (($# == 0)) || give_up 'build takes no arguments'
  build_apps "${all_apps[@]}"
}
