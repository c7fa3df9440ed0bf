# All servers of a set.

servers_up() {
  require_packages
  create_set
  lock_set
  load_environment
  raise_file_limit
  say "starting the servers of the set '$set_name' (ports from $base_port, the site at $site_port)"
  [[ -z $given ]] || say "given by the environment, so not started:$given"
  # RabbitMQ takes longest to come up: the others do it meanwhile.
  ! is_ours rabbitmq || rabbitmq_start
  redis_start
  ! is_ours memcached || memcached_start
  haproxy_start
  ! is_ours postgres || postgres_start
  ! is_ours memcached || memcached_prepare
  haproxy_prepare
  redis_prepare
  ! is_ours postgres || postgres_prepare
  ! is_ours rabbitmq || rabbitmq_prepare
  say "the servers of the set '$set_name' are up"
}

servers_down() {
  local name others=()
  for name in $(recorded_processes); do
    case $name in postgres | epmd) ;; *) others+=("$name") ;; esac
  done
  # PostgreSQL takes SIGINT for "end the sessions and stop"; at SIGTERM it would wait for them.
  local pid
  ! pid=$(process_pid postgres) || kill -INT "$pid"
  stop_processes TERM 30 "${others[@]}"
  stop_processes INT 30 postgres
  stop_processes TERM 5 epmd
  [[ ! -d $run_dir/postgres/data ]] || postgres_end_leftovers
}
