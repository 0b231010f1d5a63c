# shellcheck shell=bash
# The image that the lab's hosts begin with: made once, kept beside all checkouts, shared by all.

lab_images() {
  if [[ $HOME != / && -w ${XDG_CACHE_HOME:-$HOME} ]]; then
    printf '%s\n' "${XDG_CACHE_HOME:-$HOME/.cache}/holdfast/lab"
  else
    printf '%s\n' "$work/lab-images"
  fi
}

# lab_image: $lab/image is a link to it afterwards.
lab_image() {
  local images key began=$SECONDS
  images=$(lab_images)
  key=$(cat "$root/lab/image/packages" "$root/lab/image/recipe" | sha256sum)
  key=${key:0:12}
  mkdir -p -- "$images"
  # For as long as this lab lives, through its processes, nobody prunes the image.
  exec {image_lock}>"$images/$key.lock"
  if [[ ! -d $images/$key ]]; then
    say 'making the image of the hosts (once; about a minute)'
    flock "$image_lock"
    [[ -d $images/$key ]] || lab_make_image "$images" "$key"
    say "made the image in $((SECONDS - began)) s: $images/$key"
  fi
  flock -s "$image_lock"
  ln -sfn -- "$images/$key" "$lab/image"
  lab_prune_images "$images" "$key"
}

# Its name comes last: what has it is whole.
lab_make_image() {
  local images=$1 key=$2 log="$lab/log/image.log"
  rm -rf -- "${images:?}"/*.part
  if ! "$root/lab/image/recipe" "$images/$key.part" >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    rm -rf -- "${images:?}/$key.part"
    give_up "the image could not be made; all of it: $log"
  fi
  mv -- "$images/$key.part" "$images/$key"
}

# Images of other recipes that no lab uses.
lab_prune_images() {
  local images=$1 key=$2 old lock
  for old in "$images"/*/; do
    old=$(basename -- "$old")
    [[ $old =~ ^[0-9a-f]{12}$ && $old != "$key" ]] || continue
    exec {lock}>"$images/$old.lock"
    if flock -n "$lock"; then
      rm -rf -- "${images:?}/$old" "$images/$old.lock"
    fi
    exec {lock}>&-
  done
}
