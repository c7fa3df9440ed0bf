# Assigns a block of ports to a set. The blocks are below the kernel's range for outgoing connections. One registry has the blocks of all
# checkouts of this machine.

ports_registry=/tmp/treasure-hunt-ports

choose_ports() {
  local base
  [[ -d $ports_registry ]] || mkdir -m 1777 "$ports_registry"
  exec 8<"$ports_registry"
  flock 8
  if [[ $set_name == main ]]; then
    # If another checkout's 'main' runs, the start fails later with the name of the process that uses the port.
    write_ports 17000 "${HUNT_SITE_PORT:-8080}"
  else
    for ((base = 17100; base < 32000; base += 100)); do
      block_is_free "$base" && break
    done
    ((base < 32000)) || fail "no block of free ports is left." "Delete unused sets: ./hunt down --purge --name SET"
    write_ports "$base" "${HUNT_SITE_PORT:-$((base + 88))}"
  fi
  exec 8<&-
}

# HUNT_SITE_PORT changes the port of the site while HAProxy does not run.
apply_site_port() {
  [[ ${HUNT_SITE_PORT:-$site_port} == "$site_port" ]] || is_running haproxy || write_ports "$base_port" "$HUNT_SITE_PORT"
}

# check_site_port: runs before any file is written. With port 0 each start would use another port.
check_site_port() {
  [[ -z ${HUNT_SITE_PORT:-} ]] || { [[ $HUNT_SITE_PORT =~ ^[1-9][0-9]{0,4}$ ]] && ((HUNT_SITE_PORT <= 65535)); } ||
    fail "HUNT_SITE_PORT is '$HUNT_SITE_PORT': it must be a port from 1 to 65535."
}

write_ports() {
  printf 'base %s\nsite %s\n' "$1" "$2" >"$run_dir/ports"
  (umask 0 && echo "$run_dir" >"$ports_registry/$1") 2>/dev/null || true
}

release_ports() {
  set_exists || return 0
  [[ $(cat "$ports_registry/$base_port" 2>/dev/null) != "$run_dir" ]] || rm -f "$ports_registry/$base_port"
}

block_is_free() {
  local owner
  owner=$(cat "$ports_registry/$1" 2>/dev/null || true)
  if [[ -n $owner ]] && grep -qsx "base $1" "$owner/ports"; then return 1; fi
  [[ -z $(ss -ltnH "sport >= :$1 and sport < :$(($1 + 100))") ]]
}

# require_free_port NAME PORT
require_free_port() {
  local listener process
  listener=$(ss -ltnpH "sport = :$2")
  [[ -n $listener ]] || return 0
  process='a process of another user'
  if [[ $listener =~ \(\(\"([^\"]+)\",pid=([0-9]+) ]]; then
    process="${BASH_REMATCH[1]}, process ${BASH_REMATCH[2]}, in $(readlink "/proc/${BASH_REMATCH[2]}/cwd" || echo '?')"
  fi
  local -a advice=("Stop that process, or start a set on other ports: add --name SET.")
  [[ $1 != haproxy ]] || advice+=("Or use another port for the site: HUNT_SITE_PORT=8090 ./hunt up --name $set_name")
  fail "port $2, which $1 of the set '$set_name' needs, is in use by $process." "${advice[@]}"
}
