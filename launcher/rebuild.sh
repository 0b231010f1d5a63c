# shellcheck shell=bash
# The stage rebuild: the same sources give the same bytes, in another folder, at another time, under
# another umask, language and time zone. With the same JDK: each release of javac writes as it likes.

stage_rebuild() {
  local copy log="$work/test/rebuild.log" result=0
  mkdir -p -- "$work/test"
  (build_apps "${all_apps[@]}" && build_packages) || return 1
  if ! make_sbom >"$log" 2>&1; then
    grep -E '^\[ERROR\]' "$log" | head -n 30 || tail -n 30 "$log"
    return 1
  fi
  copy=$(mktemp -d "${TMPDIR:-/tmp}/holdfast rebuild.XXXXXX") || return 1
  if ! copy_sources "$copy" || ! build_elsewhere "$copy" >>"$log" 2>&1; then
    grep -E '^\[ERROR\]' "$log" | head -n 30 || tail -n 30 "$log"
    printf 'the copy could not be built; all of it: %s\n' "$log"
    result=1
  elif ! compare_with "$copy"; then
    printf 'the other build is kept: %s\n' "$copy"
    return 1
  fi
  rm -rf -- "${copy:?}"
  return "$result"
}

# The list of what ships, unless it is younger than every pom.
make_sbom() {
  local bom="$root/target/bom.json"
  if [[ ! -f $bom || -n $(find "$root" -maxdepth 2 -name pom.xml -newer "$bom" -print -quit) ]]; then
    maven -q validate -Psbom
  fi
}

# As somebody gets them whose umask is strict.
copy_sources() {
  (cd -- "$root" && tar -cf - --no-wildcards-match-slash --exclude=./.git --exclude=./.holdfast \
    --exclude=./target --exclude='./*/target' .) |
    (umask 077 && tar -xf - --no-same-permissions -C "$1")
}

build_elsewhere() (
  umask 077
  export TZ=Pacific/Kiritimati LC_ALL=C
  export MAVEN_OPTS="${MAVEN_OPTS:+$MAVEN_OPTS }-Duser.language=tr -Duser.country=TR"
  # Error Prone writes nothing, and the first build had it look already.
  # The copy has no .git to ask.
  maven_in "$1" -q package -Psbom -Dmaven.test.skip=true -Dcheck.main=-Xlint:none \
    "-Dholdfast.commit=$(sed -n 's/^packages\.commit=//p' "$root/packages/target/version.properties")"
)

# What ships, as paths below a checkout.
artefacts_of() {
  local app
  (
    cd -- "$1" || return 1
    shopt -s nullglob
    printf '%s\n' target/bom.json packages/target/*.deb packages/target/*.tar.gz
    for app in "${all_apps[@]}"; do
      printf '%s\n' "$app/target/holdfast-$app-"*.jar "$app/target/lib/"*.jar
    done
  ) | LC_ALL=C sort
}

# compare_with COPY: false, having said which files and which of their entries differ.
compare_with() {
  local copy=$1 file same=0 different=0
  while IFS= read -r file; do
    if cmp -s -- "$root/$file" "$copy/$file"; then
      same=$((same + 1))
    else
      different=$((different + 1))
      say_difference "$copy" "$file"
    fi
  done < <({ artefacts_of "$root" && artefacts_of "$copy"; } | LC_ALL=C sort -u)
  printf 'built twice: %d files the same, %d different\n' "$same" "$different"
  ((different == 0 && same > 0))
}

say_difference() {
  local copy=$1 file=$2 jar place
  jar=$(find_jdk)/bin/jar
  printf '%s differs:\n' "$file"
  if [[ ! -f $root/$file || ! -f $copy/$file ]]; then
    printf '    only one of the builds made it; an old one may have left it: rm -r %s\n' \
      "$(dirname -- "$file")"
    return
  fi
  if [[ $file != *.jar ]]; then
    diff -- "$root/$file" "$copy/$file" | head -n 10
    return
  fi
  rm -rf -- "$copy/entries"
  for place in here there; do
    mkdir -p -- "$copy/entries/$place"
  done
  (cd -- "$copy/entries/here" && "$jar" -xf "$root/$file")
  (cd -- "$copy/entries/there" && "$jar" -xf "$copy/$file")
  if (cd -- "$copy/entries" && diff -rq here there); then
    printf '    the entries are the same, and their order, time or mode is not:\n'
    diff <("$jar" -tvf "$root/$file") <("$jar" -tvf "$copy/$file") | head -n 10
  fi
}
