# PostgreSQL: the event store. It cannot run as root; when root starts it, it runs as the account 'postgres'.

postgres_account() { if getent passwd postgres >/dev/null; then echo postgres; else echo nobody; fi; }

# as_postgres COMMAND…: runs a command in the folder of the server.
as_postgres() { env --chdir="$run_dir/postgres/" "${as_postgres_account[@]}" "$@"; }

# set_postgres_account FOLDER: sets as_postgres_account, the command prefix that switches to the owner of the folder.
set_postgres_account() {
  as_postgres_account=()
  ! is_root || as_postgres_account=(setpriv "--reuid=$(stat -c %u "$1")" "--regid=$(stat -c %g "$1")" --clear-groups --)
}

postgres_can_use() {
  set_postgres_account "$1"
  "${as_postgres_account[@]}" test -w "$1"
}

# The account must have access to the data folder, its path must be short enough for a socket, and must have no special characters for
# PostgreSQL's lists. Otherwise (below /root, or in a folder named R&D) .run/<set>/postgres is a link to a folder in /var/tmp.
postgres_folder() {
  local folder=$run_dir/postgres
  if [[ ! -d $folder/ ]]; then
    rm -f "$folder"
    mkdir "$folder"
    ! is_root || chown "$(postgres_account):" "$folder"
    if ((${#folder} > 80)) || ! is_plain "$folder" || ! postgres_can_use "$folder"; then
      rmdir "$folder"
      ln -s "$(mktemp -d /var/tmp/treasure-hunt.XXXXXXXX)" "$folder"
      ! is_root || chown "$(postgres_account):" "$folder/"
    fi
    chmod 700 "$folder/"
  fi
  postgres_home=$(readlink -f "$folder")
  set_postgres_account "$postgres_home"
}

# Uses the version that created the data, so that a set survives an upgrade of the system.
postgres_programs() {
  local version
  version=$(cat "$run_dir/postgres/data/PG_VERSION" 2>/dev/null || true)
  if [[ -n $version ]]; then
    postgres_bin=/usr/lib/postgresql/$version/bin
    [[ -x $postgres_bin/postgres ]] || fail "PostgreSQL $version, which created the data of the set '$set_name', is not installed." \
      "Install it, or delete the data: ./hunt down --purge --name $set_name"
  else
    postgres_bin=$(newest_postgres)
  fi
}

postgres_start() {
  local preload=''
  postgres_folder
  postgres_programs
  ! is_running postgres || return 0
  require_free_port postgres "$(port_of postgres)"
  if [[ ! -e $postgres_home/data/PG_VERSION ]]; then
    # Created under another name first: an incomplete database must not be used.
    (rm -rf "$postgres_home/new" && as_postgres "$postgres_bin/initdb" -D "$postgres_home/new" -U postgres \
      --encoding=UTF8 --locale=C.UTF-8 --auth-local=trust --auth-host=scram-sha-256 &&
      mv "$postgres_home/new" "$postgres_home/data") >>"$run_dir/log/postgres.log" 2>&1 ||
      failed_to_start postgres "could not create its database"
  fi
  postgres_end_leftovers
  # Files of a crash or reboot: their pid may belong to another process, and PostgreSQL would not start.
  rm -f "$postgres_home"/data/postmaster.pid "$postgres_home"/.s.PGSQL.*
  [[ ! -e ${postgres_bin%/bin}/lib/pg_stat_statements.so ]] || preload=pg_stat_statements
  render "$root/deploy/local/postgresql.conf" "port=$(port_of postgres)" "sockets=$postgres_home" "preload=$preload" \
    "shared_buffers=$(smaller 512 $(($(memory_megabytes) / 8)))MB" >"$postgres_home/postgresql.conf"
  working_folder=$postgres_home start_process postgres "${as_postgres_account[@]}" \
    "$postgres_bin/postgres" -D "$postgres_home/data" -c "config_file=$postgres_home/postgresql.conf"
}

# After kill -9 the server's child processes may run for a moment, and prevent the next start.
postgres_end_leftovers() {
  local pids deadline=$((SECONDS + 10))
  while pids=$(postgres_leftovers) && [[ -n $pids ]]; do
    ((SECONDS < deadline)) || fail "processes of an earlier PostgreSQL of the set '$set_name' do not end: $pids" "End them: kill -9 $pids"
    # shellcheck disable=SC2086  # one word a pid
    kill -QUIT $pids 2>/dev/null || true
    sleep 0.1
  done
}

# A postgres process with this set's data folder as working folder belongs to this set.
postgres_leftovers() {
  local process
  for process in /proc/[0-9]*; do
    if [[ $process/cwd -ef $run_dir/postgres/data && $(readlink "$process/exe") == */postgres ]]; then
      printf '%s ' "${process#/proc/}"
    fi
  done
}

postgres_sql() { PGCONNECT_TIMEOUT=5 as_postgres "$postgres_bin/psql" -X -q -v ON_ERROR_STOP=1 -h "$postgres_home" -p "$(port_of postgres)" -U postgres -d postgres; }

postgres_ready() { postgres_sql <<<'select 1'; }

postgres_prepare() {
  wait_until postgres 60 postgres_ready
  (postgres_sql) >>"$run_dir/log/postgres.log" 2>&1 <<'SQL' || failed_to_start postgres "could not create its role and database"
select 'create role hunt login createdb password ''hunt''' where not exists (select from pg_roles where rolname = 'hunt') \gexec
select 'create database treasurehunt owner hunt' where not exists (select from pg_database where datname = 'treasurehunt') \gexec
\connect treasurehunt
select 'create extension if not exists pg_stat_statements' where current_setting('shared_preload_libraries') <> '' \gexec
SQL
}
