# A set is one running system in .run/<set>/: its servers and hosts, with their ports, data and logs. Several sets can run at the same
# time; each has a block of 100 ports.

use_set() {
  set_name=$1
  [[ $set_name =~ ^[a-z0-9][a-z0-9-]{0,30}$ ]] ||
    fail "'$set_name' is not a valid name of a set: use at most 31 characters of a-z, 0-9 and '-'."
  run_dir=$root/.run/$set_name
  [[ ! -e $run_dir/ports ]] || read_ports
}

# plain_folder NAME: prints a folder for a server whose path has no special characters. In a checkout whose path has some, such as the
# quote of "it's", .run/<set>/NAME is a link to a folder in /var/tmp.
plain_folder() {
  local folder=$run_dir/$1
  if [[ ! -d $folder/ ]]; then
    rm -f "$folder"
    if is_plain "$folder"; then mkdir "$folder"; else ln -s "$(mktemp -d /var/tmp/treasure-hunt.XXXXXXXX)" "$folder"; fi
  fi
  readlink -f "$folder"
}

is_plain() { [[ $1 != *[!A-Za-z0-9/._-]* ]]; }

set_exists() { [[ -e $run_dir/ports ]]; }

require_set() {
  set_exists || fail "there is no set '$set_name' here." "Sets: $(known_sets). './hunt up --name $set_name' creates it."
}

known_sets() {
  local file names=()
  for file in "$root"/.run/*/ports; do
    [[ -e $file ]] && names+=("$(basename "$(dirname "$file")")")
  done
  echo "${names[*]:-none}"
}

create_set() {
  mkdir -p "$run_dir"/{pids,log,conf}
  set_exists || choose_ports
  read_ports
  apply_site_port
  read_ports
  rabbitmq_passwords
}

read_ports() {
  { read -r _ base_port && read -r _ site_port; } <"$run_dir/ports" ||
    fail "$run_dir/ports is damaged." "Delete the folder $run_dir and start the set again."
}

# One ./hunt at a time changes a set. The lock belongs to descriptor 9, which no server may inherit.
lock_set() {
  [[ ${locked_set:-} != "$set_name" ]] || return 0
  while
    mkdir -p "$run_dir"
    [[ -w $run_dir ]] || fail "the set '$set_name' belongs to $(stat -c %U "$run_dir")." "Run ./hunt as that user, or use another set: --name SET"
    exec 9<"$run_dir"
    if ! flock -n 9; then
      say "waiting for another ./hunt that uses the set '$set_name'"
      flock 9
    fi
    # The previous holder of the lock may have deleted the folder.
    [[ ! /proc/self/fd/9 -ef $run_dir ]]
  do :; done
  locked_set=$set_name
}

unlock_set() {
  exec 9<&-
  locked_set=
}

# The port of each server and host has a fixed offset in the set's block.
port_of() {
  case $1 in
    memcached) echo $((base_port + 11)) ;;
    postgres) echo $((base_port + 32)) ;;
    redis-locks-[123]) echo $((base_port + 60 + ${1##*-})) ;;
    redis-read-models-[123]) echo $((base_port + 63 + ${1##*-})) ;;
    redis-bus-[123]) echo $((base_port + 66 + ${1##*-})) ;;
    rabbitmq) echo $((base_port + 72)) ;;
    rabbitmq-management) echo $((base_port + 73)) ;;
    rabbitmq-distribution) echo $((base_port + 74)) ;;
    epmd) echo $((base_port + 75)) ;;
    rabbitmq-metrics) echo $((base_port + 76)) ;;
    api-[12]) echo $((base_port + 79 + ${1##*-})) ;;
    commands-[12]) echo $((base_port + 84 + ${1##*-})) ;;
    operators) echo $((base_port + 89)) ;;
    projections) echo $((base_port + 90)) ;;
    haproxy) echo "$site_port" ;;
    *) fail "no port is known for '$1'." ;;
  esac
}
